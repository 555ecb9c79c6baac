import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Store } from '@chirograph/runtime';
import { sqliteStore } from '@chirograph/runtime/sqlite';

/** The store asked for is not to be had. */
export class NoStore extends Error {
  override readonly name = 'NoStore';
}

/** A store for one run. */
export interface DemoStore {
  readonly store: Store;
  /** For people. */
  readonly name: string;
  close(): Promise<void>;
}

/** Whether what `--store` says is a database server and no file. */
export function isServer(store: string): boolean {
  return store === 'postgres' || /^postgres(ql)?:\/\//.test(store);
}

/** In a file, a temporary one unless it has a name, or in a schema of its own at a PostgreSQL server, which is dropped afterwards. */
export async function openStore(where: string | undefined): Promise<DemoStore> {
  if (where !== undefined && isServer(where)) return openPostgres(where);
  if (where !== undefined) {
    const store = sqliteStore({ file: where });
    return { store, name: where, close: () => store.close() };
  }
  const folder = await mkdtemp(join(tmpdir(), 'chirograph-demo-'));
  const store = sqliteStore({ file: join(folder, 'loyalty.db') });
  return {
    store,
    name: 'SQLite, in a temporary folder',
    async close() {
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
}

async function openPostgres(where: string): Promise<DemoStore> {
  const { postgresStore } = await import('@chirograph/runtime/postgres');
  const { Pool } = await import('pg');
  // Without a URL the client goes by PGHOST, PGUSER and the like.
  const pool = new Pool({ ...(where !== 'postgres' && { connectionString: where }), max: 20 });
  pool.on('error', () => undefined);
  const schema = `demo_${randomUUID().replaceAll('-', '_')}`;
  const store = postgresStore({ pool, schema });
  try {
    await store.transaction(async () => undefined);
  } catch (error) {
    await pool.end();
    const reason = error instanceof Error ? error.message || String(Reflect.get(error, 'code')) : error;
    throw new NoStore(
      `No PostgreSQL at ${where === 'postgres' ? 'PGHOST' : new URL(where).host} (${reason}). Say where it is: --store postgres://user@host/database`,
    );
  }
  return {
    store,
    name: `PostgreSQL, in the schema ${schema} for as long as this takes`,
    async close() {
      await store.close();
      await pool.query(`DROP SCHEMA ${schema} CASCADE`);
      await pool.end();
    },
  };
}
