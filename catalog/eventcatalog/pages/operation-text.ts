import { compareVersions, type Message, type Operation } from '@chirograph/contract/model';
import { relationsOf, type Use } from '../../data/relations.ts';
import { summaryOf } from '../../text/summary.ts';
import { type Atlas, link } from '../atlas.ts';
import { code, phrase } from '../text/markdown.ts';

/** What an operation is for, in the contract's words. */
export function purposeOf({ summary, title, description }: Operation): string {
  return phrase(summary ?? title ?? description ?? '');
}

/** What a message is about, in one phrase: the first of the things that a contract may say. */
export function gistOf({ summary, description, contract }: Message): string {
  return phrase(summary ?? summaryOf(description).summary ?? contract.outcome ?? contract.trigger ?? '');
}

/** What a table shows of one message name. */
export interface MessageCells {
  readonly newest: Message;
  /** To the newest version. */
  readonly link: string;
  /** All versions that occur, the newest first. */
  readonly versions: string;
}

/** One row for each message name among some messages. */
export function messageCells(atlas: Atlas, messages: readonly Message[]): MessageCells[] {
  const pages = new Map<string, Message[]>();
  for (const message of messages) {
    const { id } = atlas.node(message.id);
    pages.set(id, [...(pages.get(id) ?? []), message]);
  }
  return [...pages.values()].flatMap((unsorted) => {
    const versions = unsorted.sort((a, b) => compareVersions(b.version, a.version));
    const [newest] = versions;
    if (!newest) return [];
    return {
      newest,
      link: link(atlas.node(newest.id)),
      versions: phrase(versions.map((it) => it.version).join(', ')),
    };
  });
}

/** What a use is for; of a reply, what it replies to. */
export function useText({ operation, isReply }: Use): string {
  return isReply ? `The reply to: ${purposeOf(operation)}` : purposeOf(operation);
}

/** A channel as a link, and its address where the title is not the address. */
export function channelCell(atlas: Atlas, { channel: id }: Use): string {
  if (id === undefined) return 'where the request says';
  const place = atlas.node(id);
  const channel = relationsOf(atlas.workspace).channel(id);
  const named = channel?.address === place.title || !channel?.address;
  return named ? link(place) : `${link(place)} at ${code(channel.address)}`;
}
