import { join } from 'node:path';
import { isOfNeighbour } from '../config/neighbour.ts';
import { readSettings, type Settings } from '../config/read-config.ts';
import { CommandError, EXIT, type ExitCode } from '../exit.ts';
import { readerFor } from '../files/reader-for.ts';
import { type LastRun, readLastRun, writeLastRun } from '../generate/cache.ts';
import { hashOf, textAt, toolFingerprint } from '../generate/fingerprint.ts';
import { type Memo, readMemo, writeMemo } from '../generate/memo.ts';
import { isUnchanged } from '../generate/unchanged.ts';
import { LOCK_FILE } from '../remote/lock-file.ts';
import { notesText } from '../report/notes.ts';
import { planJson, planText } from '../report/plan.ts';
import { MAX_FINDINGS, type Report } from '../report/report.ts';
import type { Io } from '../terminal/io.ts';
import type { Values } from '../terminal/values.ts';
import { applyPlan } from '../write/apply.ts';
import { type Plan, planFor } from '../write/plan.ts';
import type { Run } from './command.ts';

/** `chirograph generate`: brings the output folder up to date; with `--check`, says whether it is. */
export const run: Run = async (_, values, io) => {
  if (values.watch && values.check)
    throw new CommandError(
      '`--watch` and `--check` exclude each other',
      'Leave one of them out: --check is for one run, in CI.',
    );
  const settings = await readSettings(io.cwd, values.config);
  if (!values.watch) return generateOnce(settings, values, io);
  const { watch } = await import('./watch.ts');
  const memo = await emptyMemo();
  return watch(settings, [], io, () => generateOnce(settings, values, io, memo));
};

/** @param kept what the run before has left, while watching */
async function generateOnce(settings: Settings, values: Values, io: Io, kept?: Memo): Promise<ExitCode> {
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;
  const setup = hashOf(toolFingerprint(), settings.text, pinned(settings, values));
  const last = values.cache === false ? undefined : lastRunOf(settings, setup);
  // What neighbours have stands in the lock; that it is what they have is looked at each time.
  if (settings.neighbours.length > 0)
    (await import('../neighbours/open-neighbours.ts')).openNeighbours(settings);
  const isOwn = (file: string) => !isOfNeighbour(settings, file);
  const entries = readerFor(settings, io.cwd, []).entries.filter(isOwn);
  if (last && isUnchanged(settings, last, entries)) {
    const files = Object.values(last.folders).flatMap((it) => Object.keys(it.outputs));
    return report({ ...NO_CHANGES, unchanged: files.length, files }, settings, values, io, seconds());
  }
  const { workspace, findings } = await understand(settings, values, io, setup, kept);
  const errors = findings.filter((it) => it.severity === 'error');
  if (errors.length > 0) {
    const { onePerCause } = await import('@chirograph/contract/diagnostics');
    const refusal: Report = {
      diagnostics: onePerCause(errors),
      sources: workspace.sources,
      seconds: seconds(),
      color: io.color,
      maxFindings: MAX_FINDINGS,
    };
    return refuse(refusal, settings, values, io);
  }
  const { isRemote } = await import('@chirograph/contract/load');
  const { produce } = await import('../generate/produce.ts');
  const { wanted, standing, folders, notes, isComplete } = await produce(
    workspace,
    settings,
    setup,
    last,
    writes(values),
  );
  const folder = join(settings.root, settings.output);
  const plan = planFor(folder, wanted, standing);
  refuseForeign(plan, settings);
  if (writes(values)) {
    applyPlan(folder, plan);
    const inputs = Object.values(workspace.sources).flatMap(({ file, text }) =>
      isRemote(file) || !isOwn(file) ? [] : [[file, hashOf(text)]],
    );
    writeLastRun(settings.root, { setup, entries, inputs: Object.fromEntries(inputs), isComplete, folders });
  }
  if (notes.length > 0) io.err(notesText(notes, workspace.sources, io.color));
  return report(plan, settings, values, io, seconds());
}

/** The contracts and what is wrong with them: of what has not changed, as the run before has left it. */
async function understand(settings: Settings, values: Values, io: Io, setup: string, kept?: Memo) {
  const { concernsUs, openNeighbourhood } = await import('../workspace/open-neighbourhood.ts');
  const { lint, withSeverities } = await import('@chirograph/contract/lint');
  const stored = kept || values.cache === false ? undefined : readMemo(settings.root, setup);
  const memo = kept ?? stored ?? (await emptyMemo());
  const { results } = memo.load;
  const { workspace, diagnostics } = await openNeighbourhood(settings, values, io, memo.load);
  const isOurs = concernsUs(settings, workspace);
  const all = [...diagnostics, ...lint(workspace, settings.lint, memo.lint).filter(isOurs)];
  if (!kept && writes(values)) writeMemo(settings.root, setup, memo, results);
  return { workspace, findings: withSeverities(all, settings.lint) };
}

function writes({ check, dryRun }: Values): boolean {
  return !check && !dryRun;
}

async function emptyMemo(): Promise<Memo> {
  const { loadMemo } = await import('@chirograph/contract/load');
  const { lintMemo } = await import('@chirograph/contract/lint');
  return { load: loadMemo(), lint: lintMemo() };
}

/** What stands for the texts of the network, and of neighbours: the lock, where they are read. */
function pinned({ root, remote, neighbours }: Settings, values: Values): string {
  return values.remote || remote !== false || neighbours.length > 0
    ? (textAt(join(root, LOCK_FILE)) ?? 'none')
    : '';
}

async function refuse(refusal: Report, settings: Settings, { format }: Values, io: Io): Promise<ExitCode> {
  if (format === 'json') {
    const { jsonDiagnostics } = await import('../report/json.ts');
    const outcome = { plan: NO_CHANGES, folder: settings.output, seconds: refusal.seconds };
    io.out(planJson(outcome, jsonDiagnostics(refusal)));
  } else {
    const { reporterFor } = await import('../report/reporters.ts');
    io.out(reporterFor(format)(refusal));
  }
  io.err('Nothing was generated: the contracts have errors.\n');
  return EXIT.findings;
}

/** What the last run left, if it was this tool's with these settings. */
function lastRunOf({ root }: Settings, setup: string): LastRun | undefined {
  const last = readLastRun(root);
  return last?.setup === setup ? last : undefined;
}

function refuseForeign({ foreign }: Plan, { output }: Settings): void {
  if (foreign.length === 0) return;
  throw new CommandError(
    `${foreign.map((path) => `${output}/${path}`).join(', ')} would be overwritten, but chirograph did not write it`,
    'Move it elsewhere, or choose another `output` in chirograph.config.ts.',
  );
}

async function report(
  plan: Plan,
  settings: Settings,
  values: Values,
  io: Io,
  seconds: number,
): Promise<ExitCode> {
  const stale = plan.changes.length > 0;
  io.out(
    values.format === 'json'
      ? planJson({ plan, folder: settings.output, seconds })
      : await planText({ plan, folder: settings.output, seconds }, modeOf(values), io.color),
  );
  return values.check && stale ? EXIT.findings : EXIT.clean;
}

function modeOf({ check, dryRun }: Values): 'write' | 'dry-run' | 'check' {
  if (check) return 'check';
  return dryRun ? 'dry-run' : 'write';
}

const NO_CHANGES: Plan = { changes: [], unchanged: 0, foreign: [], files: [] };
