import type { Message } from '@chirograph/contract/model';
import { pascalCase } from './casing.ts';

/** A line about a message: what its contract says of it, or a better word for the place, and its name and version. */
export function headline(message: Message, said = summaryOf(message)): string {
  const { name, version } = message;
  return [...sentence(said), `\`${name}\` ${version}.`].join(' ');
}

/** What a message is, in a line; a title that only says its name again is none. */
export function summaryOf({ summary, title, key }: Message): string | undefined {
  return summary ?? (title !== undefined && pascalCase(title) === pascalCase(key) ? undefined : title);
}

/** For the end of a comment on a message that is on its way out: editors strike through what is marked so. */
export function deprecation({ deprecated, contract }: Message): string | undefined {
  const { since, removal } = contract.deprecation ?? {};
  if (since === undefined) return deprecated ? '@deprecated' : undefined;
  return `@deprecated Since ${since}${removal === undefined ? '' : `, to be removed on ${removal}`}.`;
}

/** A comment in paragraphs: those that are there. */
export function commentOf(...texts: readonly (string | undefined)[]): string {
  return texts.filter((it) => it !== undefined).join('\n\n');
}

/** On one line, with a full stop; nothing of nothing. */
export function sentence(text: string | undefined): string[] {
  const line = text?.replace(/\s+/g, ' ').trim() ?? '';
  if (line === '') return [];
  return [/[.!?:;…]$/.test(line) ? line : `${line}.`];
}
