import { performance } from 'node:perf_hooks';
import type { Diagnostic } from '@chirograph/contract/diagnostics';
import { lint, withSeverities } from '@chirograph/contract/lint';
import { readSettings } from '../config/read-config.ts';
import { EXIT, Failure } from '../exit.ts';
import { reporterFor } from '../report/reporters.ts';
import type { Run, Values } from './command.ts';
import { openWorkspace } from './open-workspace.ts';

/** `chirograph validate`: findings on standard output; 1 when there is an error, or more warnings than allowed. */
export const run: Run = async (paths, values, io) => {
  const started = performance.now();
  const settings = await readSettings(io.cwd, values.config as string | undefined);
  const { workspace, diagnostics: faults } = openWorkspace(settings, io.cwd, paths);
  const findings = withSeverities([...faults, ...lint(workspace)], settings.severities);
  const allowed = maxWarnings(values);
  io.out(
    reporterFor(values.format)({
      diagnostics: findings.toSorted(byPlace),
      sources: workspace.sources,
      seconds: (performance.now() - started) / 1000,
      color: io.color,
    }),
  );
  const count = (severity: Diagnostic['severity']) =>
    findings.filter((it) => it.severity === severity).length;
  return count('error') > 0 || count('warning') > allowed ? EXIT.findings : EXIT.clean;
};

function maxWarnings({ maxWarnings: given }: Values): number {
  if (given === undefined) return Number.POSITIVE_INFINITY;
  const n = Number(given);
  if (!Number.isInteger(n) || n < 0)
    throw new Failure(`--max-warnings wants a whole number, not \`${given}\``);
  return n;
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  return order(a.at.file, b.at.file) || order(a.at.pointer, b.at.pointer) || order(a.code, b.code);
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
