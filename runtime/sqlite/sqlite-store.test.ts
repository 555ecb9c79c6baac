import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeStore } from '../conformance/store.ts';
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
});
