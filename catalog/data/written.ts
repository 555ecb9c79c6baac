import type { MessagePath, Service, Workspace } from '@chirograph/contract/model';
import { locate } from '@chirograph/contract/source';
import { joinPointer, type Location } from '@chirograph/schema';
import { addressesOf } from './addresses.ts';
import type { Owner, ServerRecord, Written } from './catalog.ts';

// Small things that several records tell in the same way.

/** Where something stands in the contracts; line 1 of a file whose text the workspace does not hold. */
export function writtenAt({ sources }: Workspace, { file, pointer }: Location): Written {
  const source = sources[file];
  return { file, line: source ? locate(source, pointer, 'key').line : 1 };
}

/** A place in a message: `/data/orderId`; of headers, `headers/id`. */
export function placeText({ in: part, path }: MessagePath): string {
  return part === 'headers' ? `headers${joinPointer(path)}` : joinPointer(path);
}

/** Who answers for a service, and how to reach them; what several documents say of one owner is put together. */
export function ownerOf(workspace: Workspace, service: Service): Owner | undefined {
  const { owner, contact } = service;
  if (owner === undefined) return undefined;
  const { email, url } = contact ?? {};
  return {
    ...addressesOf(workspace).owner(owner),
    ...(email !== undefined && { email }),
    ...(url !== undefined && { url }),
  };
}

export function serversOf({ servers }: Service): ServerRecord[] {
  return servers.map(({ key, address, protocol, security }) => ({ name: key, address, protocol, security }));
}

/** The first paragraph of a description, on one line. */
export function firstParagraph(description: string | undefined): string | undefined {
  const [first = ''] = (description ?? '').trim().split(/\n\s*\n/);
  return first.replace(/\s+/g, ' ') || undefined;
}

/** Only what there is: leaves out what is undefined, and lists and texts that are empty. */
export function present<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const kept = Object.entries(values).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(kept) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
