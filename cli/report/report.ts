import type { Diagnostic } from '@chirograph/contract/diagnostics';
import type { Source } from '@chirograph/contract/source';
import { jsonReport } from './json.ts';
import { textReport } from './text.ts';

/** What a check found, ready to be printed. */
export interface Report {
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: Readonly<Record<string, Source>>;
  readonly seconds: number;
  readonly color: boolean;
}

/** A report as text. It says everything itself; nothing is printed around it. */
export type Reporter = (report: Report) => string;

const REPORTERS: Readonly<Record<string, Reporter>> = { text: textReport, json: jsonReport };

/** The reporter of a `--format`, whose choices the command line has checked. */
export function reporterFor(format: unknown): Reporter {
  return REPORTERS[String(format)] ?? textReport;
}
