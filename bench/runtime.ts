/**
 * The runtime beside what it stands on, in turns in the same run: 300-byte JSON, acknowledgements on, headers and message ids as any such
 * system needs. `node bench/runtime.ts [rounds] [name...]`. Servers: NATS_URL, AMQP_URL, REDIS_URL, POSTGRES_URL, or those on the
 * usual ports; for Kafka a mock cluster of our own.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as jetStream from '@nats-io/jetstream';
import * as nats from '@nats-io/transport-node';
import * as kafka from '@platformatic/kafka';
import amqp from 'amqplib';
import pg from 'pg';
import { createClient } from 'redis';
import { amqpBroker } from '../runtime/amqp/index.ts';
import { kafkaAvailability, startKafka } from '../runtime/conformance/kafka/index.ts';
import type { MessageContract } from '../runtime/contract/index.ts';
import {
  type Broker,
  createConsumer,
  createProducer,
  type Deliver,
  type Handler,
  inBatches,
  outbox,
  receive,
  relay,
  type Store,
  type Subscriber,
  type WireMessage,
} from '../runtime/index.ts';
import { kafkaBroker } from '../runtime/kafka/index.ts';
import { natsBroker } from '../runtime/nats/index.ts';
import { postgresStore } from '../runtime/postgres/index.ts';
import { redisBroker } from '../runtime/redis/index.ts';
import { keysUnder } from '../runtime/redis/keys.ts';
import { sqliteStore } from '../runtime/sqlite/index.ts';

interface Happened {
  readonly id: string;
  readonly entity: string;
  readonly number: number;
  readonly padding: string;
}

const run = `bench-${process.pid}`;
const happened: MessageContract<Happened> = {
  name: 'bench.happened',
  version: '1.0',
  kind: 'event',
  channel: 'bench.happened',
  contentType: 'application/json',
  envelope: { id: { in: 'payload', path: ['id'] } },
  orderingKey: { in: 'payload', path: ['entity'] },
  identity: [{ in: 'payload', path: ['id'] }],
  validate: (value): value is Happened =>
    typeof value === 'object' &&
    value !== null &&
    'id' in value &&
    typeof value.id === 'string' &&
    'entity' in value &&
    typeof value.entity === 'string' &&
    'number' in value &&
    typeof value.number === 'number',
};
const KEYS = 200;
const WINDOW = 64;
const padding = 'x'.repeat(200);
const event = (number: number): Happened => ({
  id: randomUUID(),
  entity: `entity-${number % KEYS}`,
  number,
  padding,
});
const encode = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
const wire = (number: number): WireMessage => {
  const one = event(number);
  const { name, version, channel } = happened;
  const identity = `${name} ["${one.id}"]`;
  return {
    id: one.id,
    name,
    version: version ?? '',
    channel,
    key: one.entity,
    identity,
    headers: { 'correlation-id': one.id },
    contentType: 'application/json',
    body: encode(one),
  };
};

/** Does `count` and answers with how many a second. */
type Contender = (count: number) => Promise<void>;

interface Bench {
  readonly name: string;
  readonly count: number;
  readonly goal: number;
  open(): Promise<{ readonly raw: Contender; readonly ours: Contender; close(): Promise<void> }>;
}

/** `WINDOW` of them at once. */
async function windowed(count: number, one: (number: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: WINDOW }, async () => {
      while (next < count) await one(next++);
    }),
  );
}

const { env } = process;
const urls = {
  nats: env.NATS_URL ?? 'nats://127.0.0.1:4222',
  amqp: env.AMQP_URL ?? 'amqp://guest:guest@127.0.0.1:5672',
  redis: env.REDIS_URL ?? 'redis://127.0.0.1:6379',
  postgres: env.POSTGRES_URL ?? 'postgres://root@127.0.0.1:5432/test',
};

interface Place {
  readonly broker: Broker;
  /** As little as the client needs to publish what the adapter does, acknowledged. */
  publish(message: WireMessage): Promise<unknown>;
  close(): Promise<void>;
}

const headersOf = ({ id, name = '', version = '', key = '', identity = '' }: WireMessage) => ({
  id,
  name,
  version,
  key,
  identity,
  'content-type': 'application/json',
  'correlation-id': id,
});

