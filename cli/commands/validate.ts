import { join, resolve } from 'node:path';
import type { Diagnostic, Severity } from '@chirograph/contract/diagnostics';
import { type LintMemo, lint, lintMemo, withSeverities } from '@chirograph/contract/lint';
import { type Loaded, loadMemo } from '@chirograph/contract/load';
import { baselineOf, beyond } from '../baseline/baseline.ts';
import { readBaseline, writeBaseline } from '../baseline/baseline-file.ts';
import { readSettings, type Settings } from '../config/read-config.ts';
import { EXIT, type ExitCode, Failure } from '../exit.ts';
import { inOrder, type Report } from '../report/report.ts';
import { reporterFor } from '../report/reporters.ts';
import type { Io } from '../terminal/io.ts';
import { count } from '../terminal/words.ts';
import type { Run, Values } from './command.ts';
import { openWorkspace } from './open-workspace.ts';

/** `chirograph validate`: findings on standard output; 1 when there is an error, or more warnings than allowed. */
export const run: Run = async (paths, values, io) => {
  const allowed = maxWarnings(values);
  const settings = await readSettings(io.cwd, values.config as string | undefined);
  const stdin = paths.includes('-') ? await io.readStdin() : undefined;
  const memo = values.watch ? { load: loadMemo(), lint: lintMemo() } : undefined;
  const open = () => openWorkspace(settings, values, io, paths, stdin, memo?.load);
  const check = () => validate(settings, open, values, io, allowed, memo?.lint);
  if (!values.watch) return check();
  const { watch } = await import('./watch.ts');
  return watch(settings, paths, io, check);
};

async function validate(
  settings: Settings,
  open: () => Promise<Loaded>,
  values: Values,
  io: Io,
  allowed: number,
  memo: LintMemo | undefined,
): Promise<ExitCode> {
  const started = performance.now();
  const { workspace, diagnostics: faults } = await open();
  const all = withSeverities([...faults, ...lint(workspace, settings.lint, memo)], settings.lint);
  const file = baselineFile(settings, values, io);
  if (values.updateBaseline) return updateBaseline(file, all, io);

  const { diagnostics, accepted } =
    file === undefined ? { diagnostics: all, accepted: 0 } : beyond(all, readBaseline(file));
  const shown = values.quiet ? diagnostics.filter((it) => it.severity === 'error') : diagnostics;
  const report: Report = {
    diagnostics: inOrder({ diagnostics: shown, sources: workspace.sources }),
    sources: workspace.sources,
    seconds: (performance.now() - started) / 1000,
    color: io.color,
    accepted,
  };
  io.out(reporterFor(values.format)(report));
  const of = (severity: Severity) => diagnostics.filter((it) => it.severity === severity).length;
  return of('error') > 0 || of('warning') > allowed ? EXIT.findings : EXIT.clean;
}

function updateBaseline(file: string | undefined, diagnostics: readonly Diagnostic[], io: Io): ExitCode {
  const target = file ?? join(io.cwd, DEFAULT_BASELINE);
  writeBaseline(target, baselineOf(diagnostics));
  io.out(`accepted ${count(diagnostics.length, 'finding')} in ${target}\n`);
  return EXIT.clean;
}

const DEFAULT_BASELINE = 'chirograph-baseline.json';

function baselineFile(
  { root, lint: settings }: Settings,
  { baseline }: Values,
  { cwd }: Io,
): string | undefined {
  if (typeof baseline === 'string') return resolve(cwd, baseline);
  return settings.baseline === undefined ? undefined : join(root, settings.baseline);
}

function maxWarnings({ maxWarnings: given }: Values): number {
  if (given === undefined) return Number.POSITIVE_INFINITY;
  const n = Number(given);
  if (!Number.isInteger(n) || n < 0 || given === '')
    throw new Failure(`--max-warnings wants a whole number, not \`${given}\``);
  return n;
}
