import type { Diagnostic } from './diagnostic.ts';

/**
 * The findings with those of one cause put together: what is said of several places of a document in the same words is
 * one finding at the first of them, with the others in `others`. A finding that names its `cause` stands for all of that
 * cause, in whatever document: one host that does not answer is one fault.
 * @param diagnostics in the order in which they are shown
 */
export function onePerCause(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const groups = Map.groupBy(diagnostics, causeOf);
  return [...groups.values()].map(([first, ...others]) =>
    others.length === 0 ? first! : { ...first!, others: others.map(({ at }) => at) },
  );
}

function causeOf({ code, severity, at, message, cause }: Diagnostic): string {
  return JSON.stringify(cause === undefined ? [code, severity, at.file, message] : [code, severity, cause]);
}