/**
 * Milliseconds for which RabbitMQ keeps a queue that nobody consumes from, longer than any run: with the last of its queues goes the exchange, and
 * a publisher's channel is then closed.
 */
const UNUSED_FOR = 3_600_000;

const PLACES = {
  async nats(): Promise<Place> {
    const prefix = `${run}-${randomUUID().slice(0, 8)}`;
    const broker = await natsBroker({
      servers: urls.nats,
      prefix,
      streams: [{ name: 'bench', subjects: ['bench.>'] }],
    });
    const client = await nats.connect({ servers: urls.nats });
    const context = jetStream.jetstream(client);
    return {
      broker,
      publish(message) {
        const headers = nats.headers();
        for (const [name, value] of Object.entries(headersOf(message))) headers.set(name, value);
        return context.publish(`${prefix}.bench.happened`, message.body, { headers, msgID: randomUUID() });
      },
      async close() {
        await broker.close();
        const manager = await jetStream.jetstreamManager(client);
        for await (const { config } of manager.streams.list())
          if (config.name.startsWith(prefix)) await manager.streams.delete(config.name);
        await client.close();
      },
    };
  },
  async amqp(): Promise<Place> {
    const prefix = `${run}-${randomUUID().slice(0, 8)}`;
    const broker = await amqpBroker({ url: urls.amqp, prefix, unroutable: 'drop', expires: UNUSED_FOR });
    // A queue that keeps what is published, as many as the adapter has.
    const group = await broker.subscribe({ group: 'idle', channels: ['bench.happened'] }, async (messages) =>
      messages.map(() => ({ kind: 'done' })),
    );
    await group.stop();
    const connection = await amqp.connect(urls.amqp);
    const channel = await connection.createConfirmChannel();
    const { exchange } = await channel.assertExchange(`${prefix}.raw`, 'topic', {
      durable: true,
      autoDelete: true,
    });
    const partitions = Array.from({ length: 8 }, (_, partition) => partition);
    for (const partition of partitions) {
      const { queue } = await channel.assertQueue(`${prefix}.raw.${partition}`, {
        durable: true,
        arguments: { 'x-queue-type': 'quorum', 'x-expires': UNUSED_FOR },
      });
      await channel.bindQueue(queue, exchange, `${partition}.#`);
    }
    return {
      broker,
      publish: (message) =>
        new Promise<void>((resolve, reject) => {
          const partition = Number(message.key?.slice(7)) % 8;
          channel.publish(
            exchange,
            `${partition}.bench.happened`,
            Buffer.from(message.body),
            { persistent: true, mandatory: true, messageId: message.id, headers: headersOf(message) },
            (error) => (error ? reject(error) : resolve()),
          );
        }),
      async close() {
        await broker.close();
        for (const partition of partitions)
          for (const group of ['raw', 'idle']) await channel.deleteQueue(`${prefix}.${group}.${partition}`);
        await channel.close();
        await connection.close();
      },
    };
  },
  async redis(): Promise<Place> {
    const prefix = `${run}-${randomUUID().slice(0, 8)}`;
    const broker = await redisBroker({ url: urls.redis, prefix, allowUnsafe: UNSAFE });
    const client = createClient({ url: urls.redis });
    await client.connect();
    return {
      broker,
      publish(message) {
        const partition = Number(message.key?.slice(7)) % 8;
        const fields = Object.entries(headersOf(message)).flat();
        return client.sendCommand([
          'XADD',
          `${prefix}-raw-${partition}`,
          '*',
          ...fields,
          'body',
          Buffer.from(message.body),
        ]);
      },
      async close() {
        await broker.close();
        for await (const keys of client.scanIterator({ MATCH: `${prefix}*` }))
          if (keys.length > 0) await client.unlink(keys);
        await client.close();
      },
    };
  },
  async kafka(): Promise<Place> {
    const { broker, topic, bootstrapBrokers, close } = await kafkaPlace();
    const producer = new kafka.Producer({ clientId: 'raw', bootstrapBrokers, acks: kafka.ProduceAcks.ALL });
    return {
      broker,
      publish(message) {
        const headers = new Map<Buffer, Buffer>();
        for (const [name, value] of Object.entries(headersOf(message)))
          headers.set(Buffer.from(name), Buffer.from(value));
        const key = Buffer.from(message.key ?? '');
        return producer.send({ messages: [{ topic, key, value: Buffer.from(message.body), headers }] });
      },
      async close() {
        await producer.close();
        await close();
      },
    };
  },
};
type PlaceName = keyof typeof PLACES;

