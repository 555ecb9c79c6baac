import type { Message, Operation } from '@chirograph/contract/model';
import { type Atlas, link } from '../atlas.ts';
import { code, phrase } from '../text/markdown.ts';

/** What an operation is for, in the contract's words. */
export function purposeOf({ summary, title, description }: Operation): string {
  return phrase(summary ?? title ?? description ?? '');
}

/** One row for each message name among some messages: a link to the newest of them and the versions that occur. */
export function messageCells(
  atlas: Atlas,
  messages: readonly Message[],
): { link: string; versions: string }[] {
  const pages = new Map<string, Message[]>();
  for (const message of messages) {
    const { id } = atlas.node(message.id);
    pages.set(id, [...(pages.get(id) ?? []), message]);
  }
  return [...pages.values()].map((versions) => {
    const sorted = versions.sort((a, b) => -a.version.localeCompare(b.version, 'en', { numeric: true }));
    return {
      link: sorted[0] ? link(atlas.node(sorted[0].id)) : '',
      versions: sorted.map((it) => it.version).join(', '),
    };
  });
}

/** A channel as a link, and its address where the title is not the address. */
export function channelCell(atlas: Atlas, operation: Operation): string {
  const place = atlas.node(operation.channel);
  const channel = atlas.workspace.channels.find((it) => it.id === operation.channel);
  const named = channel?.address === place.title || !channel?.address;
  return named ? link(place) : `${link(place)} at ${code(channel.address)}`;
}
