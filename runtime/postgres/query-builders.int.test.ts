import { eq } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { pgSchema, text } from 'drizzle-orm/pg-core';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WireMessage } from '../index.ts';
import { type PostgresStore, postgresStore, singleConnection } from './index.ts';

/** docs/postgres.md, tried: a team's own tables and the outbox change together, or not at all. */
const URL = process.env.POSTGRES_URL ?? 'postgres://root@127.0.0.1:5432/test';
const schema = `test_${process.pid}_builders`;
const pool = new pg.Pool({ connectionString: URL, max: 4 });
let store: PostgresStore;

beforeAll(async () => {
  store = postgresStore({ pool, schema });
  await store.transaction(async (tx) => {
    await tx.client.query(`CREATE TABLE ${schema}.orders (id text PRIMARY KEY, state text NOT NULL)`);
  });
});
afterAll(async () => {
  await store.close();
  await pool.query(`DROP SCHEMA ${schema} CASCADE`);
  await pool.end();
});

const placed = (id: string): WireMessage => ({
  id,
  key: id,
  channel: 'order.placed',
  headers: {},
  contentType: 'application/json',
  body: new TextEncoder().encode(JSON.stringify({ id })),
});

const state = async () => ({
  orders: (await pool.query(`SELECT id FROM ${schema}.orders ORDER BY id`)).rows.map((it) => it.id),
  outbox: (await pool.query(`SELECT id FROM ${schema}.outbox ORDER BY seq`)).rows.map((it) => it.id),
});

interface Tables {
  orders: { id: string; state: string };
}

describe('Kysely', () => {
  const on = (client: pg.PoolClient) =>
    new Kysely<Tables>({ dialect: new PostgresDialect({ pool: singleConnection(client) }) }).withSchema(
      schema,
    );

  it('writes in the transaction of the store', async () => {
    const before = await state();
    await store.transaction(async (tx) => {
      await on(tx.client).insertInto('orders').values({ id: 'k-1', state: 'placed' }).execute();
      await tx.outbox.add([placed('k-1')]);
    });
    const failing = store.transaction(async (tx) => {
      await on(tx.client).insertInto('orders').values({ id: 'k-2', state: 'placed' }).execute();
      await tx.outbox.add([placed('k-2')]);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await state()).toEqual({
      orders: [...before.orders, 'k-1'],
      outbox: [...before.outbox, 'k-1'],
    });
  });
});

describe('Drizzle', () => {
  const orders = pgSchema(schema).table('orders', { id: text().primaryKey(), state: text().notNull() });

  it('writes in the transaction of the store', async () => {
    const before = await state();
    await store.transaction(async (tx) => {
      const db = drizzle(tx.client);
      await db.insert(orders).values({ id: 'z-1', state: 'placed' });
      expect(await db.select().from(orders).where(eq(orders.id, 'z-1'))).toHaveLength(1);
      await tx.outbox.add([placed('z-1')]);
    });
    const failing = store.transaction(async (tx) => {
      await drizzle(tx.client).insert(orders).values({ id: 'z-2', state: 'placed' });
      await tx.outbox.add([placed('z-2')]);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await state()).toEqual({
      orders: [...before.orders, 'z-1'],
      outbox: [...before.outbox, 'z-1'],
    });
  });

  it("and the store writes in Drizzle's own", async () => {
    const client = await pool.connect();
    const db = drizzle(client);
    const before = await state();
    let joined: ReturnType<PostgresStore['join']> | undefined;
    await db.transaction(async (own) => {
      await own.insert(orders).values({ id: 'z-3', state: 'placed' });
      joined = store.join(client);
      await joined.tx.outbox.add([placed('z-3')]);
    });
    joined?.committed();
    client.release();
    expect(await state()).toEqual({
      orders: [...before.orders, 'z-3'],
      outbox: [...before.outbox, 'z-3'],
    });
  });
});
