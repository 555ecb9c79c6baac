import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isDay, readApprovals, withApproval } from '../approvals/approvals.ts';
import { compareWith } from '../base/compare-with.ts';
import { readSettings, type Settings } from '../config/read-config.ts';
import { EXIT, type ExitCode, Failure } from '../exit.ts';
import { compatReporterFor } from '../report/compat-formats.ts';
import type { CompatReport } from '../report/compat-report.ts';
import type { Io } from '../terminal/io.ts';
import type { Run, Values } from './command.ts';
import { compatBatch } from './compat-batch.ts';
import { compatSchemas } from './compat-schemas.ts';

/**
 * `chirograph compat`: what a change of contracts breaks, and for whom. 1 when something does. With `approve`, writes down
 * that a break is meant; with `--schemas` and `--batch`, decides JSON Schemas alone.
 */
export const run: Run = async (args, values, io) => {
  if (typeof values.batch === 'string') return compatBatch(values.batch, io);
  if (values.schemas !== undefined) return compatSchemas(args, values, io);
  const [action, ...fingerprints] = args;
  const started = performance.now();
  const settings = await readSettings(io.cwd, values.config as string | undefined);
  const { base, head, findings, against } = await compareWith(
    settings,
    againstOf(settings, values),
    values,
    io,
  );
  const report: CompatReport = {
    findings,
    base,
    head,
    against,
    seconds: (performance.now() - started) / 1000,
    color: io.color,
  };
  if (action === 'approve') return approve(report, settings, fingerprints, values, io);
  if (action !== undefined) {
    throw new Failure(`compat cannot \`${action}\``, 'Try: chirograph compat --against main');
  }
  if (typeof values.markdown === 'string') {
    writeFileSync(resolve(io.cwd, values.markdown), compatReporterFor('markdown')(report));
  }
  io.out(compatReporterFor(values.format)(report));
  return exitCodeOf(report, values);
};

function againstOf({ compat }: Settings, { against }: Values): string {
  const named = against ?? compat.against;
  if (typeof named === 'string') return named;
  throw new Failure(
    'compat needs to know what to compare with',
    'Try: chirograph compat --against main, or set `compat.against` in chirograph.config.ts.',
  );
}

function exitCodeOf({ findings }: CompatReport, { failOn }: Values): ExitCode {
  const fails = findings.some(
    ({ severity }) => severity === 'error' || (failOn === 'warning' && severity === 'warning'),
  );
  return fails ? EXIT.findings : EXIT.clean;
}

function approve(
  { findings }: CompatReport,
  settings: Settings,
  fingerprints: readonly string[],
  { reason, until }: Values,
  io: Io,
): ExitCode {
  if (fingerprints.length === 0) {
    throw new Failure('approve needs the fingerprint of a change', 'Each break is listed with its own.');
  }
  if (typeof reason !== 'string' || reason.trim() === '') {
    throw new Failure('approve needs a reason', 'Say why nobody is hurt: --reason "..."');
  }
  if (!isDay(until))
    throw new Failure('approve needs a day until which it counts', 'Write: --until 2027-01-31');
  const file = join(settings.root, settings.compat.approvals);
  for (const fingerprint of fingerprints) {
    const finding = findings.find((it) => it.fingerprint === fingerprint);
    if (!finding) {
      throw new Failure(
        `there is no change ${fingerprint} here`,
        'Fingerprints are those of the breaks that chirograph compat lists.',
      );
    }
    const { code, change, message } = finding;
    const text = `${code} ${change.subject.domain} ${change.subject.label}: ${message}`;
    writeFileSync(
      file,
      withApproval(readApprovals(settings), { fingerprint, change: text, reason: reason.trim(), until }),
    );
    io.out(`approved until ${until}: ${text}\n`);
  }
  io.out(`Commit ${settings.compat.approvals} with the change.\n`);
  return EXIT.clean;
}
