import { describeStore } from '@chirograph/conformance/store';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { cuttableLink } from '../conformance/cuttable-link.ts';
import { UnknownOutcomeError, type WireMessage } from '../index.ts';
import { migrationSql, type PostgresStore, type PostgresStoreOptions, postgresStore } from './index.ts';

const URL = process.env.POSTGRES_URL ?? 'postgres://root@127.0.0.1:5432/test';
const admin = new pg.Pool({ connectionString: URL, max: 2 });
const prefix = `test_${process.pid}`;

beforeAll(async () => {
  await admin.query('SELECT 1').catch((error) => {
    throw new Error(`These tests need PostgreSQL at ${URL} (POSTGRES_URL): ${error.message}`);
  });
});
afterAll(() => admin.end());

let stores = 0;
describeStore('PostgreSQL', { manyWriters: true }, async () => {
  const schema = `${prefix}_${stores++}`;
  const store = postgresStore({ url: URL, schema, connections: 30 });
  await store.transaction(async () => undefined);
  return {
    store,
    another: async () => postgresStore({ url: URL, schema, connections: 30 }),
    async pass(milliseconds) {
      await admin.query(`UPDATE ${schema}.outbox SET added_at = added_at - ${milliseconds}`);
      await admin.query(`UPDATE ${schema}.leases SET until = until - ${milliseconds}`);
      await admin.query(
        `UPDATE ${schema}.meta SET value = (value::bigint - ${milliseconds})::text WHERE name = 'inbox-aged-at'`,
      );
    },
    async close() {
      await store.close();
      await admin.query(`DROP SCHEMA ${schema} CASCADE`);
    },
  };
});

/** Runs `test` with stores on a schema of its own. */
async function withSchema(
  test: (schema: string, open: (options?: Partial<PostgresStoreOptions>) => PostgresStore) => Promise<void>,
): Promise<void> {
  const schema = `${prefix}_own_${stores++}`;
  const opened: PostgresStore[] = [];
  try {
    await test(schema, (options = {}) => {
      const store = postgresStore({ url: URL, schema, ...options });
      opened.push(store);
      return store;
    });
  } finally {
    await Promise.all(opened.map((store) => store.close()));
    await admin.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
  }
}

const message = (id: string, key: string): WireMessage => ({
  id,
  key,
  channel: 'c',
  headers: {},
  contentType: 'application/json',
  body: new Uint8Array([1]),
});

describe('the order of many writers', () => {
  it('is read without a gap, and keeps the order of each key, however long transactions stay open', async () => {
    await withSchema(async (_, open) => {
      const store = open({ connections: 12 });
      const KEYS = 6;
      const ROUNDS = 40;
      const done = { writers: false };
      const seen: { message: string; event: string }[] = [];
      // Entities are locked after other work of the transaction, as handlers do: transaction ids are not the order of keys.
      const writer = async (n: number): Promise<void> => {
        for (let round = 0; round < ROUNDS; round += 1) {
          await store
            .transaction(async (tx) => {
              await tx.inbox.claim('c', [`${n}-${round}`]);
              if ((n + round) % 5 === 0) await tx.outbox.add([message(`other-${n}-${round}`, `o${n}`)]);
              // Held open while others begin, write and commit.
              for (let turn = 0; turn < (n * 7 + round) % 9; turn += 1)
                await tx.documents('counts').get('none');
              const key = `k${(n * 5 + round) % KEYS}`;
              await tx.parked.lockQueues('entity', [key]);
              const count = (await tx.documents<number>('counts').get(key)) ?? 0;
              await tx.documents<number>('counts').put(key, count + 1);
              await tx.outbox.add([message(`${key}-${count + 1}`, key)]);
              await tx.events.append(key, 'any', [{ type: `${key}-${count + 1}` }], { at: 1 });
              if ((n + round) % 10 === 0) throw new RolledBackError();
            })
            .catch((error) => {
              if (!(error instanceof RolledBackError)) throw error;
            });
        }
      };
      const reader = async (): Promise<void> => {
        let afterRow: string | undefined;
        let afterEvent: string | undefined;
        for (;;) {
          const last = done.writers;
          const way = seen.length % 2 ? store.read : store.transaction;
          const [rows, events] = await way(async (tx) => [
            await tx.outbox.next({ limit: 50, after: afterRow }),
            await tx.events.readAll({ limit: 50, after: afterEvent }),
          ]);
          afterRow = rows.at(-1)?.id ?? afterRow;
          afterEvent = events.at(-1)?.position ?? afterEvent;
          seen.push(...rows.map((row) => ({ message: row.message.id, event: '' })));
          seen.push(...events.map(({ event }) => ({ message: '', event: event.type })));
          if (last && rows.length === 0 && events.length === 0) return;
        }
      };
      const reading = reader();
      await Promise.all(Array.from({ length: 8 }, (_, n) => writer(n)));
      done.writers = true;
      await reading;

      const counts = await store.read((tx) => tx.documents<number>('counts').list());
      for (const { id: key, document: count } of counts) {
        const expected = Array.from({ length: count }, (_, n) => `${key}-${n + 1}`);
        const of = (ids: readonly string[]) => ids.filter((id) => id.startsWith(`${key}-`));
        expect(of(seen.map((it) => it.message))).toEqual(expected);
        expect(of(seen.map((it) => it.event))).toEqual(expected);
      }
      expect(counts.reduce((sum, { document }) => sum + document, 0)).toBe(8 * ROUNDS * 0.9);
      const rows = await store.read((tx) => tx.outbox.next({ limit: 10_000 }));
      const messages = seen.map((it) => it.message).filter((id) => id !== '');
      expect(messages.toSorted()).toEqual(rows.map((row) => row.message.id).toSorted());
    });
  });
});

