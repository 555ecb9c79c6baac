import { visibleLines } from './terminal/visible.ts';

/** What a run comes to. Findings are an answer, not a failure: scripts can tell the two apart. */
export const EXIT = { clean: 0, findings: 1, failure: 2 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The command was used wrongly or could not do its work. `hint` says how to fix it. */
export class CommandError extends Error {
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}

/** A failure as it is printed: what is wrong, and below it how to fix it. */
export function failureText({ message, hint }: CommandError): string {
  return `error: ${visibleLines(message)}\n${hint ? `${visibleLines(hint)}\n` : ''}`;
}

/**
 * What ended a command, as it is printed: a failure in its words; a file that cannot be read or written, with the reason;
 * all else is a bug, and says where.
 */
export function errorText(error: unknown): string {
  if (error instanceof CommandError) return failureText(error);
  if (!(error instanceof Error)) return `error: ${String(error)}\n`;
  if ('syscall' in error && 'path' in error) {
    const [, reason = error.message] = /^\w+: ([^,]+),/.exec(error.message) ?? [];
    return failureText(new CommandError(`cannot ${error.syscall} ${error.path}: ${reason}`));
  }
  return `error: ${error.stack ?? error.message}\nThis is a bug of chirograph: please report it, with the contract that it came up with.\n`;
}