/** A topic for ours and one for the client alone, on a mock cluster of our own: real sockets, and a server that keeps everything in memory. */
async function kafkaPlace() {
  const available = kafkaAvailability();
  if (!available.available) throw new Error(available.reason);
  const cluster = await startKafka(1);
  await cluster.makeTopic('bench', 8);
  await cluster.makeTopic('raw', 8);
  const broker = await kafkaBroker({
    brokers: cluster.brokers,
    topics: [{ name: 'bench', subjects: ['bench.>'], allowUnsafe: ['unreadable'] }],
  });
  return {
    broker,
    topic: 'raw',
    bootstrapBrokers: [...cluster.brokers],
    async close() {
      await broker.close();
      await cluster.stop();
    },
  };
}

function publishTo(name: PlaceName, goal: number): Bench {
  return {
    name: `publish-${name}`,
    count: 5_000,
    goal,
    async open() {
      const { broker, publish, close } = await PLACES[name]();
      const send = createProducer('bench', broker);
      return {
        raw: (count) => windowed(count, (number) => publish(wire(number))),
        ours: (count) => windowed(count, (number) => send(happened, event(number))),
        close,
      };
    },
  };
}

/** The relay: a whole outbox of rows, against as many messages from memory, as many at once as the relay sends. */
function relayTo(name: PlaceName, goal: number): Bench {
  return {
    name: `relay-postgres-${name}`,
    count: 5_000,
    goal,
    async open() {
      const { broker, publish, close } = await PLACES[name]();
      const store = postgres();
      const courier = relay(store.store, broker);
      const filled = { rows: 0 };
      return {
        raw: (count) => windowed(count, (number) => publish(wire(number))),
        async ours(count) {
          const carried = await courier.drain();
          if (carried !== count)
            throw new Error(`the relay carried ${carried} of ${count}: ${courier.health().problem}`);
          filled.rows = 0;
        },
        async before(count: number) {
          for (let from = filled.rows; from < count; from += 500)
            await store.store.transaction((tx) =>
              tx.outbox.add(Array.from({ length: 500 }, (_, n) => wire(from + n))),
            );
          filled.rows = count;
        },
        async close() {
          await close();
          await store.close();
        },
      } as Awaited<ReturnType<Bench['open']>>;
    },
  };
}

function postgres() {
  const schema = `bench_${randomUUID().slice(0, 8)}`;
  const pool = new pg.Pool({ connectionString: urls.postgres, max: 20 });
  const store = postgresStore({ url: urls.postgres, schema, connections: 20 });
  return {
    store,
    pool,
    schema,
    async close() {
      await store.close();
      await pool.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
      await pool.end();
    },
  };
}

/** A broker that has all messages at hand, in batches as large, and as many deliveries at once, as the consumer asks for. */
function feeder(): Subscriber & { feed(messages: readonly WireMessage[]): Promise<void> } {
  let deliver: Deliver | undefined;
  let concurrency = 1;
  let size = 64;
  return {
    async subscribe(to, taken) {
      deliver = taken;
      concurrency = to.concurrency ?? 16;
      size = to.batch ?? 64;
      return { stop: async () => undefined };
    },
    async feed(messages) {
      // A key belongs to one lane, as an adapter sees to.
      const lanes = Array.from({ length: concurrency }, (): WireMessage[] => []);
      for (const message of messages) lanes[Number(message.key?.slice(7)) % concurrency]?.push(message);
      const { signal } = new AbortController();
      await Promise.all(
        lanes.map(async (lane) => {
          for (let from = 0; from < lane.length; from += size) {
            const outcomes = await deliver?.(lane.slice(from, from + size), { signal });
            if (!outcomes?.every(({ kind }) => kind === 'done')) throw new Error('not all was handled');
          }
        }),
      );
    },
  };
}

/**
 * Inbox and one effect a message; by hand: both for 64 messages with two statements. Ours with a handler that takes the messages together, or with one that
 * is given each alone, and so has a statement a message.
 */
