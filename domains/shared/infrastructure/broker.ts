/** The broker that a URL names: what runs on it is the same on each. */
import type { Broker } from '@chirograph/runtime';
import { memoryBroker } from '@chirograph/runtime/memory';

/** The broker asked for is not to be had. */
export class BrokerUnavailableError extends Error {
  override readonly name = 'BrokerUnavailableError';
}

export interface OpenBroker {
  readonly broker: Broker;
  /** For people. */
  readonly name: string;
  /** Removes what it keeps for the prefix: streams, queues, keys. To be called after `broker.close()`. */
  remove(): Promise<void>;
}

/** One kind of server. */
interface Kind {
  readonly name: string;
  /** How to have one, for people who have none. */
  readonly start: string;
  open(url: string, prefix: string): Promise<Broker>;
  remove(url: string, prefix: string): Promise<void>;
}

const NATS: Kind = {
  name: 'NATS JetStream',
  start: 'nats-server -js',
  async open(url, prefix) {
    const { natsBroker } = await import('@chirograph/runtime/nats');
    return natsBroker({
      servers: url,
      prefix,
      streams: [{ name: 'messages', subjects: ['>'] }],
      connection: { timeout: 3_000 },
      waitFor: 3_000,
      onFault: () => undefined,
    });
  },
  async remove(servers, prefix) {
    const { connect } = await import('@nats-io/transport-node');
    const { jetstreamManager } = await import('@nats-io/jetstream');
    const client = await connect({ servers });
    const manager = await jetstreamManager(client);
    await manager.streams.delete(`${prefix}_messages`);
    await client.close();
  },
};

const RABBITMQ: Kind = {
  name: 'RabbitMQ',
  start: 'rabbitmq-server',
  async open(url, prefix) {
    const { amqpBroker } = await import('@chirograph/runtime/amqp');
    // An event that nobody waits for yet is no mistake. Queues of demos are gone a minute after the last has left them.
    const expires = isPassing(prefix) ? { expires: 60_000 } : {};
    return amqpBroker({ url, prefix, partitions: 4, unroutable: 'drop', ...expires });
  },
  remove: async () => undefined,
};

const REDIS: Kind = {
  name: 'Redis',
  start: 'redis-server --appendonly yes',
  async open(url, prefix) {
    const { redisBroker } = await import('@chirograph/runtime/redis');
    return redisBroker({ url, prefix, partitions: 4, onFault: () => undefined });
  },
  async remove(url, prefix) {
    const { createClient } = await import('redis');
    const client = await createClient({ url }).connect();
    for await (const keys of client.scanIterator({ MATCH: `${prefix}:*`, COUNT: 1_000 }))
      if (keys.length > 0) await client.unlink(keys);
    await client.close();
  },
};

const KAFKA: Kind = {
  name: 'Kafka',
  start: 'kafka-server-start.sh',
  async open(url, prefix) {
    const { kafkaBroker } = await import('@chirograph/runtime/kafka');
    return kafkaBroker({
      brokers: url,
      prefix: `${prefix}.`,
      topics: [{ name: 'messages', subjects: ['>'], partitions: 4 }],
      waitFor: 3_000,
      onFault: () => undefined,
    });
  },
  async remove(url, prefix) {
    const { Admin } = await import('@platformatic/kafka');
    const bootstrapBrokers = url.replace('kafka://', '').split(',');
    const admin = new Admin({ clientId: 'chirograph', bootstrapBrokers });
    await admin.deleteTopics({ topics: [`${prefix}.messages`] });
    await admin.close();
  },
};

const KINDS: Readonly<Record<string, Kind>> = {
  nats: NATS,
  tls: NATS,
  ws: NATS,
  wss: NATS,
  amqp: RABBITMQ,
  amqps: RABBITMQ,
  redis: REDIS,
  rediss: REDIS,
  kafka: KAFKA,
};

/** What a URL of a broker may begin with. */
export const BROKER_PROTOCOLS: readonly string[] = Object.keys(KINDS);

/** Whether what such a prefix keeps is to vanish by itself. */
const isPassing = (prefix: string) => prefix.startsWith('demo-');

/**
 * In memory without a URL, else at a NATS, RabbitMQ, Redis or Kafka server.
 * @param prefix is put before all names at the server, so that several may share it; what begins with `demo-` may be lost
 * @throws {BrokerUnavailableError} when no server answers, in one sentence for people
 */
export async function openBroker(url: string | undefined, prefix: string): Promise<OpenBroker> {
  if (url === undefined) return { broker: memoryBroker(), name: 'in memory', remove: async () => undefined };
  // Kafka's name several servers, and are no URLs to the letter.
  const kind = KINDS[url.slice(0, url.indexOf('://'))];
  if (!kind)
    throw new BrokerUnavailableError(
      `--broker ${url}: should begin with ${BROKER_PROTOCOLS.join('://, ')}://`,
    );
  const none = (reason: unknown) =>
    new BrokerUnavailableError(`No ${kind.name} at ${url} (${reason}). Start one with: ${kind.start}`);
  const broker = await kind.open(url, prefix).catch((error: unknown) => {
    throw none(error instanceof Error ? error.message : error);
  });
  const { connected, problem } = broker.health();
  if (connected) return { broker, name: `${kind.name} at ${url}`, remove: () => kind.remove(url, prefix) };
  await broker.close();
  throw none(problem);
}
