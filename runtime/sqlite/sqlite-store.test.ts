import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describeStore } from '@chirograph/conformance/store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outbox } from '../outbox/outbox.ts';
import { migrationSql } from './schema.ts';
import { sqliteStore } from './sqlite-store.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sqlite-'));
});
afterEach(() => rm(folder, { recursive: true }));

let stores = 0;
describeStore('SQLite', { manyWriters: { not: 'SQLite has one writer at a time' } }, async () => {
  const file = join(folder, `store-${stores++}.db`);
  let passed = 0;
  const now = () => Date.now() + passed;
  const store = sqliteStore({ file, now });
  return {
    store,
    another: async () => sqliteStore({ file, now }),
    async pass(milliseconds) {
      passed += milliseconds;
    },
    close: () => store.close(),
  };
});

describe('sqliteStore', () => {
  it('refuses a file that a newer runtime wrote', () => {
    const file = join(folder, 'newer.db');
    const database = new DatabaseSync(file);
    database.exec('PRAGMA user_version = 999');
    database.close();
    expect(() => sqliteStore({ file })).toThrow('newer');
  });

  it('remembers what was handled before the tables were changed', async () => {
    const file = join(folder, 'before.db');
    const database = new DatabaseSync(file);
    for (const { sql } of migrationSql().slice(0, 3)) database.exec(sql);
    database.exec("INSERT INTO inbox (consumer, identity, at) VALUES ('c', 'known', 1)");
    database.close();
    await using store = sqliteStore({ file });
    expect(await store.transaction((tx) => tx.inbox.claim('c', ['known', 'new', 'known']))).toEqual([
      false,
      true,
      false,
    ]);
    const day = { keep: 86_400_000, limit: 10 };
    expect(await store.transaction((tx) => tx.inbox.prune('c', day))).toBe(1);
    expect(await store.transaction((tx) => tx.inbox.claim('c', ['known', 'new']))).toEqual([true, false]);
  });

  it('refuses a file that is no database', async () => {
    expect(() => sqliteStore({ file: folder })).toThrow();
  });

  it('gives up when another connection holds the file for too long, and says so', async () => {
    const file = join(folder, 'held.db');
    const store = sqliteStore({ file, busyTimeout: 20 });
    const other = new DatabaseSync(file);
    other.exec('BEGIN IMMEDIATE');
    await expect(store.transaction(async () => undefined)).rejects.toThrow('another process held');
    other.exec('ROLLBACK');
    other.close();
    await store.transaction(async () => undefined);
    await store.close();
  });

  it('lets reads of a file pass while a transaction is open, which see what was committed before', async () => {
    const store = sqliteStore({ file: join(folder, 'read.db') });
    const [written, end] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const read = () => store.read((tx) => tx.documents('d').get('1'));
    await store.transaction((tx) => tx.documents('d').put('1', 'before'));
    const writing = store.transaction(async (tx) => {
      await tx.documents('d').put('1', 'after');
      written.resolve();
      await end.promise;
    });
    await written.promise;
    expect(await read()).toBe('before');
    end.resolve();
    await writing;
    expect(await read()).toBe('after');
    await store.close();
  });

  it.each([':memory:', ''])(
    'reads what it wrote where no other connection could: file "%s"',
    async (file) => {
      const store = sqliteStore({ file });
      await store.transaction((tx) => tx.documents('d').put('1', 'there'));
      expect(await store.read((tx) => tx.documents('d').get('1'))).toBe('there');
      await store.close();
    },
  );

  it('opens a file that another process holds just now, once that has let go of it', async () => {
    const file = join(folder, 'busy.db');
    const other = new DatabaseSync(file);
    other.exec('PRAGMA journal_mode = WAL; BEGIN IMMEDIATE');
    const store = sqliteStore({ file });
    const writing = store.transaction((tx) => tx.documents('d').put('1', 'written'));
    await new Promise((turn) => setImmediate(turn));
    other.exec('ROLLBACK');
    other.close();
    await writing;
    expect(await store.read((tx) => tx.documents('d').get('1'))).toBe('written');
    await store.close();
  });

  it('writes in a transaction that the caller began on a handle of their own, and wakes who watches', async () => {
    const file = join(folder, 'joined.db');
    const store = sqliteStore({ file });
    const own = new DatabaseSync(file);
    own.exec('CREATE TABLE orders (id TEXT PRIMARY KEY) STRICT');
    const place = async (id: string, end: 'COMMIT' | 'ROLLBACK') => {
      own.exec('BEGIN IMMEDIATE');
      const joined = store.join(own);
      joined.tx.client.prepare('INSERT INTO orders VALUES (?)').run(id);
      await outbox(store).publish([{ ...message, id }], { tx: joined.tx });
      joined.tx.afterCommit(() => told.push(id));
      own.exec(end);
      if (end === 'COMMIT') joined.committed();
      else joined.rolledBack();
      await expect(joined.tx.outbox.next({ limit: 1 })).rejects.toThrow('over');
    };
    const told: string[] = [];
    let woken = 0;
    store.watch(['outbox'], () => void woken++);
    await place('1', 'COMMIT');
    await place('2', 'ROLLBACK');
    expect(woken).toBe(1);
    expect(told).toEqual(['1']);
    const rows = await store.read((tx) => tx.outbox.next({ limit: 9 }));
    expect(rows.map((row) => row.message.id)).toEqual(['1']);
    expect(
      own
        .prepare('SELECT id FROM orders')
        .all()
        .map(({ id }) => id),
    ).toEqual(['1']);
    own.close();
    await store.close();
  });
});

const message = {
  channel: 'c',
  headers: {},
  contentType: 'application/json',
  body: new Uint8Array(),
};