const consumePostgres = (together: boolean): Bench => ({
  name: together ? 'consume-postgres' : 'consume-each-postgres',
  count: together ? 10_000 : 2_000,
  goal: together ? 0.5 : 0,
  async open() {
    const { store, pool, schema, close } = postgres();
    await store.transaction(async () => undefined);
    await pool.query(`CREATE TABLE ${schema}.raw_inbox (consumer text, identity text, at bigint, PRIMARY KEY (consumer, identity));
      CREATE TABLE ${schema}.effects (id text PRIMARY KEY, entity text, number bigint)`);
    const broker = feeder();
    const each: Handler<Happened> = async ({ id, entity, number }, { tx }) => {
      const client = tx.client as pg.PoolClient;
      await client.query(`INSERT INTO ${schema}.effects VALUES ($1, $2, $3)`, [id, entity, number]);
    };
    const many = inBatches<Happened>(async (items, { tx }) => {
      await (tx.client as pg.PoolClient).query(
        `INSERT INTO ${schema}.effects SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[])`,
        [
          items.map(({ message }) => message.id),
          items.map(({ message }) => message.entity),
          items.map(({ message }) => message.number),
        ],
      );
    });
    const consumer = createConsumer('bench', broker, { store }, [receive(happened, together ? many : each)]);
    await consumer.start();
    return {
      async raw(count) {
        const rows = Array.from({ length: count }, (_, number) => wire(number));
        const lanes = Array.from({ length: 16 }, (_, lane) => rows.filter((_one, n) => n % 16 === lane));
        await Promise.all(
          lanes.map(async (lane) => {
            const client = await pool.connect();
            for (let from = 0; from < lane.length; from += 64) {
              const batch = lane
                .slice(from, from + 64)
                .map(({ body }): Happened => JSON.parse(Buffer.from(body).toString()));
              await client.query('BEGIN');
              await client.query(
                `INSERT INTO ${schema}.raw_inbox SELECT 'bench', id, 0 FROM unnest($1::text[]) AS id`,
                [batch.map(({ id }) => id)],
              );
              await client.query(
                `INSERT INTO ${schema}.effects SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[])`,
                [
                  batch.map(({ id }) => id),
                  batch.map(({ entity }) => entity),
                  batch.map(({ number }) => number),
                ],
              );
              await client.query('COMMIT');
            }
            client.release();
          }),
        );
      },
      ours: (count) => broker.feed(Array.from({ length: count }, (_, number) => wire(number))),
      async close() {
        await consumer.stop();
        await close();
      },
    };
  },
});

const consumeSqlite: Bench = {
  name: 'consume-sqlite-file',
  count: 10_000,
  goal: 0.5,
  async open() {
    const folder = mkdtempSync(join(tmpdir(), 'bench-'));
    const store = sqliteStore({ file: join(folder, 'store.db') });
    const raw = bareSqlite(join(folder, 'raw.db'));
    const broker = feeder();
    await store.transaction(async (tx) =>
      tx.client.exec('CREATE TABLE effects (id TEXT PRIMARY KEY, entity TEXT, number INTEGER)'),
    );
    const consumer = createConsumer('bench', broker, { store }, [
      receive(happened, async (one, { tx }) => {
        (tx.client as DatabaseSync)
          .prepare('INSERT INTO effects VALUES (?, ?, ?)')
          .run(one.id, one.entity, one.number);
      }),
    ]);
    await consumer.start();
    return {
      async raw(count) {
        for (let from = 0; from < count; from += 256) {
          raw.exec('BEGIN IMMEDIATE');
          for (let n = from; n < Math.min(count, from + 256); n += 1) {
            const one: Happened = JSON.parse(Buffer.from(wire(n).body).toString());
            raw.prepare('INSERT INTO inbox VALUES (?, ?, ?)').run('bench', one.id, 0);
            raw.prepare('INSERT INTO effects VALUES (?, ?, ?)').run(one.id, one.entity, one.number);
          }
          raw.exec('COMMIT');
        }
      },
      ours: (count) => broker.feed(Array.from({ length: count }, (_, number) => wire(number))),
      async close() {
        await consumer.stop();
        await store.close();
        raw.close();
        rmSync(folder, { recursive: true });
      },
    };
  },
};

