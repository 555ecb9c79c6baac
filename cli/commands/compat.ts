import { performance } from 'node:perf_hooks';
import { compare, type Finding, judge } from '@chirograph/contract/compat';
import { load } from '@chirograph/contract/load';
import { openBase } from '../base/open-base.ts';
import { readSettings } from '../config/read-config.ts';
import { EXIT, type ExitCode, Failure } from '../exit.ts';
import { compatJson } from '../report/compat-json.ts';
import type { CompatReport, CompatReporter } from '../report/compat-report.ts';
import { compatText } from '../report/compat-text.ts';
import type { Run, Values } from './command.ts';
import { openWorkspace } from './open-workspace.ts';

const REPORTERS: Readonly<Record<string, CompatReporter>> = { text: compatText, json: compatJson };

/** `chirograph compat`: what a change of contracts breaks, and for whom. 1 when something does. */
export const run: Run = async (_, values, io) => {
  const started = performance.now();
  const settings = await readSettings(io.cwd, values.config as string | undefined);
  const against = values.against;
  if (typeof against !== 'string') {
    throw new Failure('compat needs to know what to compare with', 'Try: chirograph compat --against main');
  }
  const base = openBase(settings, io.cwd, against);
  if (base.reader.entries.length === 0)
    io.err(`There are no contracts in ${base.name}: everything is new.\n`);
  const former = load(base.reader).workspace;
  const { workspace } = openWorkspace(settings, io.cwd);
  const findings = judge({ base: former, head: workspace, changes: compare(former, workspace) }, {});
  const report: CompatReport = {
    findings,
    base: former,
    head: workspace,
    against: base.name,
    seconds: (performance.now() - started) / 1000,
    color: io.color,
  };
  io.out((REPORTERS[String(values.format)] ?? compatText)(report));
  return exitCodeOf(findings, values);
};

function exitCodeOf(findings: readonly Finding[], { failOn }: Values): ExitCode {
  const fails = findings.some(
    (it) => !it.approval && (it.severity === 'error' || (failOn === 'warning' && it.severity === 'warning')),
  );
  return fails ? EXIT.findings : EXIT.clean;
}
