import { describe, expect, it, onTestFinished } from 'vitest';
import { amqpBroker } from '../amqp/index.ts';
import { kafkaAvailability, startKafkaFront } from '../conformance/kafka/index.ts';
import { startRedis } from '../conformance/redis-server.ts';
import type { MessageContract } from '../contract/index.ts';
import { createConsumer, createProducer, outbox, receive, requests, service } from '../index.ts';
import { kafkaBroker } from '../kafka/index.ts';
import { natsBroker } from '../nats/index.ts';
import { startOwnNats } from '../nats/nats-server.ts';
import type { Broker } from '../ports/broker.ts';
import { redisBroker } from '../redis/index.ts';
import { sqliteStore } from '../sqlite/index.ts';

interface Text {
  readonly text: string;
}
const contract = (name: string): MessageContract<Text> => ({
  name,
  version: '1.0',
  kind: 'command',
  channel: name,
  contentType: 'application/json',
  envelope: {},
  identity: [],
  validate: (value): value is Text => typeof value === 'object' && value !== null && 'text' in value,
});
const asked = contract('echo.asked');
const answered = contract('echo.answered');

const AMQP = process.env.AMQP_URL ?? 'amqp://guest:guest@127.0.0.1:5672';
const prefix = `requests-${process.pid}`;

const kafka = kafkaAvailability();
if (!kafka.available) console.warn(`requests over Kafka were not tested: ${kafka.reason}`);

/** Each call opens another connection to the same server. */
const brokers: Readonly<Record<string, () => Promise<() => Promise<Broker>>>> = {
  async NATS() {
    const nats = await startOwnNats();
    onTestFinished(() => nats.stop());
    return () => natsBroker({ servers: nats.url, streams: [{ name: 'echo', subjects: ['echo.>'] }] });
  },
  ...(kafka.available && {
    async Kafka() {
      const front = await startKafkaFront();
      onTestFinished(() => front.stop());
      const topics = [{ name: 'echo', subjects: ['echo.>'], partitions: 2 }];
      return () =>
        kafkaBroker({ brokers: front.url, topics, sessionTimeout: 2_000, onFault: () => undefined });
    },
  }),
  RabbitMQ: async () => () =>
    amqpBroker({ url: AMQP, prefix, partitions: 2, expires: 60_000, unroutable: 'drop' }),
  async Redis() {
    const redis = await startRedis();
    onTestFinished(() => redis.stop());
    return () => redisBroker({ url: redis.url, partitions: 2 });
  },
};

describe.each(Object.entries(brokers))('requests over %s', (_, open) => {
  it('are answered, to whichever process of the service asked', async () => {
    const connect = await open();
    const answering = sqliteStore({ file: ':memory:' });
    const reply = createProducer('echo', outbox(answering));
    const atEcho = await connect();
    const echo = createConsumer('echo', atEcho, { store: answering }, [
      receive(
        asked,
        async ({ text }, context) => void (await reply(answered, { text: `${text}!` }, context)),
      ),
    ]);
    const services = [service({ name: 'echo', store: answering, broker: atEcho, consumers: [echo] })];

    // Two processes of one service: a store, two connections.
    const store = sqliteStore({ file: ':memory:' });
    const shared = { ...store, close: async () => undefined };
    const asking = await Promise.all(
      [1, 2].map(async () => {
        const broker = await connect();
        const desk = requests('desk', broker, { store: shared }, [answered]);
        services.push(service({ name: 'desk', store: shared, broker, consumers: [desk.consumer] }));
        return desk;
      }),
    );
    for (const it of services) await it.start();
    onTestFinished(async () => {
      for (const it of services) await it.close();
      await store.close();
    });
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        asking[n % 2]?.ask(asked, { text: `t${n}` }, { patience: 30_000 }),
      ),
    );
    expect(answers).toEqual(
      Array.from({ length: 12 }, (_, n) => ({ kind: 'answered', reply: { text: `t${n}!` } })),
    );
  });
});
