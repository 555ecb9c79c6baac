/** The store that a URL or a file name names: what runs on it is the same on each. */
import type { Store } from '@chirograph/runtime';
import { sqliteStore } from '@chirograph/runtime/sqlite';

/** The store asked for is not to be had. */
export class StoreUnavailableError extends Error {
  override readonly name = 'StoreUnavailableError';
}

export interface OpenStore {
  readonly store: Store;
  /** For people. */
  readonly name: string;
  /** Removes what it holds. To be called after `store.close()`. A file stays. */
  remove(): Promise<void>;
}

/** Whether what `--store` says is a database server and no file. */
export function isServer(store: string): boolean {
  return store === 'postgres' || /^postgres(ql)?:\/\//.test(store);
}

/**
 * SQLite in memory without a place, else in a file or at a PostgreSQL server: `postgres` for the one that PGHOST, PGUSER and the like name, or its URL.
 * @param schema in which PostgreSQL keeps it
 * @throws {StoreUnavailableError} when no server answers, in one sentence for people
 */
export async function openStore(where: string | undefined, schema: string): Promise<OpenStore> {
  if (where !== undefined && isServer(where)) return openPostgres(where, schema);
  const store = sqliteStore({ file: where ?? ':memory:' });
  return { store, name: where ?? 'SQLite, in memory', remove: async () => undefined };
}

async function openPostgres(where: string, schema: string): Promise<OpenStore> {
  const { postgresStore } = await import('@chirograph/runtime/postgres');
  const { Pool } = await import('pg');
  const connect = () => {
    const pool = new Pool({ ...(where !== 'postgres' && { connectionString: where }), max: 10 });
    pool.on('error', () => undefined);
    return pool;
  };
  const pool = connect();
  const store = postgresStore({ pool, schema });
  try {
    await store.transaction(async () => undefined);
  } catch (error) {
    await pool.end();
    const reason = error instanceof Error ? error.message || String(Reflect.get(error, 'code')) : error;
    throw new StoreUnavailableError(
      `No PostgreSQL at ${where === 'postgres' ? 'PGHOST' : new URL(where).host} (${reason}). Say where it is: --store postgres://user@host/database`,
    );
  }
  return {
    store: {
      ...store,
      async close() {
        await store.close();
        await pool.end();
      },
    },
    name: `PostgreSQL, in the schema ${schema}`,
    async remove() {
      const again = connect();
      await again.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
      await again.end();
    },
  };
}
