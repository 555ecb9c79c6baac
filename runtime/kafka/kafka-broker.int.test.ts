import { describeBroker } from '@chirograph/conformance/broker';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  type KafkaCluster,
  type KafkaFront,
  type KafkaLink,
  kafkaAvailability,
  kafkaFront,
  kafkaLink,
  startKafka,
  startKafkaFront,
} from '../conformance/kafka/index.ts';
import { partitionOf } from '../partitions/partition-of.ts';
import type { Broker } from '../ports/broker.ts';
import { deliverEach } from '../ports/deliver-each.ts';
import type { WireMessage } from '../ports/message.ts';
import type { SubscriptionOptions } from '../ports/subscriber.ts';
import { type KafkaBrokerOptions, kafkaBroker, planTopics } from './index.ts';

const kafka = kafkaAvailability();
const patience = { timeout: 30_000 };
/** In Kafka's protocol. */
const PRODUCE = 0;
const NOT_LEADER = 6;
const MESSAGE_TOO_LARGE = 10;

if (kafka.available) {
  let cluster: KafkaCluster;
  let front: KafkaFront;
  let opened = 0;
  beforeAll(async () => {
    cluster = await startKafka();
    front = await kafkaFront(cluster);
  }, 60_000);
  afterAll(async () => {
    await front?.close();
    await cluster?.stop();
  });

  const features = {
    deduplicates: { not: 'Kafka drops no duplicates of a message that is sent again later' },
    batches: true,
    history: true,
    limitsSize: true,
    refusesUnknownChannels: true,
    parallelKeys: true,
    membersDie: true,
    survivesKill: { not: "librdkafka's mock cluster keeps everything in memory" },
  } as const;
  const topics = [
    { name: 'shop', subjects: ['shop.>'], partitions: 4 },
    { name: 'bank', subjects: ['bank.>'], partitions: 4 },
  ];
  describeBroker('Kafka (mock cluster)', features, async () => {
    const prefix = `t${opened++}.`;
    const connections: Broker[] = [];
    const links: KafkaLink[] = [];
    const connect = async (brokers = front.brokers): Promise<Broker> => {
      const broker = await kafkaBroker({
        brokers,
        topics,
        prefix,
        maxBytes: 100_000,
        sessionTimeout: 2_000,
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
        const link = await kafkaLink(front.brokers);
        links.push(link);
        return { broker: await connect(link.brokers), die: link.close };
      },
      killAndRestart: () => Promise.reject(new Error('it cannot be restarted')),
      async close() {
        await Promise.all(connections.map((broker) => broker.close()));
        await Promise.all(links.map((link) => link.close()));
      },
    };
  });

  describe('kafkaBroker', () => {
    const topics = [{ name: 'shop', subjects: ['shop.>'] }];
    let prefixes = 0;
    const prefix = (): string => `own${prefixes++}.`;
    const open = (more: Partial<KafkaBrokerOptions> = {}): Promise<Broker> =>
      kafkaBroker({
        brokers: front.url,
        topics,
        prefix: prefix(),
        sessionTimeout: 2_000,
        redeliveryDelay: 20,
        onFault: () => undefined,
        ...more,
      });
    const message = (number: number, key = 'k', channel = 'shop.a'): WireMessage => ({
      id: `m-${number}`,
      key,
      channel,
      headers: {},
      contentType: '',
      body: new TextEncoder().encode(String(number)),
    });
    const numberOf = ({ body }: WireMessage): number => Number(new TextDecoder().decode(body));
    const collect = async (broker: Broker, to: Partial<SubscriptionOptions> = {}) => {
      const got: number[] = [];
      const subscription = await broker.subscribe(
        { group: 'g', channels: ['shop.a'], ...to },
        deliverEach(async (it) => void got.push(numberOf(it))),
      );
      return { got, subscription };
    };

    it('makes topics that keep each message on two servers, and finds them as they are to be', async () => {
      const name = `${prefix()}orders`;
      const wanted = [{ name, subjects: ['orders.>'], partitions: 6 }];
      expect(await planTopics({ brokers: front.url, topics: wanted })).toEqual([
        { name, kind: 'create', partitions: 6, problems: [] },
      ]);
      await planTopics({ brokers: front.url, topics: wanted, apply: true });
      expect(await planTopics({ brokers: front.url, topics: wanted, apply: true })).toEqual([
        { name, kind: 'as-is', partitions: 6, problems: [], maxBytes: 1_048_588 },
      ]);
    });

    it('refuses a topic that loses messages, with what helps, unless it is told to take it', async () => {
      const own = prefix();
      await (await open({ prefix: own })).close();
      front.configure(`${own}shop`, { 'retention.ms': '60000', 'min.insync.replicas': '1' });
      const opening = open({ prefix: own });
      await expect(opening).rejects.toThrow(
        /retention\.ms: it drops messages after 60 s.*retention\.ms=604800000/s,
      );
      await expect(opening).rejects.toThrow(/min\.insync\.replicas=2/);
      const allowUnsafe = ['retention.ms', 'min.insync.replicas'] as const;
      const taken = await open({
        prefix: own,
        topics: [{ name: 'shop', subjects: ['shop.>'], allowUnsafe }],
      });
      expect((await taken.publish([message(1)]))[0]).toEqual({ kind: 'acked' });
      await taken.close();
    });

    it('refuses a topic of which the server does not say how it is set', async () => {
      const own = prefix();
      await (await open({ prefix: own })).close();
      front.isReadable = false;
      await expect(open({ prefix: own }).finally(() => (front.isReadable = true))).rejects.toThrow(
        /unreadable: .*DESCRIBE_CONFIGS/,
      );
    });

    it('takes what its topics take, and no more', async () => {
      const own = prefix();
      await (await open({ prefix: own })).close();
      front.configure(`${own}shop`, { 'max.message.bytes': '20000' });
      const broker = await open({ prefix: own });
      const { maxBytes = 0 } = broker.limits();
      expect(maxBytes).toBeLessThan(20_000);
      const [outcome] = await broker.publish([{ ...message(1), body: new Uint8Array(maxBytes + 1) }]);
      expect(outcome).toMatchObject({
        kind: 'refused',
        error: { message: expect.stringContaining('max.message.bytes') },
      });
      await broker.close();
    });

    it('refuses a channel that lies in no topic', async () => {
      const broker = await open();
      await expect(collect(broker, { channels: ['bank.a'] })).rejects.toThrow(
        /no topic has the channel bank\.a/,
      );
      await broker.close();
    });

    it('is there while its server is away: publishing is to be tried again, subscribing begins later', async () => {
      const broker = await open({ brokers: '127.0.0.1:1', waitFor: 100 });
      expect(broker.health()).toMatchObject({
        connected: false,
        problem: expect.stringContaining('ECONNREFUSED'),
      });
      expect((await broker.publish([message(1)]))[0]).toMatchObject({ kind: 'retry' });
      await collect(broker);
      await broker.close();
    });

    it('goes on when all servers were away, with what was published meanwhile still to be published', async () => {
      const own = await startKafkaFront();
      const broker = await open({ brokers: own.url });
      const { got } = await collect(broker);
      await broker.publish([message(1)]);
      await vi.waitFor(() => expect(got).toEqual([1]), patience);
      for (const n of [1, 2, 3]) await own.cluster.down(n);
      await vi.waitFor(() => expect(broker.health()).toMatchObject({ connected: false }), patience);
      expect((await broker.publish([message(2)]))[0]).toMatchObject({ kind: 'retry' });
      for (const n of [1, 2, 3]) await own.cluster.up(n);
      await vi.waitFor(
        async () => expect(await broker.publish([message(2)])).toEqual([{ kind: 'acked' }]),
        patience,
      );
      await vi.waitFor(() => expect(got).toContain(2), patience);
      await broker.close();
      await own.stop();
    });

    it('notices that its connections are dead though nobody ended them', async () => {
      const link = await kafkaLink(front.brokers);
      const broker = await open({ brokers: link.brokers });
      const { got } = await collect(broker);
      await broker.publish([message(1)]);
      await vi.waitFor(() => expect(got).toEqual([1]), patience);
      link.silence();
      await vi.waitFor(
        async () => expect(await broker.publish([message(2)])).toEqual([{ kind: 'acked' }]),
        patience,
      );
      await vi.waitFor(() => expect(got).toContain(2), patience);
      await broker.close();
      await link.close();
    });

    it('gives everything up when it was not heard for long, and takes it again', async () => {
      const own = await startKafkaFront();
      const broker = await open({ brokers: own.url });
      const signals: AbortSignal[] = [];
      const got: number[] = [];
      let isStuck = true;
      await broker.subscribe({ group: 'g', channels: ['shop.a'] }, async (messages, { signal }) => {
        signals.push(signal);
        if (isStuck) await new Promise((resolve) => signal.addEventListener('abort', resolve));
        got.push(...messages.map(numberOf));
        return messages.map(() => ({ kind: 'done' }));
      });
      await broker.publish([message(1)]);
      await vi.waitFor(() => expect(signals).toHaveLength(1), patience);
      own.cluster.signal('SIGSTOP');
      await vi.waitFor(() => expect(signals[0]?.aborted).toBe(true), patience);
      isStuck = false;
      own.cluster.signal('SIGCONT');
      await vi.waitFor(
        async () => expect(await broker.publish([message(2)])).toEqual([{ kind: 'acked' }]),
        patience,
      );
      await vi.waitFor(() => expect(got.at(-1)).toBe(2), patience);
      expect(got).toContain(1);
      await broker.close();
      await own.stop();
    });

    it('tries again where the leader has changed', async () => {
      const broker = await open();
      const { got } = await collect(broker);
      await cluster.fail(PRODUCE, NOT_LEADER);
      expect((await broker.publish([message(1)]))[0]).toMatchObject({
        kind: 'retry',
        error: { message: expect.stringContaining('NOT_LEADER') },
      });
      expect(await broker.publish([message(1), message(2)])).toEqual([{ kind: 'acked' }, { kind: 'acked' }]);
      await vi.waitFor(() => expect(got).toEqual([1, 2]), patience);
      await broker.close();
    });

    it('refuses the one message that is too large, whichever the server meant', async () => {
      const broker = await open();
      const { got } = await collect(broker);
      // The batch, and then the first one alone.
      await cluster.fail(PRODUCE, MESSAGE_TOO_LARGE, 2);
      const one = { ...message(1, 'a'), channel: 'shop.a' };
      const outcomes = await broker.publish([one, message(2, 'a'), message(3, 'a')]);
      expect(outcomes.map(({ kind }) => kind)).toEqual(['refused', 'retry', 'retry']);
      await broker.publish([message(4, 'a')]);
      await vi.waitFor(() => expect(got).toEqual([4]), patience);
      await broker.close();
    });

    it('puts a key where any Kafka client puts it, and delivers what others publish', async () => {
      const own = prefix();
      const broker = await open({
        prefix: own,
        topics: [{ name: 'shop.a', subjects: ['shop.a'], partitions: 8 }],
      });
      const got: WireMessage[] = [];
      await broker.subscribe({ group: 'g', channels: ['shop.a'] }, async (messages) => {
        got.push(...messages);
        return messages.map(() => ({ kind: 'done' }));
      });
      const keys = Array.from({ length: 20 }, (_, n) => `key-${n}`);
      await broker.publish(keys.map((key, n) => message(n, key)));
      const { Producer } = await import('@platformatic/kafka');
      const producer = new Producer({ clientId: 'other', bootstrapBrokers: [...cluster.brokers] });
      await producer.send({
        messages: keys.map((key) => ({
          topic: `${own}shop.a`,
          key: Buffer.from(key),
          value: Buffer.from('from elsewhere'),
          headers: new Map([[Buffer.from('content-type'), Buffer.from('text/plain')]]),
        })),
      });
      await producer.close();
      await vi.waitFor(() => expect(got.length).toBe(40), patience);
      const foreign = got.filter(({ contentType }) => contentType === 'text/plain');
      // Its id says the partition.
      for (const { id, key = '', channel } of foreign) {
        expect(id).toMatch(new RegExp(`^${own}shop\\.a/${partitionOf(key, 8)}/\\d+$`));
        expect(channel).toBe('shop.a');
      }
      expect(foreign.map(({ key }) => key).sort()).toEqual([...keys].sort());
      await broker.close();
    });

    it('keeps for its group what only members asked for that are gone', async () => {
      const own = prefix();
      const broker = await open({ prefix: own });
      const young = await collect(broker, { channels: ['shop.a', 'shop.b'] });
      await young.subscription.stop();
      const old = await collect(broker);
      await broker.publish([message(1, 'one'), message(2, 'two', 'shop.b'), message(3, 'one')]);
      await vi.waitFor(() => expect(old.got).toEqual([1, 3]), patience);
      const back = await collect(broker, { channels: ['shop.a', 'shop.b'] });
      await vi.waitFor(() => expect(back.got).toEqual([2]), patience);
      await broker.close();
    });

    it('begins with what is new once only: what comes while all members are away is not missed', async () => {
      const broker = await open();
      await broker.publish([message(1)]);
      const first = await collect(broker, { from: 'new' });
      await first.subscription.stop();
      await broker.publish([message(2)]);
      const second = await collect(broker, { from: 'new' });
      await vi.waitFor(() => expect(second.got).toEqual([2]), patience);
      await broker.close();
    });

    it('does not deliver twice what was done behind one that was not', async () => {
      const own = prefix();
      const broker = await open({
        prefix: own,
        topics: [{ name: 'shop', subjects: ['shop.>'], partitions: 1 }],
      });
      const got: number[] = [];
      const stuck = await broker.subscribe(
        { group: 'g', channels: ['shop.a'] },
        async (messages, { signal }) => {
          if (messages.some(({ key }) => key === 'slow'))
            await new Promise((resolve) => signal.addEventListener('abort', resolve));
          got.push(...messages.map(numberOf));
          return messages.map(() => ({ kind: 'done' }));
        },
      );
      await broker.publish([message(0, 'slow')]);
      await broker.publish(Array.from({ length: 20 }, (_, n) => message(n + 1, `k${n}`)));
      await vi.waitFor(() => expect(got.length).toBe(20), patience);
      await stuck.stop({ within: 10 });
      const rest = await collect(broker);
      await broker.publish([message(99)]);
      await vi.waitFor(() => expect(rest.got).toContain(99), patience);
      expect([...rest.got].sort()).toEqual([0, 99]);
      await broker.close();
    });

    it('says how much a group has before it', async () => {
      const broker = await open();
      expect(await broker.lag?.('nobody')).toBeUndefined();
      const { subscription } = await collect(broker);
      await subscription.stop();
      await broker.publish([message(1), message(2), message(3, 'x')]);
      expect(await broker.lag?.('g')).toBe(3);
      await broker.close();
    });
  });
} else {
  console.warn(`Kafka was not tested: ${kafka.reason}`);
  describe.skip(`Kafka as a broker (not run: ${kafka.reason})`, () => {
    it('needs a cluster', () => undefined);
  });
}