class RolledBackError extends Error {}

describe('postgresStore', () => {
  it('makes its tables once, whichever process comes first', async () => {
    await withSchema(async (_, open) => {
      const opened = Array.from({ length: 12 }, () => open({ connections: 1 }));
      await Promise.all(
        opened.map((store, n) => store.transaction((tx) => tx.documents('d').put(`${n}`, n))),
      );
      const [store = open()] = opened;
      expect(await store.read((tx) => tx.documents('d').list())).toHaveLength(12);
    });
  });

  it('makes no tables when told so, and works with those that migrationSql made', async () => {
    await withSchema(async (schema, open) => {
      const store = open({ migrate: false });
      await expect(store.transaction(async () => undefined)).rejects.toThrow('migrationSql');
      for (const { sql } of migrationSql(schema)) await admin.query(sql);
      await store.transaction((tx) => tx.documents('d').put('1', 1));
    });
  });

  it('refuses tables that a newer runtime made', async () => {
    await withSchema(async (schema, open) => {
      await open().transaction(async () => undefined);
      await admin.query(`INSERT INTO ${schema}.migrations (version) VALUES (999)`);
      await expect(open().transaction(async () => undefined)).rejects.toThrow('newer');
    });
  });

  it('refuses a schema that PostgreSQL would call otherwise', () => {
    expect(() => postgresStore({ url: URL, schema: 'Mine' })).toThrow('lower-case');
    expect(() => postgresStore({ url: URL, schema: 'a"; DROP TABLE x' })).toThrow('lower-case');
    expect(() => postgresStore({})).toThrow('url');
  });

  it('says so when a failed statement has made the commit a rollback', async () => {
    await withSchema(async (_, open) => {
      const store = open();
      const work = store.transaction(async (tx) => {
        await tx.documents('d').put('1', 1);
        await tx.client.query('SELECT * FROM nowhere').catch(() => undefined);
      });
      await expect(work).rejects.toThrow('rolled back');
      expect(await store.read((tx) => tx.documents('d').list())).toEqual([]);
    });
  });

  it('runs a transaction again that met a deadlock', async () => {
    await withSchema(async (schema, open) => {
      const store = open();
      await store.transaction(async (tx) => {
        await tx.documents('d').put('a', 0);
        await tx.documents('d').put('b', 0);
      });
      const both = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
      let runs = 0;
      const add = (first: string, second: string, self: 0 | 1) =>
        store.transaction(async (tx) => {
          runs += 1;
          const lock = `SELECT document FROM ${schema}.documents WHERE id = $1 FOR UPDATE`;
          for (const id of [first, second]) {
            const { rows } = await tx.client.query(lock, [id]);
            await tx.documents<number>('d').put(id, rows[0].document + 1);
            both[self].resolve();
            await both[self === 0 ? 1 : 0].promise;
          }
        });
      await Promise.all([add('a', 'b', 0), add('b', 'a', 1)]);
      expect(runs).toBeGreaterThan(2);
      expect(await store.read((tx) => tx.documents('d').list())).toEqual([
        { id: 'a', document: 2 },
        { id: 'b', document: 2 },
      ]);
    });
  });

  it('takes a lease from a process that stands still in the middle of its transaction', async () => {
    await withSchema(async (_, open) => {
      const [frozen, other] = [open(), open()];
      const taken = Promise.withResolvers<void>();
      const thawed = Promise.withResolvers<void>();
      const request = { name: 'relay', ttl: 100 };
      const standing = frozen.transaction(async (tx) => {
        await tx.leases.acquire({ ...request, holder: 'frozen' });
        taken.resolve();
        await thawed.promise;
      });
      await taken.promise;
      expect(
        await other.transaction((tx) => tx.leases.acquire({ ...request, holder: 'other' })),
      ).toBeDefined();
      thawed.resolve();
      await expect(standing).rejects.toThrow();
    });
  });

  it('ends a transaction that stands still for longer than a statement may take', async () => {
    await withSchema(async (_, open) => {
      const [frozen, other] = [open({ statementTimeout: 2_000 }), open()];
      const locked = Promise.withResolvers<void>();
      const thawed = Promise.withResolvers<void>();
      const standing = frozen.transaction(async (tx) => {
        await tx.parked.lockQueues('c', ['k']);
        locked.resolve();
        await thawed.promise;
      });
      await locked.promise;
      await other.transaction(async (tx) => void (await tx.parked.lockQueues('c', ['k'])));
      thawed.resolve();
      await expect(standing).rejects.toThrow();
    });
  });

  it('knows what became of transactions', async () => {
    await withSchema(async (_, open) => {
      const store = open();
      const idOf = async (client: pg.PoolClient): Promise<string> =>
        (await client.query('SELECT pg_current_xact_id()::text AS id')).rows[0].id;
      const committed = await store.transaction((tx) => idOf(tx.client));
      let undone = '';
      let during = '';
      await store
        .transaction(async (tx) => {
          undone = await idOf(tx.client);
          during = await open().outcomeOf(undone);
          throw new RolledBackError();
        })
        .catch(() => undefined);
      expect(await store.outcomeOf(committed)).toBe('committed');
      expect(during).toBe('in-progress');
      expect(await store.outcomeOf(undone)).toBe('rolled-back');
    });
  });

  it('says that the outcome is unknown when the connection is cut after COMMIT was sent, and then tells it', async () => {
    await withSchema(async (_, open) => {
      const direct = open();
      await direct.transaction(async () => undefined);
      const link = await cuttableLink(URL);
      const store = open({ url: link.url });
      await store.transaction((tx) => tx.documents('d').put('0', 0));
      for (let round = 1; round <= 10; round += 1) {
        link.cutAfter('COMMIT\0');
        const failure = await store
          .transaction((tx) => tx.documents('d').put(`${round}`, round))
          .then(
            () => undefined,
            (error: unknown) => error,
          );
        expect(failure).toBeInstanceOf(UnknownOutcomeError);
        const { transaction } = failure as UnknownOutcomeError;
        const outcome = await vi.waitFor(async () => {
          const told = await store.outcomeOf(transaction);
          expect(['committed', 'rolled-back']).toContain(told);
          return told;
        });
        const found = await direct.read((tx) => tx.documents('d').get(`${round}`));
        expect(outcome).toBe(found === round ? 'committed' : 'rolled-back');
      }
      await store.close();
      await link.close();
    });
  });

  it('leaves a pool that it was given open, and shares its transactions with it', async () => {
    await withSchema(async (schema, open) => {
      const pool = new pg.Pool({ connectionString: URL, max: 4 });
      const store = open({ url: undefined, pool });
      await store.transaction(async (tx) => {
        await tx.client.query(`CREATE TABLE ${schema}.orders (id text PRIMARY KEY)`);
        await tx.client.query(`INSERT INTO ${schema}.orders VALUES ('o-1')`);
        await tx.outbox.add([message('1', 'o-1')]);
      });
      const failing = store.transaction(async (tx) => {
        await tx.client.query(`INSERT INTO ${schema}.orders VALUES ('o-2')`);
        await tx.outbox.add([message('2', 'o-2')]);
        throw new RolledBackError();
      });
      await expect(failing).rejects.toThrow(RolledBackError);

      const client = await pool.connect();
      await client.query('BEGIN');
      const joined = store.join(client);
      let followed = false;
      joined.tx.afterCommit(() => {
        followed = true;
      });
      await client.query(`INSERT INTO ${schema}.orders VALUES ('o-3')`);
      await joined.tx.outbox.add([message('3', 'o-3')]);
      await client.query('COMMIT');
      joined.committed();
      client.release();
      expect(followed).toBe(true);
      await expect(joined.tx.outbox.depth()).rejects.toThrow('over');

      await store.close();
      expect((await pool.query(`SELECT id FROM ${schema}.orders ORDER BY id`)).rows).toEqual([
        { id: 'o-1' },
        { id: 'o-3' },
      ]);
      expect((await pool.query(`SELECT id FROM ${schema}.outbox ORDER BY seq`)).rows).toEqual([
        { id: '1' },
        { id: '3' },
      ]);
      await pool.end();
    });
  });

  it('is there while its database is away, and says so in each call', async () => {
    const store = postgresStore({ url: 'postgres://root@127.0.0.1:1/test' });
    await expect(store.transaction(async () => undefined)).rejects.toThrow('ECONNREFUSED');
    await expect(store.read(async () => undefined)).rejects.toThrow('ECONNREFUSED');
    expect(await store.outcomeOf('1')).toBe('unknown');
    await store.close();
  });
});
