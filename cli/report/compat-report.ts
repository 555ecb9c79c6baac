import type { Approval, Finding, Verdict } from '@chirograph/compat';
import { type Diagnostic, type Place, regionOf } from '@chirograph/contract/diagnostics';
import type { Workspace } from '@chirograph/contract/model';
import type { Source } from '@chirograph/contract/source';

/** What a comparison found, ready to be printed. */
export interface CompatReport {
  readonly findings: readonly Finding[];
  readonly base: Workspace;
  readonly head: Workspace;
  /** What the base is called: `main`. */
  readonly against: string;
  /** From the root of the repository to the config, `contracts/` for instance: code hosts name files from the root. */
  readonly prefix: string;
  readonly seconds: number;
  readonly color: boolean;
  /** What could not be read, and what rests on it is not compared. */
  readonly leftOut?: readonly LeftOut[];
  /** Approvals that are of no change here. */
  readonly unused?: readonly Approval[];
}

/** A reference that does not resolve. */
export interface LeftOut {
  /** Undefined for the contracts of today; else what the former state is called. */
  readonly state: string | undefined;
  /** `file:line:column`. */
  readonly place: string;
  readonly diagnostic: Diagnostic;
  /** It is in a neighbour's contracts, and no verdict rests on it that does not say so. */
  readonly isAside?: true;
}

/** What is left out, as a sentence without a full stop. */
export function leftOutText({ state, diagnostic, isAside }: LeftOut): string {
  if (isAside) return `a neighbour's, and what rests on it is not compared: ${diagnostic.message}`;
  return `not compared${state === undefined ? '' : ` (in ${state})`}: ${diagnostic.message}`;
}

/** What an approval that is of no change says of itself. */
export function unusedText({ fingerprint, change, until }: Approval): string {
  return `The approval ${fingerprint} (until ${until}) is of no change here: ${change}`;
}

/** What a person wants to read first comes first. */
export const VERDICTS: readonly Verdict[] = ['breaking', 'undecided', 'warning', 'safe'];

/** A comparison as text. */
export type CompatReporter = (report: CompatReport) => string;

/** Line and column of a place, both from 1; the first ones where the file is not known. */
export function positionOf(
  sources: Readonly<Record<string, Source>>,
  at: Place,
): { readonly file: string; readonly line: number; readonly column: number } {
  const source = sources[at.file];
  const region = source && regionOf(source, at);
  return { file: at.file, line: region?.line ?? 1, column: region?.column ?? 1 };
}

/** What is left out and is ours to fix: while it is, the comparison has not passed. */
export function openOf({ leftOut = [] }: Pick<CompatReport, 'leftOut'>): readonly LeftOut[] {
  return leftOut.filter((it) => !it.isAside);
}
