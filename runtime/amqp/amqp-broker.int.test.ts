import { describeBroker } from '@chirograph/conformance/broker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CuttableLink, cuttableLink } from '../conformance/cuttable-link.ts';
import { type RabbitMq, rabbitMqAvailability, startRabbitMq } from '../conformance/rabbitmq-server.ts';
import type { Broker } from '../ports/broker.ts';
import { deliverEach } from '../ports/deliver-each.ts';
import { amqpBroker } from './index.ts';

const rabbit = rabbitMqAvailability();

if (rabbit.available) {
  let server: RabbitMq;
  let opened = 0;
  beforeAll(async () => {
    server = await startRabbitMq();
  }, 120_000);
  afterAll(() => server?.stop());

  const features = {
    deduplicates: { not: 'RabbitMQ drops no duplicates' },
    batches: true,
    history: { not: 'RabbitMQ keeps nothing for groups that have not subscribed' },
    limitsSize: true,
    refusesUnknownChannels: {
      not: 'the suite publishes where nobody has subscribed, so the broker is told to drop',
    },
    parallelKeys: true,
    membersDie: true,
    survivesKill: true,
  } as const;
  describeBroker('RabbitMQ', features, async () => {
    const prefix = `t${opened++}`;
    const connections: Broker[] = [];
    const links: CuttableLink[] = [];
    const connect = async (url = server.url): Promise<Broker> => {
      const broker = await amqpBroker({
        url,
        prefix,
        partitions: 4,
        unroutable: 'drop',
        maxBytes: 100_000,
        redeliveryDelay: 20,
        onFault: () => undefined,
      });
      connections.push(broker);
      return broker;
    };
    return {
      broker: await connect(),
      another: () => connect(),
      async mortal() {
        const link = await cuttableLink(server.url);
        links.push(link);
        return { broker: await connect(link.url), die: link.close };
      },
      killAndRestart: () => server.killAndRestart(),
      async close() {
        await Promise.all(connections.map((broker) => broker.close()));
        await Promise.all(links.map((link) => link.close()));
      },
    };
  });

  describe('amqpBroker', () => {
    const message = {
      id: '1',
      key: 'k',
      channel: 'shop.a',
      headers: {},
      contentType: '',
      body: new Uint8Array(),
    };

    it('refuses what nobody has ever subscribed to, and says how to go on', async () => {
      const broker = await amqpBroker({ url: server.url, prefix: 'nobody' });
      const [outcome] = await broker.publish([message]);
      expect(outcome).toMatchObject({
        kind: 'refused',
        error: { message: expect.stringContaining('no group has subscribed') },
      });
      await broker.close();
    });

    it('is there while its server is away: publishing is to be tried again, subscribing begins later', async () => {
      const broker = await amqpBroker({ url: 'amqp://127.0.0.1:1', onFault: () => undefined });
      expect(broker.health()).toMatchObject({
        connected: false,
        problem: expect.stringContaining('ECONNREFUSED'),
      });
      expect((await broker.publish([message]))[0]).toMatchObject({ kind: 'retry' });
      await broker.subscribe(
        { group: 'g', channels: ['shop.a'] },
        deliverEach(async () => undefined),
      );
      await broker.close();
    });

    it('refuses an address that AMQP has no room for', async () => {
      const broker = await amqpBroker({ url: server.url, prefix: 'long' });
      const [outcome] = await broker.publish([{ ...message, channel: `shop.${'a'.repeat(255)}` }]);
      expect(outcome).toMatchObject({ kind: 'refused', error: { message: expect.stringContaining('255') } });
      await broker.close();
    });
  });
} else {
  console.warn(`RabbitMQ was not tested: ${rabbit.reason}`);
  describe.skip(`RabbitMQ as a broker (not run: ${rabbit.reason})`, () => {
    it('needs a server', () => undefined);
  });
}
