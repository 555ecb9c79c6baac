import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import type { MessageContract } from '../contract/index.ts';
import {
  createConsumer,
  type Deliver,
  outbox,
  type Publisher,
  receive,
  relay,
  type Store,
  type WireMessage,
} from '../index.ts';
import { postgresStore } from '../postgres/index.ts';
import { sqliteStore } from '../sqlite/index.ts';

const URL = process.env.POSTGRES_URL ?? 'postgres://root@127.0.0.1:5432/test';

interface Noted {
  readonly id: string;
  readonly entity: string;
  readonly fails?: boolean;
}

const noted: MessageContract<Noted> = {
  name: 'desk.noted',
  version: '1.0',
  kind: 'event',
  channel: 'desk.noted',
  contentType: 'application/json',
  envelope: { id: { in: 'payload', path: ['id'] } },
  orderingKey: { in: 'payload', path: ['entity'] },
  identity: [{ in: 'payload', path: ['id'] }],
  validate: (value): value is Noted => typeof value === 'object' && value !== null && 'entity' in value,
};

/** No database can index it, nor compress it to what it could. */
const long = randomBytes(20_000).toString('base64');
let schemas = 0;

const stores: readonly [string, () => { readonly store: Store; close(): Promise<void> }][] = [
  [
    'SQLite',
    () => {
      const store = sqliteStore({ file: ':memory:' });
      return { store, close: () => store.close() };
    },
  ],
  [
    'PostgreSQL',
    () => {
      const schema = `marks_${process.pid}_${schemas++}`;
      const store = postgresStore({ url: URL, schema });
      return {
        store,
        async close() {
          await store.close();
          const client = new pg.Client({ connectionString: URL });
          await client.connect();
          await client.query(`DROP SCHEMA ${schema} CASCADE`);
          await client.end();
        },
      };
    },
  ],
];

/** What a consumer says of each of the messages, delivered one after the other. */
async function saidOf(store: Store, messages: readonly Partial<WireMessage>[]): Promise<readonly string[]> {
  let deliver: Deliver | undefined;
  const broker = {
    async subscribe(_: unknown, taken: Deliver) {
      deliver = taken;
      return { stop: async () => undefined };
    },
  };
  const said: string[] = [];
  const consumer = createConsumer(
    'desk',
    broker,
    { store, observe: ({ kind }) => kind !== 'delivered' && said.push(kind) },
    [
      receive(noted, ({ fails = false }) => {
        if (fails) throw new Error('no');
      }),
    ],
  );
  await consumer.start();
  const { signal } = new AbortController();
  for (const message of messages) {
    const { name, version, channel, contentType } = noted;
    const whole = { id: 'w', name, version, channel, contentType, headers: {}, body: new Uint8Array() };
    await deliver?.([{ ...whole, ...message }], { signal });
  }
  await consumer.stop();
  return said;
}

const of = (payload: Noted): Partial<WireMessage> => ({
  id: payload.id,
  key: payload.entity,
  body: new TextEncoder().encode(JSON.stringify(payload)),
});

describe.each(stores)('on %s, what a message is told apart by', (_, open) => {
  it('may be of any length, and is told apart to its end', async () => {
    const { store, close } = open();
    const messages = [`${long}a`, `${long}b`, `${long}a`].map((id) => of({ id, entity: 'e' }));
    expect(await saidOf(store, messages)).toEqual(['handled', 'handled', 'duplicate']);
    await close();
  });

  it.each([long, 'a\0b'])('keeps its place behind what failed, whatever the key', async (entity) => {
    const { store, close } = open();
    const messages = ['1', '2\0'].map((id) => of({ id, entity, fails: true }));
    expect(await saidOf(store, messages)).toEqual(['retrying', 'waiting']);
    await close();
  });

  it('holds up nothing else in the outbox when the broker refuses it', async () => {
    const { store, close } = open();
    const sent = ['1', '2', '3'].map((id) => ({
      id,
      channel: 'c',
      headers: {},
      contentType: '',
      body: new Uint8Array(),
    }));
    await outbox(store).publish(sent.map((it, n) => ({ ...it, key: n < 2 ? long : 'k' })));
    const refusing: Publisher = {
      publish: async (messages) =>
        messages.map(({ id }) =>
          id === '3' ? { kind: 'acked' } : { kind: 'refused', error: new Error('no') },
        ),
    };
    const courier = relay(store, refusing, { batch: 1 });
    expect(await courier.drain()).toBe(1);
    const parked = await store.read((tx) => tx.parked.counts());
    expect(parked.map(({ state, count }) => `${count} ${state}`).sort()).toEqual(['1 dead', '1 waiting']);
    await close();
  });

  it('may hold what no text of a database can, in a message that nobody can read', async () => {
    const { store, close } = open();
    const messages = [
      { name: 'other', identity: 'x\0y' },
      { name: 'other', identity: long },
    ];
    expect(await saidOf(store, messages)).toEqual(['dead-lettered', 'dead-lettered']);
    await close();
  });
});
