import { describeBroker } from '@chirograph/conformance/broker';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type CuttableLink, cuttableLink } from '../conformance/cuttable-link.ts';
import { type RedisServer, redisAvailability, startRedis } from '../conformance/redis-server.ts';
import type { Broker } from '../ports/broker.ts';
import { deliverEach } from '../ports/deliver-each.ts';
import type { OutgoingMessage } from '../ports/message.ts';
import { type Client, openConnection } from './connection.ts';
import { redisBroker } from './index.ts';
import { keysUnder } from './keys.ts';
import { redisLeases } from './leases.ts';
import { run, TRIM } from './scripts.ts';

const redis = redisAvailability();

if (redis.available) {
  let server: RedisServer;
  let opened = 0;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server?.stop());

  const features = {
    deduplicates: { not: 'Redis drops no duplicates' },
    batches: true,
    history: true,
    limitsSize: true,
    refusesUnknownChannels: true,
    parallelKeys: true,
    membersDie: true,
    survivesKill: true,
  } as const;
  describeBroker('Redis Streams', features, async () => {
    const prefix = `t${opened++}`;
    const connections: Broker[] = [];
    const links: CuttableLink[] = [];
    const connect = async (url = server.url): Promise<Broker> => {
      const broker = await redisBroker({
        url,
        prefix,
        streams: [
          { name: 'shop', subjects: ['shop.>'] },
          { name: 'bank', subjects: ['bank.>'] },
        ],
        partitions: 4,
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

  describe('redisBroker', () => {
    const message = (n: number): OutgoingMessage => ({
      id: String(n),
      key: 'k',
      channel: 'shop.a',
      headers: {},
      contentType: '',
      body: new Uint8Array(),
    });
    const patience = { timeout: 20_000 };
    const quiet = { onFault: () => undefined };
    async function collect(broker: Broker, group = 'g') {
      const got: string[] = [];
      const subscription = await broker.subscribe(
        { group, channels: ['shop.a'] },
        deliverEach(async ({ id }) => void got.push(id)),
      );
      return { got, subscription };
    }

    it('refuses a server that loses messages, with the remedy, unless that is allowed', async () => {
      const settings = ['--appendonly', 'no', '--maxmemory', '50mb', '--maxmemory-policy', 'allkeys-lru'];
      const own = await startRedis(settings);
      await expect(redisBroker({ url: own.url, ...quiet })).rejects.toThrow(
        /appendonly: [\s\S]*CONFIG SET appendonly yes[\s\S]*maxmemory-policy: [\s\S]*noeviction[\s\S]*allowUnsafe/,
      );
      const allowUnsafe = ['appendonly', 'maxmemory-policy'] as const;
      const broker = await redisBroker({ url: own.url, allowUnsafe, ...quiet });
      expect(await broker.publish([message(1)])).toEqual([{ kind: 'acked' }]);
      await broker.close();
      await own.stop();
    });

    it('refuses another number of partitions than the prefix has', async () => {
      const options = { url: server.url, prefix: 'parted', ...quiet };
      await (await redisBroker({ ...options, partitions: 4 })).close();
      await expect(redisBroker({ ...options, partitions: 8 })).rejects.toThrow('partitions: 4');
    });

    it('refuses a name or password that the server does not take', async () => {
      const url = server.url.replace('//', '//nobody:secret@');
      await expect(redisBroker({ url, ...quiet })).rejects.toThrow('WRONGPASS');
    });

    it('starts while its server is away, and begins when that comes', async () => {
      const own = await startRedis();
      await own.kill();
      const broker = await redisBroker({ url: own.url, ...quiet });
      expect(broker.health()).toMatchObject({
        connected: false,
        problem: expect.stringContaining('ECONNREFUSED'),
      });
      const { got } = await collect(broker);
      expect(await broker.publish([message(1)])).toMatchObject([{ kind: 'retry' }]);
      await own.start();
      await vi.waitFor(() => expect(broker.health().connected).toBe(true), patience);
      expect(await broker.publish([message(1)])).toEqual([{ kind: 'acked' }]);
      await vi.waitFor(() => expect(got).toEqual(['1']), patience);
      await own.kill();
      await broker.close();
      await own.stop();
    });

    it('notices a server that does not answer, and goes on when it does', async () => {
      const own = await startRedis();
      const broker = await redisBroker({ url: own.url, ...quiet });
      const { got } = await collect(broker);
      await broker.publish([message(1)]);
      await vi.waitFor(() => expect(got).toEqual(['1']), patience);
      own.signal('SIGSTOP');
      // What is under way when the connection is given up may have been stored.
      expect(await broker.publish([message(2)])).toMatchObject([{ kind: 'retry' }]);
      expect(broker.health().connected).toBe(false);
      own.signal('SIGCONT');
      await vi.waitFor(
        async () => expect(await broker.publish([message(3)])).toEqual([{ kind: 'acked' }]),
        patience,
      );
      await vi.waitFor(() => expect(got.at(-1)).toBe('3'), patience);
      await broker.close();
      await own.stop();
    });

    it('begins anew when somebody has emptied the server', async () => {
      const own = await startRedis();
      const broker = await redisBroker({ url: own.url, ...quiet });
      const { got } = await collect(broker);
      await broker.publish([message(1)]);
      await vi.waitFor(() => expect(got).toEqual(['1']), patience);
      const client = await openConnection({
        url: own.url,
        allowUnsafe: [],
        check: async () => undefined,
        ...quiet,
      });
      await client.current()?.call(['FLUSHALL']);
      await broker.publish([message(2)]);
      await vi.waitFor(() => expect(got).toEqual(['1', '2']), patience);
      client.close();
      await broker.close();
      await own.stop();
    });

    it('drops what all groups have acknowledged, and nothing that one of them has not', async () => {
      const prefix = 'trimmed';
      const options = { url: server.url, prefix, partitions: 1, keepFor: 0, ...quiet };
      const broker = await redisBroker(options);
      const slow = await collect(broker, 'slow');
      await slow.subscription.stop();
      const { got } = await collect(broker, 'quick');
      const connection = await openConnection({
        ...options,
        allowUnsafe: [],
        check: async () => undefined,
      });
      const client = connection.current() as Client;
      const trim = () => run<number>(client, TRIM, [keysUnder(prefix).stream('all', 0)], [0]);
      const all = Array.from({ length: 500 }, (_, n) => message(n));
      await broker.publish(all);
      await vi.waitFor(() => expect(got).toHaveLength(500), patience);
      expect(await trim()).toBe(0);
      const again = await collect(broker, 'slow');
      await vi.waitFor(() => expect(again.got).toHaveLength(500), patience);
      await vi.waitFor(async () => expect(await trim()).toBeGreaterThan(300), patience);
      await broker.close();
      connection.close();
    });

    it('takes no part of a transaction that the server has no memory for', async () => {
      const own = await startRedis(['--maxmemory', '3mb']);
      const broker = await redisBroker({ url: own.url, partitions: 1, ...quiet });
      const { got } = await collect(broker);
      const large = (n: number): OutgoingMessage => ({ ...message(n), body: new Uint8Array(400_000) });
      let stored = 0;
      let outcome = await broker.publish([large(0)]);
      for (; outcome[0]?.kind === 'acked' && stored < 100; stored += 1)
        outcome = await broker.publish([large(stored + 1)]);
      expect(outcome).toMatchObject([{ kind: 'retry', error: { message: expect.stringContaining('OOM') } }]);
      // Consuming goes on: it is what makes room.
      await vi.waitFor(() => expect(got.length).toBeGreaterThanOrEqual(stored), patience);
      const again = await collect(broker, 'later');
      await again.subscription.stop();
      await broker.close();
      await own.stop();
    });
  });

  it("lends leases by the server's clock, with a token that grows", async () => {
    const connection = await openConnection({
      url: server.url,
      allowUnsafe: [],
      check: async () => undefined,
      onFault: () => undefined,
    });
    // On a machine that does much else the first try may come too late.
    await vi.waitFor(() => expect(connection.current()).toBeDefined(), { timeout: 30_000 });
    const leases = redisLeases(() => connection.current() as Client, 'leases');
    const name = 'g/partition/1';
    const first = await leases.acquire({ name, holder: 'a', ttl: 60_000 });
    expect(await leases.acquire({ name, holder: 'b', ttl: 60_000 })).toBeUndefined();
    expect(await leases.acquire({ name, holder: 'a', ttl: 60_000 })).toBe(first);
    expect(await leases.held('g/')).toMatchObject([{ name, holder: 'a', token: first }]);
    await leases.release(name, (first ?? 0) + 1);
    expect(await leases.held('g/')).toHaveLength(1);
    await leases.release(name, first ?? 0);
    expect(await leases.held('g/')).toEqual([]);
    const next = await leases.acquire({ name, holder: 'b', ttl: 1 });
    expect(next).toBeGreaterThan(first ?? 0);
    await vi.waitFor(async () =>
      expect(await leases.acquire({ name, holder: 'c', ttl: 60_000 })).toBeGreaterThan(next ?? 0),
    );
    connection.close();
  });
} else {
  console.warn(`Redis was not tested: ${redis.reason}`);
  describe.skip(`Redis Streams as a broker (not run: ${redis.reason})`, () => {
    it('needs a server', () => undefined);
  });
}
