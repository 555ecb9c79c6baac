import type { Place } from '@chirograph/contract/diagnostics';
import type { Channel, Message, Service } from '@chirograph/contract/model';
import { childPointer, type Location } from '@chirograph/schema';
import type { Change, Subject } from '../change.ts';
import type { ChangeCode } from '../rules/rules.ts';

/** The parts of a change that vary; the rest is filled in. */
export interface Particulars {
  readonly from?: string;
  readonly to?: string;
  readonly base?: Place | undefined;
  readonly head?: Place | undefined;
}

/** A change that is not of a schema. */
export function changeOf(
  code: ChangeCode,
  subject: Subject,
  { from = '', to = '', base, head }: Particulars,
): Change {
  return { code, subject, field: [], from, to, ...(base && { base }), ...(head && { head }) };
}

/** A node as a whole is shown at its key. */
export function keyOf({ at }: { readonly at: Location }): Place {
  return { ...at, part: 'key' };
}

/** A part of a node, where it is written: a message may have taken it over from a trait. */
export function partOf(
  { at, layers = [] }: Pick<Message, 'at' | 'layers'>,
  ...path: readonly (string | number)[]
): Place {
  const [first, second] = path;
  const layer = layers.find(
    ({ decides }) => decides.includes(`${first}/${second}`) || decides.includes(`${first}`),
  );
  const { file, pointer } = layer?.at ?? at;
  return { file, pointer: childPointer(pointer, ...path) };
}

export function messageLabel({ key, version }: Pick<Message, 'key' | 'version'>): string {
  return `${key.replace(/V\d+(_\d+)*$/, '')} ${version}`;
}

export function channelLabel({ address, key }: Pick<Channel, 'address' | 'key'>): string {
  return address ?? key;
}

export function messageSubject(base: Message | undefined, head: Message | undefined): Subject {
  const message = head ?? base!;
  return {
    domain: message.domain,
    label: messageLabel(message),
    kind: 'message',
    ...(base && { base: base.id }),
    ...(head && { head: head.id }),
  };
}

export function serviceSubject(base: Service | undefined, head: Service | undefined): Subject {
  const service = head ?? base!;
  return {
    domain: service.domain,
    label: service.name,
    kind: 'service',
    ...(base && { base: base.id }),
    ...(head && { head: head.id }),
  };
}