function bareSqlite(file: string): DatabaseSync {
  const raw = new DatabaseSync(file);
  raw.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
    CREATE TABLE inbox (consumer TEXT, identity TEXT, at INTEGER, PRIMARY KEY (consumer, identity)) WITHOUT ROWID;
    CREATE TABLE effects (id TEXT PRIMARY KEY, entity TEXT, number INTEGER);
    CREATE TABLE outbox (seq INTEGER PRIMARY KEY, id TEXT, channel TEXT, key TEXT, headers TEXT, body BLOB);
    CREATE TABLE events (position INTEGER PRIMARY KEY, stream TEXT, version INTEGER, event TEXT, UNIQUE (stream, version))`);
  return raw;
}

/** One row of state and one of the outbox (or two events) a transaction. */
function commits(kind: 'sqlite' | 'postgres', what: 'outbox' | 'append'): Bench {
  return {
    name: `${what}-${kind}`,
    count: 1_000,
    goal: 0.8,
    async open() {
      const folder = mkdtempSync(join(tmpdir(), 'bench-'));
      const onPostgres = kind === 'postgres' ? postgres() : undefined;
      const store: Store = onPostgres?.store ?? sqliteStore({ file: join(folder, 'store.db') });
      await store.transaction(async () => undefined);
      const send = createProducer('bench', outbox(store));
      let appended = 0;
      const ours: Contender = async (count) => {
        const one = async (number: number): Promise<unknown> =>
          store.transaction(async (tx) => {
            if (what === 'outbox') await send(happened, event(number), { tx });
            else
              await tx.events.append(`stream-${appended++}`, 0, [{ type: 'happened', ...event(number) }], {
                at: 0,
              });
          });
        if (onPostgres) await windowed(count, one);
        else for (let number = 0; number < count; number += 1) await one(number);
      };
      const table = what === 'outbox' ? 'outbox' : 'events';
      if (onPostgres) {
        const { pool, schema, close } = onPostgres;
        await pool.query(`CREATE TABLE ${schema}.raw_outbox (seq bigserial PRIMARY KEY, id text, channel text, key text, headers json, body bytea);
          CREATE TABLE ${schema}.raw_events (position bigserial PRIMARY KEY, stream text, version integer, event json, UNIQUE (stream, version))`);
        return {
          ours,
          raw: (count) =>
            windowed(count, async (number) => {
              const client = await pool.connect();
              const { id, channel, key, headers, body } = wire(number);
              await client.query('BEGIN');
              if (table === 'outbox')
                await client.query(
                  `INSERT INTO ${schema}.raw_outbox (id, channel, key, headers, body) VALUES ($1, $2, $3, $4, $5)`,
                  [id, channel, key, JSON.stringify(headers), Buffer.from(body)],
                );
              else {
                // As anyone must who checks a version: a look, and then the row.
                await client.query(`SELECT max(version) FROM ${schema}.raw_events WHERE stream = $1`, [id]);
                await client.query(
                  `INSERT INTO ${schema}.raw_events (stream, version, event) VALUES ($1, 1, $2)`,
                  [id, JSON.stringify(event(number))],
                );
              }
              await client.query('COMMIT');
              client.release();
            }),
          async close() {
            await close();
            rmSync(folder, { recursive: true });
          },
        };
      }
      const raw = bareSqlite(join(folder, 'raw.db'));
      return {
        ours,
        async raw(count) {
          for (let number = 0; number < count; number += 1) {
            const { id, channel, key = '', headers, body } = wire(number);
            raw.exec('BEGIN IMMEDIATE');
            if (table === 'outbox')
              raw
                .prepare('INSERT INTO outbox (id, channel, key, headers, body) VALUES (?, ?, ?, ?, ?)')
                .run(id, channel, key, JSON.stringify(headers), body);
            else
              raw
                .prepare('INSERT INTO events (stream, version, event) VALUES (?, 1, ?)')
                .run(id, JSON.stringify(event(number)));
            raw.exec('COMMIT');
          }
        },
        async close() {
          await store.close();
          raw.close();
          rmSync(folder, { recursive: true });
        },
      };
    },
  };
}

/** Adapter, lanes, parse and validate, no store; against the client's own consume with as many in flight, and parse. */
const consumeNats: Bench = {
  name: 'consume-nats',
  count: 10_000,
  goal: 0.6,
  async open() {
    const prefix = `${run}-${randomUUID().slice(0, 8)}`;
    const streams = [{ name: 'bench', subjects: ['bench.>'] }];
    const broker = await natsBroker({ servers: urls.nats, prefix, streams });
    const client = await nats.connect({ servers: urls.nats });
    const manager = await jetStream.jetstreamManager(client);
    let kept = 0;
    const fill = async (count: number): Promise<void> => {
      for (; kept < count; kept += 500)
        await broker.publish(Array.from({ length: 500 }, (_, n) => wire(kept + n)));
    };
    let groups = 0;
    return {
      before: fill,
      async raw(count) {
        const durable = `raw-${groups++}`;
        const stream = `${prefix}_bench`;
        await manager.consumers.add(stream, {
          durable_name: durable,
          ack_policy: jetStream.AckPolicy.Explicit,
          max_ack_pending: 256,
        });
        const consumer = await jetStream.jetstream(client).consumers.get(stream, durable);
        const messages = await consumer.consume({ max_messages: 256 });
        let seen = 0;
        for await (const message of messages) {
          if (!happened.validate(JSON.parse(message.string()))) throw new Error('invalid');
          message.ack();
          seen += 1;
          if (seen === count) break;
        }
        await messages.close();
      },
      async ours(count) {
        let seen = 0;
        const all = Promise.withResolvers<void>();
        const subscription = await broker.subscribe(
          { group: `ours-${groups++}`, channels: ['bench.happened'] },
          async (batch) => {
            for (const { body } of batch)
              if (!happened.validate(JSON.parse(Buffer.from(body).toString()))) throw new Error('invalid');
            seen += batch.length;
            if (seen >= count) all.resolve();
            return batch.map(() => ({ kind: 'done' }));
          },
        );
        await all.promise;
        await subscription.stop();
      },
      async close() {
        await broker.close();
        for await (const { config } of manager.streams.list())
          if (config.name.startsWith(prefix)) await manager.streams.delete(config.name);
        await client.close();
      },
    } as Awaited<ReturnType<Bench['open']>>;
  },
};

/** The same on Redis: the raw client reads all partitions by one command, and acknowledges each of its answers. */
const consumeRedis: Bench = {
  name: 'consume-redis',
  count: 10_000,
  goal: 0.6,
  async open() {
    const prefix = `${run}-${randomUUID().slice(0, 8)}`;
    const broker = await redisBroker({ url: urls.redis, prefix, allowUnsafe: UNSAFE });
    const client = createClient({ url: urls.redis });
    await client.connect();
    const keys = Array.from({ length: 8 }, (_, partition) => keysUnder(prefix).stream('all', partition));
    let kept = 0;
    let groups = 0;
    return {
      async before(count: number) {
        for (; kept < count; kept += 500)
          await broker.publish(Array.from({ length: 500 }, (_, n) => wire(kept + n)));
      },
      async raw(count) {
        const group = `raw-${groups++}`;
        for (const key of keys) await client.xGroupCreate(key, group, '0', { MKSTREAM: true });
        const acks: Promise<unknown>[] = [];
        for (let seen = 0; seen < count; ) {
          const streams = keys.map((key) => ({ key, id: '>' }));
          const found = await client.xReadGroup(group, 'raw', streams, { COUNT: 32 });
          for (const { name, messages } of (found ?? []) as readonly StreamReply[]) {
            for (const { message } of messages)
              if (!happened.validate(JSON.parse(message.body ?? ''))) throw new Error('invalid');
            seen += messages.length;
            acks.push(
              client.xAck(
                name,
                group,
                messages.map(({ id }) => id),
              ),
            );
          }
        }
        await Promise.all(acks);
      },
      async ours(count) {
        let seen = 0;
        const all = Promise.withResolvers<void>();
        const subscription = await broker.subscribe(
          { group: `ours-${groups++}`, channels: ['bench.happened'] },
          async (batch) => {
            for (const { body } of batch)
              if (!happened.validate(JSON.parse(Buffer.from(body).toString()))) throw new Error('invalid');
            seen += batch.length;
            if (seen >= count) all.resolve();
            return batch.map(() => ({ kind: 'done' }));
          },
        );
        await all.promise;
        await subscription.stop();
      },
      async close() {
        await broker.close();
        for await (const found of client.scanIterator({ MATCH: `${prefix}*` }))
          if (found.length > 0) await client.unlink(found);
        await client.close();
      },
    } as Awaited<ReturnType<Bench['open']>>;
  },
};

interface StreamReply {
  readonly name: string;
  readonly messages: readonly { readonly id: string; readonly message: Record<string, string> }[];
}

/** The same on Kafka. */
const consumeKafka: Bench = {
  name: 'consume-kafka',
  // Joining a group takes a while, and is not what is measured.
  count: 40_000,
  goal: 0.6,
  async open() {
    const { broker, bootstrapBrokers, close } = await kafkaPlace();
    let kept = 0;
    let groups = 0;
    return {
      async before(count: number) {
        for (; kept < count; kept += 500)
          await broker.publish(Array.from({ length: 500 }, (_, n) => wire(kept + n)));
      },
      async raw(count) {
        const groupId = `raw-${groups++}`;
        const consumer = new kafka.Consumer({ clientId: 'raw', groupId, bootstrapBrokers });
        const messages = await consumer.consume({
          topics: ['bench'],
          mode: kafka.MessagesStreamModes.COMMITTED,
          fallbackMode: kafka.MessagesStreamFallbackModes.EARLIEST,
          autocommit: 100,
          highWaterMark: 256,
        });
        let seen = 0;
        for await (const { value } of messages) {
          if (!happened.validate(JSON.parse(String(value)))) throw new Error('invalid');
          seen += 1;
          if (seen === count) break;
        }
        await consumer.close(true);
      },
      async ours(count) {
        let seen = 0;
        const all = Promise.withResolvers<void>();
        const subscription = await broker.subscribe(
          { group: `ours-${groups++}`, channels: ['bench.happened'] },
          async (batch) => {
            for (const { body } of batch)
              if (!happened.validate(JSON.parse(Buffer.from(body).toString()))) throw new Error('invalid');
            seen += batch.length;
            if (seen >= count) all.resolve();
            return batch.map(() => ({ kind: 'done' }));
          },
        );
        await all.promise;
        await subscription.stop();
      },
      close,
    } as Awaited<ReturnType<Bench['open']>>;
  },
};

const UNSAFE = ['appendonly', 'appendfsync', 'maxmemory-policy'] as never;

const BENCHES: readonly Bench[] = [
  publishTo('nats', 0.9),
  publishTo('amqp', 0.9),
  publishTo('redis', 0.85),
  publishTo('kafka', 0.85),
  consumeNats,
  consumeRedis,
  consumeKafka,
  consumeSqlite,
  consumePostgres(true),
  consumePostgres(false),
  commits('sqlite', 'outbox'),
  commits('sqlite', 'append'),
  commits('postgres', 'outbox'),
  commits('postgres', 'append'),
  relayTo('nats', 0.5),
  relayTo('redis', 0.5),
  relayTo('kafka', 0.5),
  relayTo('amqp', 0.8),
];

const [first = '5', ...names] = process.argv.slice(2);
const rounds = Number(first) || 5;
for (const bench of BENCHES) {
  if (names.length > 0 && !names.some((name) => bench.name.startsWith(name))) continue;
  const opened = (await bench.open()) as Awaited<ReturnType<Bench['open']>> & {
    before?(count: number): Promise<void>;
  };
  const { raw, ours, before } = opened;
  const rates: { raw: number; ours: number }[] = [];
  const rateOf = async (contender: Contender, count: number): Promise<number> => {
    await before?.(count);
    const began = performance.now();
    await contender(count);
    return count / ((performance.now() - began) / 1_000);
  };
  // A first round, which compiles code and fills caches, does not count.
  for (let round = 0; round <= rounds; round += 1) {
    const one = { raw: await rateOf(raw, bench.count), ours: await rateOf(ours, bench.count) };
    if (round > 0) rates.push(one);
  }
  await opened.close();
  const median = (values: readonly number[]) =>
    [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
  const ratio = median(rates.map((one) => one.ours / one.raw));
  const figures = `ours ${median(rates.map((it) => it.ours)).toFixed(0)}/s, raw ${median(rates.map((it) => it.raw)).toFixed(0)}/s`;
  console.log(
    `${bench.name.padEnd(22)} ratio ${ratio.toFixed(2)}${bench.goal > 0 ? ` (goal ${bench.goal})` : ''}   ${figures}`,
  );
}
process.exit(0);
