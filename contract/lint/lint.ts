import type { Diagnostic } from '../diagnostics/index.ts';
import type { Workspace } from '../model/index.ts';
import { asMeant } from './as-meant.ts';
import { type LintMemo, recollect, remember } from './memo.ts';
import { RULES } from './rules.ts';
import { isOn, type Settings } from './settings.ts';

/**
 * Checks a workspace against the rules of a preset and a user's own. Rules all of whose codes are off are not run.
 * @param memo given to one run after the other over the same workspace, so that the later ones are quicker
 */
export function lint(workspace: Workspace, settings: Settings = {}, memo?: LintMemo): Diagnostic[] {
  const recollection = memo && recollect(memo);
  if (recollection) remember(workspace, recollection);
  const meant = asMeant(workspace);
  if (recollection && meant !== workspace) remember(meant, recollection);
  const rules = RULES.filter(({ codes }) => codes.some((code) => isOn(code, settings)));
  return [
    ...rules.flatMap((rule) => [...rule.check(rule.asWritten ? workspace : meant)]),
    ...(settings.rules ?? []).flatMap(({ code, severity = 'warning', check }) =>
      [...check(workspace)].map((finding): Diagnostic => ({ related: [], ...finding, code, severity })),
    ),
  ];
}

/** Findings with the severities that a user wants; those turned off, or of another preset, are gone. */
export function withSeverities(diagnostics: readonly Diagnostic[], settings: Settings): Diagnostic[] {
  return diagnostics.flatMap((diagnostic) => {
    const { code } = diagnostic;
    if (!isOn(code, settings)) return [];
    const wanted = settings.severities?.[code];
    return [{ ...diagnostic, severity: wanted && wanted !== 'off' ? wanted : diagnostic.severity }];
  });
}
