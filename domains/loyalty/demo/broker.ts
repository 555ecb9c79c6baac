import { randomUUID } from 'node:crypto';
import type { Broker } from '@chirograph/runtime';
import { memoryBroker } from '@chirograph/runtime/memory';

/** The broker asked for is not to be had. */
export class NoBroker extends Error {
  override readonly name = 'NoBroker';
}

/** A broker for one run: nobody else's events in it, and nothing left behind. */
export interface DemoBroker {
  readonly broker: Broker;
  /** For people. */
  readonly name: string;
  close(): Promise<void>;
}

/** In memory, or at a NATS, Kafka, RabbitMQ or Redis server. Rejects with `NoBroker` when the server does not answer. */
export async function openBroker(url: string | undefined): Promise<DemoBroker> {
  if (url === undefined) {
    const broker = memoryBroker();
    return { broker, name: 'in memory', close: () => broker.close() };
  }
  if (url.startsWith('amqp')) return openRabbitMq(url);
  if (url.startsWith('redis')) return openRedis(url);
  if (url.startsWith('kafka')) return openKafka(url);
  const { natsBroker } = await import('@chirograph/runtime/nats');
  const prefix = `demo-${randomUUID().slice(0, 8)}`;
  const broker = await connected(
    url,
    natsBroker({
      servers: url,
      prefix,
      streams: [{ name: 'loyalty', subjects: ['loyalty.>'] }],
      connection: { timeout: 3_000 },
      waitFor: 3_000,
      onFault: () => undefined,
    }),
  );
  return {
    broker,
    name: `NATS JetStream at ${url}`,
    async close() {
      await broker.close();
      await removeStream(url, `${prefix}_loyalty`);
    },
  };
}

async function openKafka(url: string): Promise<DemoBroker> {
  const { kafkaBroker } = await import('@chirograph/runtime/kafka');
  const prefix = `demo-${randomUUID().slice(0, 8)}.`;
  const topics = [{ name: 'loyalty', subjects: ['loyalty.>'], partitions: 4 }];
  const broker = await kafkaBroker({
    brokers: url,
    prefix,
    topics,
    waitFor: 3_000,
    onFault: () => undefined,
  }).catch((error: unknown) => {
    throw new NoBroker(error instanceof Error ? error.message : String(error));
  });
  const { connected: isConnected, problem } = broker.health();
  if (!isConnected) {
    await broker.close();
    throw new NoBroker(`No Kafka at ${url} (${problem}). Start one with: kafka-server-start.sh`);
  }
  return {
    broker,
    name: `Kafka at ${url}`,
    async close() {
      await broker.close();
      await removeTopic(url, `${prefix}loyalty`);
    },
  };
}

async function removeTopic(url: string, name: string): Promise<void> {
  const { Admin } = await import('@platformatic/kafka');
  const bootstrapBrokers = url.replace('kafka://', '').split(',');
  const admin = new Admin({ clientId: 'chirograph-demo', bootstrapBrokers });
  await admin.deleteTopics({ topics: [name] });
  await admin.close();
}

async function openRabbitMq(url: string): Promise<DemoBroker> {
  const { amqpBroker } = await import('@chirograph/runtime/amqp');
  const prefix = `demo-${randomUUID().slice(0, 8)}`;
  const broker = await amqpBroker({ url, prefix, partitions: 4, unroutable: 'drop', expires: 60_000 });
  const { connected, problem } = broker.health();
  if (!connected) {
    await broker.close();
    throw new NoBroker(`No RabbitMQ at ${url} (${problem}). Start one with: rabbitmq-server`);
  }
  return { broker, name: `RabbitMQ at ${url}`, close: () => broker.close() };
}

async function openRedis(url: string): Promise<DemoBroker> {
  const { redisBroker } = await import('@chirograph/runtime/redis');
  const prefix = `demo-${randomUUID().slice(0, 8)}`;
  const broker = await redisBroker({ url, prefix, partitions: 4, onFault: () => undefined }).catch(
    (error: unknown) => {
      throw new NoBroker(error instanceof Error ? error.message : String(error));
    },
  );
  const { connected: isConnected, problem } = broker.health();
  if (!isConnected) {
    await broker.close();
    throw new NoBroker(`No Redis at ${url} (${problem}). Start one with: redis-server --appendonly yes`);
  }
  return {
    broker,
    name: `Redis at ${url}`,
    async close() {
      await broker.close();
      await removeKeys(url, prefix);
    },
  };
}

async function removeKeys(url: string, prefix: string): Promise<void> {
  const { createClient } = await import('redis');
  const client = await createClient({ url }).connect();
  for await (const keys of client.scanIterator({ MATCH: `${prefix}:*`, COUNT: 1_000 }))
    if (keys.length > 0) await client.unlink(keys);
  await client.close();
}

/** The client's own error tells neither where it looked nor what to do about it. */
async function connected(url: string, broker: Promise<Broker>): Promise<Broker> {
  const none = (reason: string | undefined): NoBroker =>
    new NoBroker(`No NATS server with JetStream at ${url} (${reason}). Start one with: nats-server -js`);
  try {
    const opened = await broker;
    const { connected: isConnected, problem } = opened.health();
    if (isConnected) return opened;
    await opened.close();
    throw none(problem);
  } catch (error) {
    if (error instanceof NoBroker) throw error;
    throw none(error instanceof Error ? error.message : String(error));
  }
}

async function removeStream(servers: string, name: string): Promise<void> {
  const { connect } = await import('@nats-io/transport-node');
  const { jetstreamManager } = await import('@nats-io/jetstream');
  const client = await connect({ servers });
  const manager = await jetstreamManager(client);
  await manager.streams.delete(name);
  await client.close();
}
