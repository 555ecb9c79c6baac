import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Store } from '@chirograph/runtime';
import { CommandError } from '../exit.ts';
import type { Io } from '../terminal/io.ts';
import type { Values } from '../terminal/values.ts';

/**
 * Runs `work` on the store that `--store` (or CHIROGRAPH_STORE) names: a file of SQLite, or a URL of PostgreSQL. Its tables are neither made nor
 * changed: they belong to the services that use them.
 */
export async function withStore<T>(values: Values, io: Io, work: (store: Store) => Promise<T>): Promise<T> {
  const named = values.store ?? io.env.CHIROGRAPH_STORE;
  if (typeof named !== 'string' || named === '')
    throw new CommandError(
      'no store is named',
      'Use --store <file> for SQLite or --store postgres://..., or set CHIROGRAPH_STORE.',
    );
  const store = await open(named, String(values.schema ?? 'chirograph'), io.cwd);
  try {
    return await work(store);
  } catch (error) {
    throw readable(error, named);
  } finally {
    await store.close();
  }
}

async function open(named: string, schema: string, cwd: string): Promise<Store> {
  if (/^postgres(ql)?:\/\//.test(named)) {
    const { postgresStore } = await import('@chirograph/runtime/postgres');
    return postgresStore({ url: named, schema, migrate: false, connections: 2 });
  }
  const [, scheme] = /^(\w+):\/\//.exec(named) ?? [];
  if (scheme)
    throw new CommandError(
      `there is no store for ${scheme}:// URLs`,
      'Stores are files of SQLite, and postgres:// URLs.',
    );
  const file = resolve(cwd, named);
  if (!existsSync(file))
    throw new CommandError(`there is no file ${file}`, 'Name the file that the service keeps its store in.');
  const { sqliteStore } = await import('@chirograph/runtime/sqlite');
  try {
    return sqliteStore({ file, migrate: false });
  } catch (error) {
    throw readable(error, named);
  }
}

/** What a driver rejects with is no bug of the command: the server is away, the file is not ours. */
function readable(error: unknown, named: string): unknown {
  if (error instanceof CommandError || !(error instanceof Error)) return error;
  // Passwords are not printed.
  const where = named.replace(/\/\/[^@/]*@/, '//');
  const cause =
    error instanceof AggregateError ? error.errors.map((it) => it.message).join('; ') : error.message;
  return new CommandError(`the store ${where} cannot be used: ${cause}`);
}
