import type { Severity } from '@chirograph/contract/diagnostics';
import { fingerprintOf } from '../baseline/baseline.ts';
import { type Report, regionIn, sentenceOf } from './report.ts';

const SEVERITIES: Readonly<Record<Severity, string>> = { error: 'major', warning: 'minor', info: 'info' };

/** Findings as a Code Quality report (GitLab, "Implement a custom tool"); each fingerprint is there once. */
export function gitlabReport({ diagnostics, sources }: Report): string {
  const seen = new Map<string, number>();
  const issues = diagnostics.map((diagnostic) => {
    const { severity, code, at } = diagnostic;
    const key = fingerprintOf(diagnostic);
    const times = (seen.get(key) ?? 0) + 1;
    seen.set(key, times);
    return {
      description: sentenceOf(diagnostic),
      check_name: code,
      fingerprint: times === 1 ? key : `${key}-${times}`,
      severity: SEVERITIES[severity],
      location: { path: at.file, lines: { begin: regionIn(sources, at).line } },
    };
  });
  return `${JSON.stringify(issues, null, 2)}\n`;
}
