import { jsonReport } from './json.ts';
import type { Reporter } from './report.ts';
import { textReport } from './text.ts';

const REPORTERS: Readonly<Record<string, Reporter>> = { text: textReport, json: jsonReport };

/** The reporter of a `--format`, whose choices the command line has checked. */
export function reporterFor(format: unknown): Reporter {
  return REPORTERS[String(format)] ?? textReport;
}
