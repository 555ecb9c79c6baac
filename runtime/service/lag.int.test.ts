import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { amqpBroker } from '../amqp/index.ts';
import { kafkaAvailability, startKafkaFront } from '../conformance/kafka/index.ts';
import { startRedis } from '../conformance/redis-server.ts';
import { publishAll, type WireMessage } from '../index.ts';
import { kafkaBroker } from '../kafka/index.ts';
import { natsBroker } from '../nats/index.ts';
import { startOwnNats } from '../nats/nats-server.ts';
import type { Broker } from '../ports/broker.ts';
import { redisBroker } from '../redis/index.ts';

const message = (id: string): WireMessage => ({
  id,
  channel: 'lag.sent',
  key: id,
  headers: {},
  contentType: 'text/plain',
  body: new TextEncoder().encode(id),
});

const kafka = kafkaAvailability();
if (!kafka.available) console.warn(`the lag on Kafka was not tested: ${kafka.reason}`);

const AMQP = process.env.AMQP_URL ?? 'amqp://guest:guest@127.0.0.1:5672';
const brokers: Readonly<Record<string, () => Promise<Broker>>> = {
  async NATS() {
    const nats = await startOwnNats();
    onTestFinished(() => nats.stop());
    return natsBroker({ servers: nats.url, streams: [{ name: 'lag', subjects: ['lag.>'] }] });
  },
  ...(kafka.available && {
    async Kafka() {
      const front = await startKafkaFront();
      onTestFinished(() => front.stop());
      const topics = [{ name: 'lag', subjects: ['lag.>'], partitions: 2 }];
      return kafkaBroker({ brokers: front.url, topics, sessionTimeout: 2_000, onFault: () => undefined });
    },
  }),
  RabbitMQ: () => amqpBroker({ url: AMQP, prefix: `lag-${process.pid}`, partitions: 2, expires: 60_000 }),
  async Redis() {
    const redis = await startRedis();
    onTestFinished(() => redis.stop());
    return redisBroker({ url: redis.url, partitions: 2 });
  },
};

describe.each(Object.entries(brokers))('the lag of a group on %s', (_, open) => {
  it('is what it has not settled', async () => {
    const broker = await open();
    onTestFinished(() => broker.close());
    expect(await broker.lag?.('reader')).toBeUndefined();
    const settled = Promise.withResolvers<void>();
    let count = 0;
    const subscription = await broker.subscribe(
      { group: 'reader', channels: ['lag.sent'] },
      async (messages) => {
        count += messages.length;
        if (count === 2) settled.resolve();
        return messages.map(() => ({ kind: 'done' }));
      },
    );
    await publishAll(broker, [message('1'), message('2')]);
    await settled.promise;
    await subscription.stop();
    await vi.waitFor(async () => expect(await broker.lag?.('reader')).toBe(0), { timeout: 10_000 });
    await publishAll(broker, [message('3'), message('4'), message('5')]);
    // RabbitMQ counts what it has put in line, a moment after it has confirmed it.
    await vi.waitFor(async () => expect(await broker.lag?.('reader')).toBe(3), { timeout: 10_000 });
  });
});

it('the lag of a group that began in the middle of a Redis stream is counted', async () => {
  const redis = await startRedis();
  onTestFinished(() => redis.stop());
  const broker = await redisBroker({ url: redis.url, partitions: 2 });
  onTestFinished(() => broker.close());
  const first = await broker.subscribe({ group: 'first', channels: ['lag.sent'] }, async (messages) =>
    messages.map(() => ({ kind: 'done' })),
  );
  await first.stop();
  await publishAll(broker, [message('1'), message('2'), message('3')]);
  const late = await broker.subscribe(
    { group: 'late', channels: ['lag.sent'], from: 'new' },
    async (messages) => messages.map(() => ({ kind: 'done' })),
  );
  await late.stop();
  expect(await broker.lag?.('late')).toBe(0);
  await publishAll(broker, [message('4'), message('5')]);
  expect(await broker.lag?.('late')).toBe(2);
  expect(await broker.lag?.('first')).toBe(5);
});
