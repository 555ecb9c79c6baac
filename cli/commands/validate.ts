import { join, resolve } from 'node:path';
import { CODES, type Diagnostic, onePerCause, type Severity } from '@chirograph/contract/diagnostics';
import { type LintMemo, lint, lintMemo, withSeverities } from '@chirograph/contract/lint';
import { loadMemo } from '@chirograph/contract/load';
import { withoutAccepted } from '../baseline/accepted.ts';
import { baselineOf, beyond, outside } from '../baseline/baseline.ts';
import { readBaseline, readBaselineIfAny, writeBaseline } from '../baseline/baseline-file.ts';
import { isOfNeighbour } from '../config/neighbour.ts';
import { readSettings, type Settings } from '../config/read-config.ts';
import { CommandError, EXIT, type ExitCode } from '../exit.ts';
import { openScope, type Scope } from '../files/scope.ts';
import type { Stdin } from '../files/stdin.ts';
import { inOrder, MAX_FINDINGS, type Report } from '../report/report.ts';
import { reporterFor } from '../report/reporters.ts';
import type { Io } from '../terminal/io.ts';
import type { Values } from '../terminal/values.ts';
import { count } from '../terminal/words.ts';
import { checkNames } from '../workspace/check-names.ts';
import { estateOpener } from '../workspace/open-workspace.ts';
import { readerFindings } from '../workspace/reader-findings.ts';
import type { Run } from './command.ts';

/** `chirograph validate`: findings on standard output; 1 when there is an error, or more warnings than allowed. */
export const run: Run = async (paths, values, io) => {
  const maxWarnings = wholeNumberIn(values.maxWarnings, '--max-warnings') ?? Number.POSITIVE_INFINITY;
  const maxFindings = wholeNumberIn(values.maxFindings, '--max-findings') ?? MAX_FINDINGS;
  const settings = await readSettings(io.cwd, values.config);
  const stdin = await readStdin(paths, values, io);
  const memo = values.watch ? { load: loadMemo(), lint: lintMemo() } : undefined;
  const estate = await estateOpener(settings, values, io);
  const open = () => openScope(settings, io.cwd, paths, estate, stdin, memo?.load);
  const limits = { maxWarnings, maxFindings: maxFindings === 0 ? Number.POSITIVE_INFINITY : maxFindings };
  const check = () => validate(settings, open, values, io, limits, memo?.lint);
  if (!values.watch) return check();
  const { watch } = await import('./watch.ts');
  return watch(settings, paths, io, check);
};

async function validate(
  settings: Settings,
  open: () => Promise<Scope>,
  values: Values,
  io: Io,
  { maxWarnings, maxFindings }: Limits,
  memo: LintMemo | undefined,
): Promise<ExitCode> {
  const startedAt = new Date();
  const started = performance.now();
  const { loaded, files, isWhole } = await open();
  const { workspace } = loaded;
  if (isWhole) checkNames(settings, [workspace]);
  // What neighbours have is read, and not judged.
  const isAsked = (file: string) => !isOfNeighbour(settings, file) && (files?.has(file) ?? true);
  const findings = [...loaded.diagnostics, ...lint(workspace, settings.lint, memo)];
  const unread = await readerFindings(workspace, settings);
  const all = withSeverities(
    [
      ...findings.filter(({ at }) => isAsked(at.file)),
      // It concerns both sides, whichever was asked about.
      ...unread.filter(({ at, related }) =>
        [at, ...related.map((it) => it.at)].some((it) => isAsked(it.file)),
      ),
    ],
    settings.lint,
  );
  const kept = withoutAccepted(all, workspace, settings, codesOf(settings));
  const about = [
    ...new Set([...Object.keys(workspace.sources).filter(isAsked), ...all.map((it) => it.at.file)]),
  ];
  if (findings.length === 0 && workspace.services.length === 0 && workspace.flows.length === 0)
    throw noContract(about);
  const file = baselineFile(settings, values, io);
  if (values.updateBaseline) return updateBaseline(file, kept.diagnostics, isAsked, io);

  const fresh = file === undefined ? { ...kept, accepted: 0 } : beyond(kept.diagnostics, readBaseline(file));
  const accepted = fresh.accepted + kept.accepted;
  const diagnostics = onePerCause(inOrder({ diagnostics: fresh.diagnostics, sources: workspace.sources }));
  const isShown = (it: Diagnostic) => !values.quiet || it.severity === 'error';
  const report: Report = {
    diagnostics: diagnostics.filter(isShown),
    hidden: diagnostics.filter((it) => !isShown(it)),
    sources: workspace.sources,
    files: about.sort(),
    startedAt,
    seconds: (performance.now() - started) / 1000,
    color: io.color,
    accepted,
    maxWarnings,
    maxFindings,
  };
  io.out(reporterFor(values.format)(report));
  const of = (severity: Severity) => diagnostics.filter((it) => it.severity === severity).length;
  return of('error') > 0 || of('warning') > maxWarnings ? EXIT.findings : EXIT.clean;
}

/** Every code that a finding may have: ours, and those of the user's own rules. */
function codesOf({ lint: { rules = [] } }: Settings): string[] {
  return [...Object.keys(CODES), ...rules.map(({ code }) => code)];
}

function noContract(files: readonly string[]): CommandError {
  const what =
    files.length === 1 ? `${files[0]} is no contract` : `none of ${files.length} files is a contract`;
  return new CommandError(
    what,
    'A contract begins with `asyncapi: 3.1.0`. Name other files, or the folder they stand in.',
  );
}

async function readStdin(
  paths: readonly string[],
  { stdinFile }: Values,
  io: Io,
): Promise<Stdin | undefined> {
  if (!paths.includes('-')) {
    if (stdinFile === undefined) return undefined;
    throw new CommandError(
      '--stdin-file goes with standard input',
      'Add a `-`: chirograph validate - --stdin-file <file>',
    );
  }
  const text = await io.readStdin();
  if (text.trim() === '')
    throw new CommandError(
      'standard input is empty',
      'Send a document: cat order.yaml | chirograph validate -',
    );
  return { text, ...(typeof stdinFile === 'string' && { file: stdinFile }) };
}

/** What is accepted of files that were not asked about stays accepted. */
function updateBaseline(
  file: string | undefined,
  diagnostics: readonly Diagnostic[],
  isAsked: (file: string) => boolean,
  io: Io,
): ExitCode {
  const target = file ?? join(io.cwd, DEFAULT_BASELINE);
  writeBaseline(target, baselineOf(diagnostics, outside(readBaselineIfAny(target), isAsked)));
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

interface Limits {
  readonly maxWarnings: number;
  readonly maxFindings: number;
}

function wholeNumberIn(given: Values[string], flag: string): number | undefined {
  if (given === undefined) return undefined;
  const n = Number(given);
  if (!Number.isInteger(n) || n < 0 || given === '')
    throw new CommandError(`${flag} wants a whole number, not \`${given}\``);
  return n;
}
