/**
 * What every adapter of a port must do, as suites that take a factory. An adapter's test calls its suite and
 * says in a record of features where it promises more than the port.
 */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Broker } from '../ports/broker.ts';
import type { WireMessage } from '../ports/message.ts';
import { sqliteStore } from '../sqlite/index.ts';

export interface BrokerFeatures {
  /** Drops a message whose identity (or else id) it has just seen. */
  readonly deduplicates: Feature;
  /** Keys do not wait for one another within a member. */
  readonly parallelKeys: Feature;
  /** Keeps messages when its server is killed and started again. */
  readonly survivesKill: Feature;
}

/** What a broker promises beyond the port; or why it does not, which is printed where the test would be. */
export type Feature = true | { readonly not: string };

/** One broker, fresh for each test. */
export interface BrokerUnderTest {
  readonly broker: Broker;
  /** Another connection to the same broker, or the broker itself where there is only one. */
  another(): Promise<Broker>;
  /** Kills the server with SIGKILL and starts it again; only called when `survivesKill`. */
  killAndRestart(): Promise<void>;
  close(): Promise<void>;
}

export function describeBroker(
  name: string,
  features: BrokerFeatures,
  open: () => Promise<BrokerUnderTest>,
): void {
  describe(`${name} as a broker`, () => {
    let under: BrokerUnderTest;
    let broker: Broker;

    beforeEach(async () => {
      under = await open();
      broker = under.broker;
    });
    afterEach(() => under.close());

    it('delivers a message whole', async () => {
      const got = await collect(broker, 'g');
      const sent: WireMessage = {
        ...message('a', 1),
        version: '2.0',
        identity: 'points ["a",1]',
        headers: { 'correlation-id': 'c-1', greeting: ' ສະບາຍດີ 100%\r\nsecond line ', 'x-empty': '' },
        body: Uint8Array.from([0, 255, 10, 13]),
      };
      await broker.publish([sent]);
      await arrived(got, 1);
      expect(got).toEqual([sent]);
    });

    it('leaves out what the message does not have', async () => {
      const got = await collect(broker, 'g');
      const { name: _, version: __, key: ___, ...bare } = message('a', 1);
      await broker.publish([bare]);
      await arrived(got, 1);
      expect(got).toEqual([bare]);
    });

    it('delivers each message to every group, and only on the channels asked for', async () => {
      const one = await collect(broker, 'one', ['shop.a']);
      const two = await collect(broker, 'two', ['shop.a', 'shop.b']);
      await broker.publish([message('a', 1), message('b', 2, 'shop.b'), message('c', 3, 'shop.c')]);
      await broker.publish([message('a', 4)]);
      await arrived(two, 3);
      await arrived(one, 2);
      expect(numbers(two)).toEqual([1, 2, 4]);
      expect(numbers(one)).toEqual([1, 4]);
    });

    it('delivers what is sent to an address of the form asked for, with that address', async () => {
      const got = await collect(broker, 'g', ['shop.{region}.placed', 'shop/{order}/v{major}']);
      const addresses = ['shop.eu.placed', 'shop.Zürich_=2A%.placed', 'shop/o-1/v2'];
      const others = ['shop.placed', 'shop.eu.west.placed', 'shop.eu.paid', 'shop/o-1/x2', 'shop/o-1'];
      const sent = [...others, ...addresses].map((channel, n) => message('a', n, channel));
      await broker.publish(sent);
      await arrived(got, 3);
      expect(got.map((it) => it.channel)).toEqual(addresses);
    });

    it('delivers once what is both at an address and of a form asked for', async () => {
      const channels = ['shop.eu.placed', 'shop.{region}.placed', 'shop.eu.{what}', 'shop.a'];
      const got = await collect(broker, 'g', channels);
      await broker.publish([
        message('a', 1, 'shop.eu.placed'),
        message('a', 2, 'shop.us.placed'),
        message('a', 3, 'shop.us.paid'),
        message('a', 4, 'shop.eu.paid'),
        message('a', 5),
      ]);
      await arrived(got, 4);
      expect(numbers(got)).toEqual([1, 2, 4, 5]);
    });

    it('shares the messages of a group among its members, in the order of each key', async () => {
      const got: number[] = [];
      const members = [broker, await under.another(), await under.another()];
      for (const member of members) {
        await member.subscribe({ group: 'g', channels: ['shop.a', 'shop.b'] }, async (delivered) => {
          // Later messages are quicker: an adapter that lets a key's messages overlap shows here.
          for (let turn = numberOf(delivered) % 5; turn < 5; turn++)
            await new Promise((next) => setImmediate(next));
          got.push(numberOf(delivered));
        });
      }
      const sent = Array.from({ length: 60 }, (_, n) => message(`k${n % 3}`, n, n % 2 ? 'shop.a' : 'shop.b'));
      await broker.publish(sent.slice(0, 30));
      await broker.publish(sent.slice(30));
      await vi.waitFor(() => expect(got.length).toBe(60), patience);
      for (const key of [0, 1, 2]) {
        const ofKey = got.filter((n) => n % 3 === key);
        expect(ofKey).toEqual([...ofKey].sort((one, other) => one - other));
      }
      expect(new Set(got).size).toBe(60);
    });

    it('delivers what was rejected again, before later messages of its key', async () => {
      const got: number[] = [];
      let rejections = 2;
      await broker.subscribe({ group: 'g', channels: ['shop.a'] }, async (delivered) => {
        if (numberOf(delivered) === 1 && rejections-- > 0) throw new Error('not now');
        got.push(numberOf(delivered));
      });
      await broker.publish([message('a', 1), message('a', 2), message('a', 3)]);
      await vi.waitFor(() => expect(got).toEqual([1, 2, 3]), patience);
    });

    it('keeps messages for a group whose members are away', async () => {
      const away = await broker.subscribe({ group: 'g', channels: ['shop.a'] }, async () => undefined);
      await away.stop();
      const publishing = broker.publish([message('a', 1), message('a', 2)]);
      const got = await collect(broker, 'g');
      await publishing;
      await arrived(got, 2);
      expect(numbers(got)).toEqual([1, 2]);
    });

    it('lets a group come back for more channels', async () => {
      const before = await broker.subscribe({ group: 'g', channels: ['shop.a'] }, async () => undefined);
      await before.stop();
      const got = await collect(broker, 'g', ['shop.a', 'shop.b', 'shop.c']);
      await broker.publish([message('k', 1), message('k', 2, 'shop.b'), message('k', 3, 'shop.c')]);
      await arrived(got, 3);
      expect(numbers(got)).toEqual([1, 2, 3]);
    });

    it('waits for the delivery under way when stopped, and then delivers no more', async () => {
      const got: number[] = [];
      const entered = Promise.withResolvers<void>();
      const leave = Promise.withResolvers<void>();
      const subscription = await broker.subscribe({ group: 'g', channels: ['shop.a'] }, async (delivered) => {
        entered.resolve();
        await leave.promise;
        got.push(numberOf(delivered));
      });
      const publishing = broker.publish([message('a', 1), message('a', 2)]);
      await entered.promise;
      const stopped = subscription.stop().then(() => expect(got).toEqual([1]));
      leave.resolve();
      await stopped;
      const rest = await collect(broker, 'g');
      await arrived(rest, 1);
      expect(got).toEqual([1]);
      expect(numbers(rest)).toEqual([2]);
      await publishing;
    });

    it('refuses to take part in a transaction', async () => {
      const store = sqliteStore({ file: ':memory:' });
      const publishing = store.transaction((tx) => broker.publish([message('a', 1)], { tx }));
      await expect(publishing).rejects.toThrow('outbox');
      await store.close();
    });

    it('publishes nothing when given nothing', async () => {
      await broker.publish([]);
    });

    it('refuses to publish once closed', async () => {
      const other = await open();
      await other.broker.close();
      await expect(other.broker.publish([message('a', 1)])).rejects.toThrow('closed');
      await other.close();
    });

    itWhere(
      features.deduplicates,
      'drops a message it has just seen, going by identity and not by id',
      async () => {
        const got = await collect(broker, 'g');
        const one = { ...message('a', 1), id: 'request-1', identity: 'wallet.debited ["request-1","gold"]' };
        const other = {
          ...message('a', 2),
          id: 'request-1',
          identity: 'wallet.debited ["request-1","silver"]',
        };
        await broker.publish([one, other]);
        await broker.publish([one, other]);
        await broker.publish([message('a', 3)]);
        await arrived(got, 3);
        expect(numbers(got)).toEqual([1, 2, 3]);
      },
    );

    itWhere(features.parallelKeys, 'lets one key wait without holding up another', async () => {
      const release = Promise.withResolvers<void>();
      const got: number[] = [];
      await broker.subscribe({ group: 'g', channels: ['shop.a'] }, async (delivered) => {
        if (delivered.key === 'slow') await release.promise;
        got.push(numberOf(delivered));
      });
      const publishing = broker.publish([message('slow', 1), message('slow', 2), message('quick', 3)]);
      await vi.waitFor(() => expect(got).toEqual([3]), patience);
      release.resolve();
      await publishing;
      expect(got).toEqual([3, 1, 2]);
    });

    itWhere(
      features.survivesKill,
      'loses nothing when its server is killed',
      async () => {
        const got: number[] = [];
        await broker.subscribe({ group: 'g', channels: ['shop.a'] }, async (delivered) => {
          got.push(numberOf(delivered));
        });
        // As a relay does: in order, and again until the broker has it.
        const publishing = (async () => {
          for (let n = 1; n <= 400; n++)
            await vi.waitFor(() => broker.publish([message('a', n)]), longPatience);
        })();
        await arrived(got, 10);
        await under.killAndRestart();
        await publishing;
        await vi.waitFor(() => expect(got.at(-1)).toBe(400), longPatience);
        // At least once, and each for the first time in order.
        expect([...new Set(got)]).toEqual(Array.from({ length: 400 }, (_, n) => n + 1));
      },
      60_000,
    );
  });
}

function itWhere(feature: Feature, name: string, run: () => Promise<void>, timeout = 30_000): void {
  if (feature === true) it(name, { timeout }, run);
  else it.skip(`${name} (not run: ${feature.not})`, run);
}

const patience = { timeout: 20_000 };
const longPatience = { timeout: 50_000 };

function message(key: string, number: number, channel = 'shop.a'): WireMessage {
  return {
    id: `m-${number}`,
    name: 'shop.happened',
    version: '1.0',
    channel,
    key,
    headers: {},
    contentType: 'application/json',
    body: new TextEncoder().encode(String(number)),
  };
}

function numberOf(delivered: WireMessage): number {
  return Number(new TextDecoder().decode(delivered.body));
}

function numbers(delivered: readonly WireMessage[]): number[] {
  return delivered.map(numberOf);
}

async function collect(broker: Broker, group: string, channels = ['shop.a']): Promise<WireMessage[]> {
  const got: WireMessage[] = [];
  await broker.subscribe({ group, channels }, async (delivered) => void got.push(delivered));
  return got;
}

async function arrived(got: readonly unknown[], count: number): Promise<void> {
  await vi.waitFor(() => expect(got.length).toBeGreaterThanOrEqual(count), patience);
}
