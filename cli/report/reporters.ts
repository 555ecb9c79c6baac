import { githubReport } from './github.ts';
import { gitlabReport } from './gitlab.ts';
import { jsonReport } from './json.ts';
import { junitReport } from './junit.ts';
import type { Reporter } from './report.ts';
import { sarifReport } from './sarif.ts';
import { textReport } from './text.ts';

const REPORTERS: Readonly<Record<string, Reporter>> = {
  text: textReport,
  json: jsonReport,
  github: githubReport,
  junit: junitReport,
  sarif: sarifReport,
  gitlab: gitlabReport,
};

/** The reporter of a `--format`, whose choices the command line has checked. */
export function reporterFor(format: unknown): Reporter {
  return REPORTERS[String(format)] ?? textReport;
}
