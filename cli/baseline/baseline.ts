import type { Diagnostic } from '@chirograph/contract/diagnostics';

/**
 * A baseline: findings that are accepted for now, so that only new ones fail. A finding is known by what it says and
 * where it stands in the document, not by its line: it is still the same when text is added above it.
 */
export interface Baseline {
  /** How often each finding is accepted, by its fingerprint. */
  readonly accepted: Readonly<Record<string, AcceptedFinding>>;
}

export interface AcceptedFinding {
  readonly code: string;
  readonly file: string;
  readonly message: string;
  readonly times: number;
}

/** What a finding is known by, on any machine: 40 hexadecimal digits. */
export function fingerprintOf({ code, at, message }: Diagnostic): string {
  // Loaded with the first fingerprint: most runs want none, and it takes a twentieth of the shortest.
  const { createHash } = process.getBuiltinModule('node:crypto');
  return createHash('sha1').update(`${code}\0${at.file}\0${at.pointer}\0${message}`).digest('hex');
}

/** The baseline that accepts these findings, and what it accepted before. */
export function baselineOf(
  diagnostics: readonly Diagnostic[],
  before: Baseline = { accepted: {} },
): Baseline {
  const accepted = new Map(Object.entries(before.accepted));
  for (const diagnostic of diagnostics) {
    const { code, at, message } = diagnostic;
    const key = fingerprintOf(diagnostic);
    accepted.set(key, { code, file: at.file, message, times: (accepted.get(key)?.times ?? 0) + 1 });
  }
  const sorted = [...accepted].sort(([, a], [, b]) => order(a.file, b.file) || order(a.message, b.message));
  return { accepted: Object.fromEntries(sorted) };
}

/** The part of a baseline that is about other files. */
export function outside({ accepted }: Baseline, isAsked: (file: string) => boolean): Baseline {
  return { accepted: Object.fromEntries(Object.entries(accepted).filter(([, { file }]) => !isAsked(file))) };
}

/** Findings beyond a baseline, and how many it accepts. */
export function beyond(
  diagnostics: readonly Diagnostic[],
  { accepted }: Baseline,
): { readonly diagnostics: readonly Diagnostic[]; readonly accepted: number } {
  const left = new Map(Object.entries(accepted).map(([key, { times }]) => [key, times]));
  const fresh = diagnostics.filter((diagnostic) => {
    const key = fingerprintOf(diagnostic);
    const times = left.get(key) ?? 0;
    left.set(key, times - 1);
    return times <= 0;
  });
  return { diagnostics: fresh, accepted: diagnostics.length - fresh.length };
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
