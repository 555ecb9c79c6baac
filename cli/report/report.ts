import type { Diagnostic } from '@chirograph/contract/diagnostics';
import type { Source } from '@chirograph/contract/source';

/** What a check found, ready to be printed. */
export interface Report {
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: Readonly<Record<string, Source>>;
  readonly seconds: number;
  readonly color: boolean;
}

/** A report as text. It says everything itself; nothing is printed around it. */
export type Reporter = (report: Report) => string;
