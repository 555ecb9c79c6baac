import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { lint, withSeverities } from '@chirograph/contract/lint';
import { generate } from '@chirograph/generators';
import { readSettings, type Settings } from '../config/read-config.ts';
import { EXIT, type ExitCode, Failure } from '../exit.ts';
import { reporterFor } from '../report/reporters.ts';
import type { Io } from '../terminal/io.ts';
import { type Style, styleFor } from '../terminal/style.ts';
import { count } from '../terminal/words.ts';
import { applyPlan } from '../write/apply.ts';
import { lineDiff } from '../write/line-diff.ts';
import { type FileChange, type Plan, planFor } from '../write/plan.ts';
import type { Run, Values } from './command.ts';
import { openWorkspace } from './open-workspace.ts';

/** `chirograph generate`: brings the output folder up to date; with `--check`, says whether it is. */
export const run: Run = async (_, values, io) => {
  const started = performance.now();
  const settings = await readSettings(io.cwd, values.config as string | undefined);
  const { workspace, diagnostics } = openWorkspace(settings, io.cwd);
  const findings = withSeverities([...diagnostics, ...lint(workspace, settings.lint)], settings.lint);
  const errors = findings.filter((it) => it.severity === 'error');
  if (errors.length > 0) {
    const seconds = (performance.now() - started) / 1000;
    io.out(
      reporterFor(values.format)({
        diagnostics: errors,
        sources: workspace.sources,
        seconds,
        color: io.color,
      }),
    );
    io.err('Nothing was generated: the contracts have errors.\n');
    return EXIT.findings;
  }
  const wanted = await generate(workspace, { importExtension: settings.importExtension });
  const folder = join(settings.root, settings.output);
  const plan = planFor(folder, wanted);
  refuseForeign(plan, settings);
  const writes = !values.check && !values.dryRun;
  if (writes) applyPlan(folder, plan, wanted);
  return report(plan, settings, values, io, (performance.now() - started) / 1000);
};

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
      ? jsonOf(plan, settings)
      : textOf(plan, settings, values, styleFor(io.color), seconds),
  );
  return values.check && stale ? EXIT.findings : EXIT.clean;
}

function jsonOf(plan: Plan, { output }: Settings): string {
  const changes = plan.changes.map(({ kind, path }) => ({ kind, path: `${output}/${path}` }));
  return `${JSON.stringify({ changes, unchanged: plan.unchanged }, null, 2)}\n`;
}

const DONE = { create: 'created', update: 'updated', delete: 'removed' } as const;
const STALE = { create: 'missing', update: 'stale', delete: 'left over' } as const;

function textOf(plan: Plan, { output }: Settings, values: Values, style: Style, seconds: number): string {
  const total = plan.unchanged + plan.changes.filter((it) => it.kind !== 'delete').length;
  const time = style.dim(`   ${seconds.toFixed(2)} s`);
  if (plan.changes.length === 0)
    return `${style.green('up to date')}: ${count(total, 'file')} in ${output}${time}\n`;
  const words = values.check ? STALE : DONE;
  const rows = plan.changes.flatMap((change) => [
    `${style.yellow(words[change.kind].padEnd(9))} ${output}/${change.path}`,
    ...(values.check ? diffOf(change, style) : []),
  ]);
  const summary = values.check
    ? `${count(plan.changes.length, 'file')} of ${total} not as the contracts say. Run: chirograph generate`
    : `${values.dryRun ? 'would change' : 'changed'} ${plan.changes.length} of ${count(total, 'file')}`;
  return `${rows.join('\n')}\n\n${summary}${time}\n`;
}

function diffOf(change: FileChange, style: Style): string[] {
  if (change.kind !== 'update') return [];
  return lineDiff(change.former, change.text).map((row) => {
    if (row.startsWith('-')) return `    ${style.red(row)}`;
    return `    ${row.startsWith('+') ? style.green(row) : row}`;
  });
}
