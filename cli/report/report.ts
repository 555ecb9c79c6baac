import { type Diagnostic, type Place, regionOf } from '@chirograph/contract/diagnostics';
import type { Region, Source } from '@chirograph/contract/source';
import { count } from '../terminal/words.ts';

/** A finding as it is printed. */
export interface Reported extends Diagnostic {
  /** That it is meant: it is shown, and is no fault. */
  readonly approval?: { readonly reason: string; readonly until: string };
}

/** What a check found, ready to be printed. */
export interface Report {
  readonly diagnostics: readonly Reported[];
  readonly sources: Readonly<Record<string, Source>>;
  /** What the codes mean in a few words. Where left out: those of contracts. */
  readonly titles?: Readonly<Record<string, { readonly title: string }>>;
  /** The files that the report is about, found clean or not. Where left out: all of `sources`, and where findings are. */
  readonly files?: readonly string[];
  readonly startedAt?: Date;
  readonly seconds: number;
  readonly color: boolean;
  /** Findings that are not among the others because only errors are wanted. */
  readonly hidden?: readonly Diagnostic[];
  /** How many findings a report for a person shows at most. Where left out: all. */
  readonly maxFindings?: number;
  /** How many warnings do not make the run fail. */
  readonly maxWarnings?: number;
  /** Findings that a baseline accepts, and that are not among the others. */
  readonly accepted?: number;
}

/** What a person can read of one run. */
export const MAX_FINDINGS = 100;

/** A report as text. It says everything itself; nothing is printed around it. */
export type Reporter = (report: Report) => string;

/** The files that a report is about, in order. */
export function filesOf({ files, sources, diagnostics }: Report): readonly string[] {
  return files ?? [...new Set([...Object.keys(sources), ...diagnostics.map(({ at }) => at.file)])].sort();
}

/** What a finding says, with what stands beside its mark and how many more places it is about. */
export function sentenceOf({ message, note, others = [] }: Diagnostic): string {
  const more = others.length > 0 ? `and ${count(others.length, 'more place')}` : undefined;
  const beside = [note, more].filter((it) => it !== undefined).join('; ');
  return beside === '' ? message : `${message} (${beside})`;
}

/** Where a place stands; the first character of a file whose text is not known. */
export function regionIn(sources: Report['sources'], at: Place): Region {
  const source = sources[at.file];
  return source ? regionOf(source, at) : { line: 1, column: 1, start: 0, end: 0 };
}

/** Findings in the order of their files and lines. */
export function inOrder({ diagnostics, sources }: Pick<Report, 'diagnostics' | 'sources'>): Reported[] {
  return diagnostics
    .map((diagnostic) => ({ diagnostic, start: regionIn(sources, diagnostic.at).start }))
    .sort(
      (a, b) =>
        order(a.diagnostic.at.file, b.diagnostic.at.file) ||
        a.start - b.start ||
        order(a.diagnostic.code, b.diagnostic.code),
    )
    .map(({ diagnostic }) => diagnostic);
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
