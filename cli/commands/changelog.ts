import type { Finding } from '@chirograph/compat';
import { readSettings } from '../config/read-config.ts';
import { CommandError, EXIT } from '../exit.ts';
import { changelogMarkdown } from '../report/changelog-markdown.ts';
import { leftOutText, openOf } from '../report/compat-report.ts';
import { compareWith } from '../workspace/compare-with.ts';
import type { Run } from './command.ts';

/** `chirograph changelog`: what changed, for those who use the contracts. It judges as compat does, and
 * fails only where something could not be read. */
export const run: Run = async (_, values, io) => {
  const settings = await readSettings(io.cwd, values.config);
  const against = values.against ?? settings.compat.against;
  if (typeof against !== 'string' || against.trim() === '') {
    throw new CommandError(
      'changelog needs to know where to begin',
      'Try: chirograph changelog --against v1.2.0',
    );
  }
  const to = typeof values.to === 'string' ? values.to : undefined;
  const compared = await compareWith(settings, against, values, io, to);
  io.out(
    values.format === 'json'
      ? `${JSON.stringify({ against, ...(to && { to }), entries: compared.findings.map(entryOf) }, null, 2)}\n`
      : changelogMarkdown(compared.findings, against, to),
  );
  for (const it of compared.leftOut) io.err(`${it.place}: ${leftOutText(it)}\n`);
  return openOf(compared).length === 0 ? EXIT.clean : EXIT.failure;
};

function entryOf({ change, code, message, verdict }: Finding): object {
  const { domain, kind, label } = change.subject;
  return { domain, kind, subject: label, rule: code, verdict, text: message };
}
