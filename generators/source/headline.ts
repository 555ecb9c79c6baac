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

/** On one line, with a full stop; nothing of nothing. */
export function sentence(text: string | undefined): string[] {
  const line = text?.replace(/\s+/g, ' ').trim() ?? '';
  if (line === '') return [];
  return [/[.!?:;…]$/.test(line) ? line : `${line}.`];
}
