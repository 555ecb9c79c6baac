import { CommandError, EXIT } from '../exit.ts';
import type { Run } from './command.ts';

/** `chirograph store sql`: the tables of a store, for those who run migrations with a tool of their own. */
export const run: Run = async ([action, kind], values, io) => {
  if (action !== 'sql')
    throw new CommandError(`there is no action \`${action}\``, 'Use: chirograph store sql postgres');
  const steps =
    kind === 'sqlite'
      ? (await import('@chirograph/runtime/sqlite')).migrationSql()
      : kind === 'postgres'
        ? (await import('@chirograph/runtime/postgres')).migrationSql(String(values.schema))
        : undefined;
  if (!steps) throw new CommandError(`there is no store \`${kind ?? ''}\``, 'There are sqlite and postgres.');
  const from = values.from === undefined ? 0 : Number(values.from);
  if (!Number.isSafeInteger(from) || from < 0 || from > steps.length)
    throw new CommandError(
      `there is no version ${values.from}`,
      `Versions go from 0 (no tables) to ${steps.length}.`,
    );
  const left = steps.slice(from);
  if (values.json) io.out(`${JSON.stringify(left, null, 2)}\n`);
  else
    for (const { version, sql } of left)
      io.out(`-- version ${version}: run it in one transaction\n${sql.trim()}\n\n`);
  return EXIT.clean;
};
