import { amqpBroker } from '../amqp/index.ts';
import { kafkaAvailability, startKafkaFront } from '../conformance/kafka/index.ts';
import { startRabbitMq } from '../conformance/rabbitmq-server.ts';
import { startRedis } from '../conformance/redis-server.ts';
import type { Broker } from '../index.ts';
import { kafkaBroker } from '../kafka/index.ts';
import { natsBroker } from '../nats/index.ts';
import { startOwnNats } from '../nats/nats-server.ts';
import { redisBroker } from '../redis/index.ts';

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

/** Every broker of the matrix: an entry here gives it its rows. */
export const BROKERS = {
  nats: {
    start: startOwnNats,
    connect: ({ url, prefix, careless }, onFault) =>
      natsBroker({
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
    start: startRedis,
    connect: ({ url, prefix }, onFault) => redisBroker({ url, prefix, onFault }),
    kills: 3,
    settles: 0,
  },
  kafka: {
    start: startMockCluster,
    connect: ({ url, prefix }, onFault) =>
      kafkaBroker({
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
    start: startRabbitMq,
    connect: ({ url, prefix }, onFault) => amqpBroker({ url, prefix, onFault }),
    kills: 2,
    settles: 3_000,
  },
} as const satisfies Readonly<Record<string, BrokerKind>>;

async function startMockCluster(): Promise<BrokerServer> {
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
