import { compatReporter } from './compat-diagnostics.ts';
import { compatJson } from './compat-json.ts';
import { compatMarkdown } from './compat-markdown.ts';
import type { CompatReporter } from './compat-report.ts';
import { compatText } from './compat-text.ts';
import { githubReport } from './github.ts';
import { gitlabReport } from './gitlab.ts';
import { junitReport } from './junit.ts';
import { sarifReport } from './sarif.ts';

const REPORTERS: Readonly<Record<string, CompatReporter>> = {
  text: compatText,
  json: compatJson,
  markdown: compatMarkdown,
  github: compatReporter(githubReport),
  junit: compatReporter(junitReport),
  sarif: compatReporter(sarifReport),
  gitlab: compatReporter(gitlabReport),
};

/** The reporter of a `--format`, whose choices the command line has checked. */
export function compatReporterFor(format: unknown): CompatReporter {
  return REPORTERS[String(format)] ?? compatText;
}
