import type { Broker } from '../index.ts';

/** A broker's server of our own. */
export interface BrokerServer {
  readonly url: string;
  /** With SIGKILL. */
  kill(): Promise<void>;
  /** Starts it again after `kill`, with what was in it. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface BrokerPlace {
  readonly url: string;
  readonly prefix: string;
  /** For the broken variant of the silent connection. */
  readonly careless?: boolean;
}

export interface BrokerKind {
  start(): Promise<BrokerServer>;
  connect(to: BrokerPlace, onFault: (error: unknown) => void): Promise<Broker>;
  /** How often its server is killed in the row of that fault; there is none for 0. */
  readonly kills: number;
  /** Milliseconds that a server must have run before it is killed, for what it says itself that it writes late. */
  readonly settles: number;
}

export type BrokerName = keyof typeof BROKERS;

/** Every broker of the matrix: an entry here gives it its rows. Loaded on use: dozens of processes are started, each with one of them. */
export const BROKERS = {
  nats: {
    start: async () => (await import('../nats/nats-server.ts')).startOwnNats(),
    connect: async ({ url, prefix, careless }, onFault) =>
      (await import('../nats/index.ts')).natsBroker({
        servers: url,
        prefix,
        streams: [{ name: 'faults', subjects: ['faults.>'] }],
        ...(careless && { connection: { pingInterval: 120_000 } }),
        onFault,
      }),
    kills: 3,
    settles: 0,
  },
  redis: {
    start: async () => (await import('../conformance/redis-server.ts')).startRedis(),
    connect: async ({ url, prefix }, onFault) =>
      (await import('../redis/index.ts')).redisBroker({ url, prefix, onFault }),
    kills: 3,
    settles: 0,
  },
  kafka: {
    start: startMockCluster,
    connect: async ({ url, prefix }, onFault) =>
      (await import('../kafka/index.ts')).kafkaBroker({
        brokers: url,
        prefix: `${prefix}.`,
        topics: [{ name: 'faults', subjects: ['faults.>'] }],
        // The mock shares partitions anew only when nearly as much time has gone by, however soon all members are there.
        sessionTimeout: 2_000,
        onFault,
      }),
    // It keeps everything in memory, so that there is nothing to come back to.
    kills: 0,
    settles: 0,
  },
  amqp: {
    start: async () => (await import('../conformance/rabbitmq-server.ts')).startRabbitMq(),
    connect: async ({ url, prefix }, onFault) =>
      (await import('../amqp/index.ts')).amqpBroker({ url, prefix, onFault }),
    kills: 2,
    settles: 3_000,
  },
} as const satisfies Readonly<Record<string, BrokerKind>>;

async function startMockCluster(): Promise<BrokerServer> {
  const { kafkaAvailability, startKafkaFront } = await import('../conformance/kafka/index.ts');
  const available = kafkaAvailability();
  if (!available.available) throw new Error(available.reason);
  const { url, stop } = await startKafkaFront();
  const never = (): Promise<never> =>
    Promise.reject(new Error("librdkafka's mock cluster cannot be started again with what was in it"));
  return { url, kill: never, start: never, stop };
}

export const BROKER_NAMES = Object.keys(BROKERS) as readonly BrokerName[];

export function connectTo(
  kind: BrokerName,
  to: BrokerPlace,
  onFault: (error: unknown) => void,
): Promise<Broker> {
  return BROKERS[kind].connect(to, onFault);
}
