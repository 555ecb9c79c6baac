import { randomUUID } from 'node:crypto';
import { folderReader, load } from '@chirograph/contract/load';
import { type Broker, deliverEach, type WireMessage } from '@chirograph/runtime';
import { amqpBroker } from '@chirograph/runtime/amqp';
import { kafkaBroker } from '@chirograph/runtime/kafka';
import { findStreams, natsBroker } from '@chirograph/runtime/nats';
import { redisBroker } from '@chirograph/runtime/redis';
import { describe, expect, it } from 'vitest';
import { kafkaAvailability, startKafkaFront } from '../runtime/conformance/kafka/index.ts';
import { rabbitMqAvailability, startRabbitMq } from '../runtime/conformance/rabbitmq-server.ts';
import { redisAvailability, startRedis } from '../runtime/conformance/redis-server.ts';
import { natsAvailability, startNats } from '../runtime/nats/nats-server.ts';
import { brokerFor } from './brokers/brokers.ts';
import { channelsFor, mocks } from './service/mocks.ts';

interface Server {
  readonly url: string;
  stop(): Promise<void>;
}

interface Kind {
  readonly name: string;
  readonly available: { readonly available: boolean; readonly reason?: string };
  start(): Promise<Server>;
  /** As a real service has it. */
  connect(url: string): Promise<Broker>;
  /** Where no server is. */
  readonly nowhere: string;
}

const KINDS: readonly Kind[] = [
  {
    name: 'NATS JetStream',
    available: natsAvailability(),
    start: startNats,
    connect: connectNats,
    nowhere: 'nats://127.0.0.1:1',
  },
  {
    name: 'Redis Streams',
    available: redisAvailability(),
    start: startRedis,
    connect: (url) => redisBroker({ url, redeliveryDelay: 10 }),
    nowhere: 'redis://127.0.0.1:1',
  },
  {
    name: 'Kafka',
    available: kafkaAvailability(),
    start: startKafkaFront,
    connect: (url) =>
      kafkaBroker({ brokers: url, topics: [{ name: 'shop', subjects: ['shop.>'] }], redeliveryDelay: 10 }),
    nowhere: 'kafka://127.0.0.1:1',
  },
  {
    name: 'RabbitMQ',
    available: rabbitMqAvailability(),
    start: startRabbitMq,
    connect: (url) => amqpBroker({ url, redeliveryDelay: 10, unroutable: 'drop' }),
    nowhere: 'amqp://127.0.0.1:1',
  },
];

/** A mocked service beside a real one, on a server that the real one has set up in a way of its own. */
describe.each(KINDS)(
  'mocks on $name',
  { timeout: 120_000 },
  ({ name, available, start, connect, nowhere }) => {
    if (!available.available) {
      it.skip(`are not tested: ${available.reason}`, () => undefined);
      console.warn(`mocks on ${name} were not tested: ${available.reason}`);
      return;
    }

    it('answers a real service, twice where a duplicate is asked for', async () => {
      const server = await start();
      const real = await connect(server.url);
      const { workspace } = load(folderReader('specs', ['shop']));
      const services = workspace.services.filter((it) => it.name === 'payment');
      const chosen = brokerFor(server.url);
      if ('problem' in chosen) throw new Error(chosen.problem);
      const faults: unknown[] = [];
      const broker = await chosen.value.open({
        workspace,
        channels: channelsFor(workspace, services),
        onFault: (error) => faults.push(error),
      });
      const running = mocks({ workspace, services, broker, seed: 7, faults: { duplicate: 1 } });
      await running.start();

      const story = randomUUID();
      const orderId = randomUUID();
      const answered = await answersTo(real, story, 2);
      await real.publish([authorize(story, orderId)]);
      const [first, second] = await answered();
      expect(first).toMatchObject({
        type: 'shop.payment.authorized',
        data: { orderId, amount: { amount: 1250 } },
      });
      expect(second).toEqual(first);
      expect(running.journal.received.filter((it) => it.correlationId === story)).toMatchObject([
        { name: 'shop.payment.authorize', verdict: 'valid' },
      ]);

      await running.stop();
      await broker.close();
      await real.close();
      await server.stop();
      expect(faults).toEqual([]);
    });

    it('says which server it cannot reach', async () => {
      const chosen = brokerFor(nowhere);
      if ('problem' in chosen) throw new Error(chosen.problem);
      const { workspace } = load(folderReader('specs', ['shop']));
      const opened = chosen.value.open({ workspace, channels: ['shop.order.placed'], onFault: () => {} });
      await expect(opened).rejects.toThrow(/refused|ECONNREFUSED/);
    });
  },
);

/** Its stream bears a name that no contract tells. */
async function connectNats(servers: string): Promise<Broker> {
  const otherwise = [{ name: 'EVENTS-OF-THE-SHOP', subjects: ['shop.>'] }];
  const streams = await findStreams({ servers, channels: ['shop.payment.authorize'], otherwise });
  return natsBroker({ servers, streams, redeliveryDelay: 10 });
}

/** Listens from now on; a broker may keep nothing from before. */
async function answersTo(broker: Broker, story: string, count: number): Promise<() => Promise<unknown[]>> {
  const all = Promise.withResolvers<unknown[]>();
  const come: unknown[] = [];
  await broker.subscribe(
    { group: `test-${story}`, channels: ['shop.payment.authorized'] },
    deliverEach(async ({ body }) => {
      const payload = JSON.parse(new TextDecoder().decode(body));
      if (payload.correlationid !== story) return;
      if (come.push(payload) === count) all.resolve(come);
    }),
  );
  return () => all.promise;
}

function authorize(story: string, orderId: string): WireMessage {
  const payload = {
    specversion: '1.0',
    id: randomUUID(),
    source: '/shop/order',
    type: 'shop.payment.authorize',
    dataversion: '1.0',
    time: '2026-03-01T10:00:00Z',
    correlationid: story,
    data: {
      orderId,
      amount: { amount: 1250, currency: 'EUR' },
      paymentMethodId: randomUUID(),
      customerId: randomUUID(),
    },
  };
  return {
    id: payload.id,
    name: payload.type,
    version: '1.0',
    channel: 'shop.payment.authorize',
    headers: {},
    contentType: 'application/cloudevents+json',
    body: new TextEncoder().encode(JSON.stringify(payload)),
  };
}
