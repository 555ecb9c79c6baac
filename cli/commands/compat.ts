import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { suggest } from '@chirograph/contract/diagnostics';
import { isDay, today, writeApprovals } from '../approvals/approvals.ts';
import { isBase } from '../base/open-base.ts';
import { repositoryPrefix } from '../base/repository.ts';
import { readSettings, type Settings } from '../config/read-config.ts';
import { CommandError, EXIT, type ExitCode, failureText } from '../exit.ts';
import { failureReport } from '../report/compat-failure.ts';
import { compatReporterFor } from '../report/compat-formats.ts';
import { type CompatReport, openOf } from '../report/compat-report.ts';
import type { Io } from '../terminal/io.ts';
import type { Values } from '../terminal/values.ts';
import { visible } from '../terminal/visible.ts';
import { sentenceList } from '../terminal/words.ts';
import { compareWith } from '../workspace/compare-with.ts';
import type { Run } from './command.ts';
import { compatBatch } from './compat-batch.ts';
import { compatSchemas } from './compat-schemas.ts';
import { refuseTerms } from './pair-terms.ts';

/**
 * `chirograph compat`: what a change of contracts breaks, and for whom. 1 when something does. With `approve`, writes down
 * that a break is meant; with `--schemas` and `--batch`, decides JSON Schemas alone.
 */
export const run: Run = async (args, values, io) => {
  if (typeof values.batch === 'string') return compatBatch(values.batch, values, io);
  if (values.schemas !== undefined) return compatSchemas(args, values, io);
  refuseTerms(values);
  const [action, ...fingerprints] = args;
  const started = performance.now();
  const settings = await readSettings(io.cwd, values.config);
  if (action !== undefined && action !== 'approve') throw unknownAction(settings, action, io);
  if (action === 'approve') checkApproval(fingerprints, values);
  const named = againstOf(settings, values);
  const compared = await compareWith(settings, named, values, io).catch((error: unknown) => {
    if (action === 'approve' || !(error instanceof CommandError)) throw error;
    return error;
  });
  if (compared instanceof CommandError) return notCompared(compared, named, values, io);
  const report: CompatReport = {
    ...compared,
    prefix: repositoryPrefix(settings.root),
    seconds: (performance.now() - started) / 1000,
    color: io.color,
  };
  if (action === 'approve') return approve(report, settings, fingerprints, values, io);
  if (typeof values.markdown === 'string') {
    writeFileSync(resolve(io.cwd, values.markdown), compatReporterFor('markdown')(report));
  }
  io.out(compatReporterFor(values.format)(report));
  return exitCodeOf(report, values);
};

/** A check that could not be made has not passed, and every format says so in its own way. */
function notCompared(failure: CommandError, against: string, { markdown, format }: Values, io: Io): ExitCode {
  if (typeof markdown === 'string')
    writeFileSync(resolve(io.cwd, markdown), failureReport('markdown', failure, against));
  io.out(failureReport(format, failure, against));
  io.err(failureText(failure));
  return EXIT.failure;
}

function againstOf({ compat }: Settings, { against }: Values): string {
  const named = against ?? compat.against;
  if (typeof named === 'string' && named.trim() !== '') return named;
  const isEmpty = typeof named === 'string';
  throw new CommandError(
    `compat needs to know what to compare with${isEmpty ? ', and the base that it was given is empty: is a variable not set?' : ''}`,
    'Try: chirograph compat --against main, or set `compat.against` in chirograph.config.ts.',
  );
}

function exitCodeOf({ findings, leftOut: all = [] }: CompatReport, { failOn }: Values): ExitCode {
  const leftOut = openOf({ leftOut: all });
  const fails = findings.some(
    ({ severity }) => severity === 'error' || (failOn === 'warning' && severity === 'warning'),
  );
  // Of a file that cannot be read nobody knows what else breaks.
  if (leftOut.some(({ diagnostic }) => diagnostic.code.startsWith('file/'))) return EXIT.failure;
  // What could not be compared has not passed.
  return fails ? EXIT.findings : leftOut.length > 0 ? EXIT.failure : EXIT.clean;
}

/** What stands where an action is expected is often a typo, or a base without its option. */
function unknownAction(settings: Settings, action: string, io: Io): CommandError {
  const message = `compat cannot \`${action}\``;
  if (suggest(action, ['approve']))
    return new CommandError(
      `${message}; did you mean \`approve\`?`,
      'Try: chirograph compat approve <fingerprint> --reason "..." --until <day>',
    );
  if (isBase(settings, io.cwd, action))
    return new CommandError(
      `${message}; to compare with it, name it as the base`,
      `Try: chirograph compat --against ${action}`,
    );
  return new CommandError(message, 'Try: chirograph compat --against main');
}

/** Said before anything is compared: it takes longer to find a break than to see what is missing. */
function checkApproval(fingerprints: readonly string[], { reason, until }: Values): void {
  if (fingerprints.length === 0) {
    throw new CommandError('approve needs the fingerprint of a change', 'Each break is listed with its own.');
  }
  if (typeof reason !== 'string' || reason.trim() === '') {
    throw new CommandError('approve needs a reason', 'Say why this break is acceptable: --reason "..."');
  }
  if (!isDay(until))
    throw new CommandError('approve needs a day until which it counts', 'Write: --until 2027-01-31');
  if (until < today())
    throw new CommandError(
      `${until} is over: the approval would not count`,
      'Name a day to come: --until 2027-01-31',
    );
}

function approve(
  { findings }: CompatReport,
  settings: Settings,
  fingerprints: readonly string[],
  { reason, until }: Values,
  io: Io,
): ExitCode {
  const unknown = fingerprints.filter((it) => !findings.some(({ fingerprint }) => fingerprint === it));
  if (unknown.length > 0) {
    throw new CommandError(
      `there is no change ${sentenceList(unknown)} here; nothing was approved`,
      'Fingerprints are those of the breaks that chirograph compat lists.',
    );
  }
  const approved = [...new Set(fingerprints)].flatMap((fingerprint) => {
    const finding = findings.find((it) => it.fingerprint === fingerprint);
    if (!finding) return [];
    const { code, change, message } = finding;
    const text = `${code} ${change.subject.domain} ${change.subject.label}: ${message}`;
    return [{ fingerprint, change: text, reason: String(reason).trim(), until: String(until) }];
  });
  writeApprovals(settings, approved);
  for (const { change } of approved) io.out(`approved until ${until}: ${visible(change)}\n`);
  io.out(`Commit ${settings.compat.approvals} with the change.\n`);
  return EXIT.clean;
}
