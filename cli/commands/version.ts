import { causesText, type ServiceVersion, serviceVersions } from '@chirograph/compat';
import { readSettings } from '../config/read-config.ts';
import { CommandError, EXIT } from '../exit.ts';
import { leftOutText, openOf } from '../report/compat-report.ts';
import { styleFor } from '../terminal/style.ts';
import { visible } from '../terminal/visible.ts';
import { compareWith } from '../workspace/compare-with.ts';
import type { Run } from './command.ts';

/** `chirograph version`: the version that each service needs next, by what has changed since a base. */
export const run: Run = async (names, values, io) => {
  const settings = await readSettings(io.cwd, values.config);
  const against = values.against ?? settings.compat.against;
  if (typeof against !== 'string' || against.trim() === '') {
    throw new CommandError(
      'version needs to know what to compare with',
      'Try: chirograph version --against v1.2.0',
    );
  }
  const compared = await compareWith(settings, against, values, io);
  const all = serviceVersions(compared, compared.findings);
  const unknown = names.find((name) => !all.some((it) => isCalled(it, name)));
  if (unknown !== undefined)
    throw new CommandError(
      `there is no service \`${unknown}\` in both states`,
      'chirograph version lists all without a name.',
    );
  const own = names.length === 0 ? all : all.filter((it) => names.some((name) => isCalled(it, name)));
  io.out(values.format === 'json' ? `${JSON.stringify(own.map(rowOf), null, 2)}\n` : textOf(own, io.color));
  for (const it of compared.leftOut) io.err(`${visible(`${it.place}: ${leftOutText(it)}`)}\n`);
  return openOf(compared).length === 0 ? EXIT.clean : EXIT.failure;
};

function isCalled({ service }: ServiceVersion, name: string): boolean {
  return [service.name, service.title, `${service.domain}/${service.name}`].includes(name);
}

function rowOf({ service, from, to, step, next, isTooLow, causes }: ServiceVersion): object {
  const { domain, name } = service;
  return {
    domain,
    service: name,
    from,
    now: to,
    step,
    next: next ?? null,
    isTooLow,
    why: causesText(step, causes),
  };
}

function textOf(versions: readonly ServiceVersion[], color: boolean): string {
  const style = styleFor(color);
  return versions
    .map(({ service, from, to, step, next, isTooLow, causes }) => {
      const name = visible(`${service.domain}/${service.name}`);
      const why = causesText(step, causes);
      const reason = why === '' ? '' : `\n  ${visible(why)}`;
      if (next === undefined)
        return `${style.yellow(name)}  \`${visible(from)}\` is no semantic version: what has changed asks for a ${step} step${reason}\n`;
      if (step === 'none') return `${name}  ${visible(from)}  nothing changed\n`;
      const now = from === to ? 'not raised yet' : isTooLow ? `${to} is too low` : `${to} will do`;
      const paint = isTooLow ? style.red : style.green;
      return `${paint(name)}  ${visible(`${from} -> ${next}  (${step}; ${now})`)}${reason}\n`;
    })
    .join('');
}
