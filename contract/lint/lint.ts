import type { Diagnostic, DiagnosticCode, Severity } from '../diagnostics/index.ts';
import type { Workspace } from '../model/index.ts';
import { RULES } from './rules.ts';

/** What a user says about codes: another severity, or none at all. */
export type Severities = Readonly<Partial<Record<DiagnosticCode, Severity | 'off'>>>;

/** Checks a workspace against every rule. */
export function lint(workspace: Workspace): Diagnostic[] {
  return RULES.flatMap((rule) => [...rule.check(workspace)]);
}

/** Findings with the severities that a user wants; those turned off are gone. */
export function withSeverities(diagnostics: readonly Diagnostic[], severities: Severities): Diagnostic[] {
  return diagnostics.flatMap((diagnostic) => {
    const severity = severities[diagnostic.code] ?? diagnostic.severity;
    return severity === 'off' ? [] : [{ ...diagnostic, severity }];
  });
}
