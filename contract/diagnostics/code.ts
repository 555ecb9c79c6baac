import type { JsonValue } from '@chirograph/schema';
import type { Severity } from './severity.ts';

/** The texts of one code. `params` are the particulars of a finding. */
export interface CodeDefinition<Params> {
  readonly severity: Severity;
  /** Left out of the recommended preset. */
  readonly preset?: 'strict';
  /** The code in a few words, for lists and for the head of its page. */
  readonly title: string;
  readonly message: (params: Params) => string;
  readonly note?: (params: Params) => string | undefined;
  readonly fix?: (params: Params) => string | undefined;
}

/** Gives a definition the type of its particulars. */
export function code<Params>(definition: CodeDefinition<Params>): CodeDefinition<Params> {
  return definition;
}

/** What a person probably meant, for the end of a message. */
export function meant(suggestion: string | undefined): string {
  return suggestion ? `; did you mean \`${suggestion}\`?` : '';
}

/** `OrderPlaced 1.0`, or `OrderPlaced 1.0 and 2 more messages`. */
export function andOthers(message: string, others: number): string {
  return others === 0 ? message : `${message} and ${others} more message${others === 1 ? '' : 's'}`;
}

/** `` `a`, `b` or `c` ``; of many, the first and how many more there are. */
export function namesIn(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).map((it) => `\`${it}\``);
  const more = names.length - shown.length;
  if (more > 0) return `${shown.join(', ')} or one of ${more} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} or ${shown.at(-1)}`;
}

const MOST_NAMES = 12;

/** A value in backquotes, cut where it is long. */
export function quoted(value: JsonValue): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return `\`${text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE - 3)}...` : text}\``;
}

const LONGEST_VALUE = 80;
