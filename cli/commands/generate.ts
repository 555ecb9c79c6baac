import { join } from 'node:path';
import type { LintMemo } from '@chirograph/contract/lint';
import type { LoadMemo } from '@chirograph/contract/load';
import { readSettings, type Settings } from '../config/read-config.ts';
import { EXIT, type ExitCode, Failure } from '../exit.ts';
import { readerFor } from '../files/reader-for.ts';
import { type LastRun, readLastRun, writeLastRun } from '../generate/cache.ts';
import { hashOf, textAt, toolFingerprint } from '../generate/fingerprint.ts';
import { isUnchanged } from '../generate/unchanged.ts';
import { LOCK_FILE } from '../remote/lock-file.ts';
import type { Io } from '../terminal/io.ts';
import { type Style, styleFor } from '../terminal/style.ts';
import { count } from '../terminal/words.ts';
import { applyPlan } from '../write/apply.ts';
import { lineDiff } from '../write/line-diff.ts';
import { type FileChange, type Plan, planFor } from '../write/plan.ts';
import type { Run, Values } from './command.ts';

/** `chirograph generate`: brings the output folder up to date; with `--check`, says whether it is. */
export const run: Run = async (_, values, io) => {
  const settings = await readSettings(io.cwd, values.config as string | undefined);
  if (!values.watch) return generateOnce(settings, values, io);
  const { watch } = await import('./watch.ts');
  const { loadMemo } = await import('@chirograph/contract/load');
  const { lintMemo } = await import('@chirograph/contract/lint');
  const memo = { load: loadMemo(), lint: lintMemo() };
  return watch(settings, [], io, () => generateOnce(settings, values, io, memo));
};

/** What one run leaves to the next one while watching. */
interface Memo {
  readonly load: LoadMemo;
  readonly lint: LintMemo;
}

async function generateOnce(settings: Settings, values: Values, io: Io, memo?: Memo): Promise<ExitCode> {
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;
  const setup = hashOf(toolFingerprint(), settings.text, pinned(settings, values));
  const last = values.cache === false ? undefined : lastRunOf(settings, setup);
  const { entries } = readerFor(settings, io.cwd, []);
  if (last && isUnchanged(settings, last, entries)) {
    const files = Object.values(last.folders).flatMap((it) => Object.keys(it.outputs));
    return report(
      { changes: [], unchanged: files.length, foreign: [], files },
      settings,
      values,
      io,
      seconds(),
    );
  }
  const { openWorkspace } = await import('./open-workspace.ts');
  const { lint, withSeverities } = await import('@chirograph/contract/lint');
  const { isRemote } = await import('@chirograph/contract/load');
  const { workspace, diagnostics } = await openWorkspace(settings, values, io, [], memo?.load);
  const findings = withSeverities(
    [...diagnostics, ...lint(workspace, settings.lint, memo?.lint)],
    settings.lint,
  );
  const errors = findings.filter((it) => it.severity === 'error');
  if (errors.length > 0) {
    const { sources } = workspace;
    if (values.format === 'json') {
      const { jsonDiagnostics } = await import('../report/json.ts');
      io.out(jsonOf(NO_CHANGES, settings, seconds(), jsonDiagnostics({ diagnostics: errors, sources })));
    } else {
      const { reporterFor } = await import('../report/reporters.ts');
      io.out(
        reporterFor(values.format)({ diagnostics: errors, sources, seconds: seconds(), color: io.color }),
      );
    }
    io.err('Nothing was generated: the contracts have errors.\n');
    return EXIT.findings;
  }
  const { produce } = await import('../generate/produce.ts');
  const { wanted, standing, folders, isComplete } = await produce(workspace, settings, setup, last);
  const folder = join(settings.root, settings.output);
  const plan = planFor(folder, wanted, standing);
  refuseForeign(plan, settings);
  if (!values.check && !values.dryRun) {
    applyPlan(folder, plan);
    const inputs = Object.values(workspace.sources).flatMap(({ file, text }) =>
      isRemote(file) ? [] : [[file, hashOf(text)]],
    );
    writeLastRun(settings.root, { setup, entries, inputs: Object.fromEntries(inputs), isComplete, folders });
  }
  return report(plan, settings, values, io, seconds());
}

/** What stands for the texts of the network: the lock, where references to it are followed. */
function pinned({ root, remote }: Settings, values: Values): string {
  return values.remote || remote !== false ? (textAt(join(root, LOCK_FILE)) ?? 'none') : '';
}

/** What the last run left, if it was this tool's with these settings. */
function lastRunOf({ root }: Settings, setup: string): LastRun | undefined {
  const last = readLastRun(root);
  return last?.setup === setup ? last : undefined;
}

function refuseForeign({ foreign }: Plan, { output }: Settings): void {
  if (foreign.length === 0) return;
  throw new Failure(
    `${foreign.map((path) => `${output}/${path}`).join(', ')} would be overwritten, but chirograph did not write it`,
    'Move it elsewhere, or choose another `output` in chirograph.config.ts.',
  );
}

function report(plan: Plan, settings: Settings, values: Values, io: Io, seconds: number): ExitCode {
  const stale = plan.changes.length > 0;
  io.out(
    values.format === 'json'
      ? jsonOf(plan, settings, seconds)
      : textOf(plan, settings, values, styleFor(io.color), seconds),
  );
  return values.check && stale ? EXIT.findings : EXIT.clean;
}

const NO_CHANGES: Plan = { changes: [], unchanged: 0, foreign: [], files: [] };

/** One document, whatever came of it: what was found in the contracts, and what was done (docs/generate.md). */
function jsonOf(
  plan: Plan,
  { output }: Settings,
  seconds: number,
  diagnostics: readonly object[] = [],
): string {
  const changes = plan.changes.map(({ kind, path }) => ({ kind, path: `${output}/${path}` }));
  const document = { diagnostics, changes, unchanged: plan.unchanged, seconds: Number(seconds.toFixed(3)) };
  return `${JSON.stringify(document, null, 2)}\n`;
}

const DONE = { create: 'created', update: 'updated', delete: 'removed' } as const;
const STALE = { create: 'missing', update: 'stale', delete: 'left over' } as const;

function textOf(plan: Plan, { output }: Settings, values: Values, style: Style, seconds: number): string {
  const removed = plan.changes.filter((it) => it.kind === 'delete').length;
  const written = plan.changes.length - removed;
  const total = plan.unchanged + written;
  const time = style.dim(`   ${seconds.toFixed(2)} s`);
  if (plan.changes.length === 0)
    return `${style.green('up to date')}: ${count(total, 'file')} in ${output}${time}\n`;
  const words = values.check ? STALE : DONE;
  const rows = plan.changes.flatMap((change) => [
    `${style.yellow(words[change.kind].padEnd(9))} ${output}/${change.path}`,
    ...(values.check ? diffOf(change, style) : []),
  ]);
  const summary = values.check
    ? `${count(written, 'file')} of ${total} not as the contracts say${removed === 0 ? '' : `, ${removed} left over`}. Run: chirograph generate`
    : `${values.dryRun ? 'would change' : 'changed'} ${written} of ${count(total, 'file')}${removed === 0 ? '' : `, removed ${removed}`}`;
  return `${rows.join('\n')}\n\n${summary}${time}\n`;
}

function diffOf(change: FileChange, style: Style): string[] {
  if (change.kind !== 'update') return [];
  return lineDiff(change.former, change.text).map((row) => {
    if (row.startsWith('-')) return `    ${style.red(row)}`;
    return `    ${row.startsWith('+') ? style.green(row) : row}`;
  });
}
