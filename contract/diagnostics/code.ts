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
  readonly mend?: (params: Params) => string | undefined;
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
