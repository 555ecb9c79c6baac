/**
 * What every adapter of a port must do, as suites that take a factory. An adapter's test calls its suite and
 * says in a record of features where it promises more than the port, or less. They import the runtime's face and
 * vitest only, so that an adapter outside this repository can run them.
 */

import {
  type Broker,
  type DeliveryOutcome,
  deliverEach,
  type OutgoingMessage,
  publishAll,
  type SubscriptionOptions,
  sizeOf,
  type Transaction,
  type WireMessage,
} from '@chirograph/runtime';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

export interface BrokerFeatures {
  /** Drops a message that is sent again under the same `deduplicationId`. */
  readonly deduplicates: Feature;
  /** Keys do not wait for one another within a member. */
  readonly parallelKeys: Feature;
  /** Hands several messages to one call of `deliver`. */
  readonly batches: Feature;
  /** A group that is new begins with the oldest message that is kept. */
  readonly history: Feature;
  /** Has a limit that `limits()` knows, and refuses what is larger. */
  readonly limitsSize: Feature;
  /** Refuses a message for a channel that it has no place for. */
  readonly refusesUnknownChannels: Feature;
  /** A member can die without a word: `mortal()` says how. */
  readonly membersDie: Feature;
  /** Keeps messages when its server is killed and started again. */
  readonly survivesKill: Feature;
}

/** What a broker promises; or why it does not, which is printed where the test would be. */
export type Feature = true | { readonly not: string };

/** One broker, fresh for each test. It must have a place for `shop.>`, `shop/...` and `bank.>`: two streams or topics, if it has such. */
export interface BrokerUnderTest {
  readonly broker: Broker;
  /** Another connection to the same broker, or the broker itself where there is only one. */
  another(): Promise<Broker>;
  /**
   * One more connection, whose member can die without a word: from then on nothing that it sends reaches the server, and its connections end. Only
   * called when `membersDie`.
   */
  mortal?(): Promise<{ readonly broker: Broker; die(): Promise<void> }>;
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
      await publishAll(broker, [{ ...sent, deduplicationId: 'row-1' }]);
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
        await member.subscribe(
          to('g', 'shop.a', 'shop.b'),
          deliverEach(async (delivered) => {
            // Later messages are quicker: an adapter that lets a key's messages overlap shows here.
            for (let turn = numberOf(delivered) % 5; turn < 5; turn++)
              await new Promise((next) => setImmediate(next));
            got.push(numberOf(delivered));
          }),
        );
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
      const take = deliverEach(async (delivered) => void got.push(numberOf(delivered)));
      await broker.subscribe(to('g'), async (messages, context) => {
        if (messages.map(numberOf).includes(1) && rejections-- > 0) throw new Error('not now');
        return take(messages, context);
      });
      await broker.publish([message('a', 1), message('a', 2), message('a', 3)]);
      await vi.waitFor(() => expect(got).toEqual([1, 2, 3]), patience);
    });

    it('keeps messages for a group whose members are away', async () => {
      const away = await broker.subscribe(
        to('g'),
        deliverEach(async () => undefined),
      );
      await away.stop();
      const publishing = broker.publish([message('a', 1), message('a', 2)]);
      const got = await collect(broker, 'g');
      await publishing;
      await arrived(got, 2);
      expect(numbers(got)).toEqual([1, 2]);
    });

    it('lets a group come back for more channels', async () => {
      const before = await broker.subscribe(
        to('g'),
        deliverEach(async () => undefined),
      );
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
      const subscription = await broker.subscribe(
        { group: 'g', channels: ['shop.a'], batch: 1 },
        deliverEach(async (delivered) => {
          entered.resolve();
          await leave.promise;
          got.push(numberOf(delivered));
        }),
      );
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

    it('takes back what is still under way when stopping takes too long, and gives it to others', async () => {
      const aborted = Promise.withResolvers<void>();
      const entered = Promise.withResolvers<void>();
      const stuck = await broker.subscribe(to('g'), (_, { signal }) => {
        signal.addEventListener('abort', () => aborted.resolve());
        entered.resolve();
        return new Promise(() => undefined);
      });
      const publishing = broker.publish([message('a', 1), message('a', 2)]);
      await entered.promise;
      await stuck.stop({ within: 20 });
      await aborted.promise;
      const rest = await collect(broker, 'g');
      // At least once, and each for the first time in order.
      await vi.waitFor(() => expect([...new Set(numbers(rest))]).toEqual([1, 2]), patience);
      await publishing;
    });

    it('goes on after a message that its group refuses for good', async () => {
      const got: number[] = [];
      await broker.subscribe(to('g'), async (messages) =>
        messages.map((delivered): DeliveryOutcome => {
          const number = numberOf(delivered);
          if (number === 1) return { kind: 'refused', reason: 'nobody understands it' };
          got.push(number);
          return { kind: 'done' };
        }),
      );
      await broker.publish([message('a', 1), message('a', 2), message('b', 3)]);
      await vi.waitFor(() => expect([...got].sort()).toEqual([2, 3]), patience);
    });

    it('delivers what was left for later again, before later messages of its key', async () => {
      const got: number[] = [];
      let left = 2;
      await broker.subscribe(to('g'), async (messages) => {
        let isLeft = false;
        return messages.map((delivered): DeliveryOutcome => {
          const number = numberOf(delivered);
          isLeft ||= number === 2 && left-- > 0;
          if (isLeft && delivered.key === 'a') return { kind: 'again', after: 5 };
          got.push(number);
          return { kind: 'done' };
        });
      });
      await broker.publish([1, 2, 3, 4].map((n) => message('a', n)));
      await vi.waitFor(() => expect(got).toEqual([1, 2, 3, 4]), patience);
    });

    it('keeps the order of 16 keys among members that come and go', async () => {
      const got: number[] = [];
      const options = { ...to('g', 'shop.a', 'shop.b'), batch: 8, maxInFlight: 64 };
      const take = deliverEach(async (delivered) => {
        await new Promise((next) => setImmediate(next));
        got.push(numberOf(delivered));
      });
      const first = await broker.subscribe(options, take);
      await (await under.another()).subscribe(options, take);
      const sent = Array.from({ length: 320 }, (_, n) =>
        message(`k${n % 16}`, n, n % 2 ? 'shop.a' : 'shop.b'),
      );
      const publishing = [broker.publish(sent.slice(0, 160))];
      await arrived(got, 40);
      await first.stop();
      await (await under.another()).subscribe(options, take);
      publishing.push(broker.publish(sent.slice(160)));
      await vi.waitFor(() => expect(new Set(got).size).toBe(320), patience);
      await Promise.all(publishing);
      for (let key = 0; key < 16; key++) {
        const firsts = [...new Set(got.filter((n) => n % 16 === key))];
        expect(firsts).toEqual([...firsts].sort((one, other) => one - other));
      }
    });

    it('loses nothing of what one member of a group does not know', async () => {
      const old: number[] = [];
      const young: number[] = [];
      await broker.subscribe(
        to('g', 'shop.a'),
        deliverEach(async (it) => void old.push(numberOf(it))),
      );
      const other = await under.another();
      await other.subscribe(
        to('g', 'shop.a', 'shop.b'),
        deliverEach(async (it) => void young.push(numberOf(it))),
      );
      const sent = Array.from({ length: 40 }, (_, n) => message(`k${n % 4}`, n, n % 2 ? 'shop.a' : 'shop.b'));
      const publishing = broker.publish(sent);
      await vi.waitFor(() => expect(new Set([...old, ...young]).size).toBe(40), patience);
      expect(old.filter((n) => n % 2 === 0)).toEqual([]);
      await publishing;
    });

    it('still delivers all channels of a group when a member that knows fewer comes back', async () => {
      const young: number[] = [];
      const other = await under.another();
      await other.subscribe(
        to('g', 'shop.a', 'shop.b'),
        deliverEach(async (it) => void young.push(numberOf(it))),
      );
      const old = await broker.subscribe(
        to('g', 'shop.a'),
        deliverEach(async () => undefined),
      );
      await old.stop();
      const publishing = broker.publish([message('a', 2, 'shop.b')]);
      await vi.waitFor(() => expect(young).toEqual([2]), patience);
      await publishing;
    });

    it('delivers one key at a time within a member, also from two places', async () => {
      let underWay = 0;
      let most = 0;
      let count = 0;
      await broker.subscribe(
        to('g', 'shop.a', 'bank.a'),
        deliverEach(async () => {
          most = Math.max(most, ++underWay);
          for (let turn = 0; turn < 3; turn++) await new Promise((next) => setImmediate(next));
          underWay -= 1;
          count += 1;
        }),
      );
      const sent = Array.from({ length: 40 }, (_, n) => message('k', n, n % 2 ? 'shop.a' : 'bank.a'));
      await broker.publish(sent);
      await vi.waitFor(() => expect(count).toBe(40), patience);
      expect(most).toBe(1);
    });

    it('delivers both of two versions of one fact, and both of two sendings of one message', async () => {
      const got = await collect(broker, 'g', ['shop.a', 'shop.b']);
      const fact = { ...message('a', 1), identity: 'shop.happened ["1"]' };
      await broker.publish([
        { ...fact, deduplicationId: 'row-1' },
        { ...fact, version: '2.0', channel: 'shop.b', deduplicationId: 'row-2' },
      ]);
      await broker.publish([fact]);
      await broker.publish([fact]);
      await arrived(got, 4);
      expect(got.map(({ version }) => version).sort()).toEqual(['1.0', '1.0', '1.0', '2.0']);
    });

    it('takes no more than it was allowed to hold', async () => {
      const held: number[] = [];
      const release = Promise.withResolvers<void>();
      const options = { ...to('g'), concurrency: 2, batch: 4, maxInFlight: 8 };
      let calls = 0;
      await broker.subscribe(options, async (messages) => {
        expect(messages.length).toBeLessThanOrEqual(4);
        expect(++calls).toBeLessThanOrEqual(2);
        held.push(...messages.map(numberOf));
        await release.promise;
        calls -= 1;
        return messages.map(() => ({ kind: 'done' }));
      });
      const sent = Array.from({ length: 40 }, (_, n) => message(`k${n}`, n));
      const publishing = broker.publish(sent);
      await arrived(held, 1);
      expect(held.length).toBeLessThanOrEqual(8);
      release.resolve();
      await arrived(held, 40);
      await publishing;
    });

    it('holds no more than maxInFlight, however many could be delivered at once', async () => {
      let holds = 0;
      let most = 0;
      let count = 0;
      const options = { ...to('g'), concurrency: 16, batch: 16, maxInFlight: 5 };
      await broker.subscribe(options, async (messages) => {
        holds += messages.length;
        most = Math.max(most, holds);
        for (let turn = 0; turn < 5; turn++) await new Promise((next) => setImmediate(next));
        holds -= messages.length;
        count += messages.length;
        return messages.map(() => ({ kind: 'done' }));
      });
      await broker.publish(Array.from({ length: 60 }, (_, n) => message(`k${n}`, n)));
      await vi.waitFor(() => expect(count).toBe(60), patience);
      expect(most).toBeLessThanOrEqual(5);
    });

    it('carries large messages, and headers by the dozen', async () => {
      const got = await collect(broker, 'g');
      const { maxBytes = 1_000_000 } = broker.limits();
      const headers = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`x-${n}`, `value ${n}`]));
      const sent = { ...message('a', 1), headers };
      const body = new Uint8Array(Math.min(maxBytes, 900_000) - sizeOf(sent) - 1_000).map((_, n) => n % 251);
      await publishAll(broker, [{ ...sent, body }, message('a', 2)]);
      await arrived(got, 2);
      expect(got[0]?.headers).toEqual(headers);
      expect(Buffer.compare(got[0]?.body ?? new Uint8Array(), body)).toBe(0);
    });

    it('drains a member that stops under load: nothing is lost, and nothing is delivered twice', async () => {
      const got: number[] = [];
      const take = deliverEach(async (delivered) => {
        await new Promise((next) => setImmediate(next));
        got.push(numberOf(delivered));
      });
      const options = { ...to('g'), batch: 4, concurrency: 4 };
      const leaving = await broker.subscribe(options, take);
      await (await under.another()).subscribe(options, take);
      const sent = Array.from({ length: 400 }, (_, n) => message(`k${n % 16}`, n));
      const publishing = broker.publish(sent);
      await arrived(got, 50);
      await leaving.stop();
      await publishing;
      await vi.waitFor(() => expect(new Set(got).size).toBe(400), patience);
      expect(got.length).toBe(400);
    });

    it('serves 50 groups, each with all messages in the order of their keys', async () => {
      const groups = Array.from({ length: 50 }, (_, n) => ({ name: `g${n}`, got: [] as number[] }));
      for (const { name: group, got } of groups)
        await broker.subscribe(
          to(group),
          deliverEach(async (delivered) => void got.push(numberOf(delivered))),
        );
      const numbersSent = Array.from({ length: 20 }, (_, n) => n);
      await publishAll(
        broker,
        numbersSent.map((n) => message(`k${n % 2}`, n)),
      );
      for (const { got } of groups) {
        await vi.waitFor(
          () => expect([...new Set(got)].toSorted((a, b) => a - b)).toEqual(numbersSent),
          patience,
        );
        for (const key of [0, 1]) {
          const firsts = [...new Set(got.filter((n) => n % 2 === key))];
          expect(firsts).toEqual([...firsts].sort((a, b) => a - b));
        }
      }
    }, 240_000);

    itWhere(
      features.membersDie,
      'goes on when a member dies, with what that had and did not acknowledge first',
      async () => {
        const dying = (await under.mortal?.()) ?? expect.fail('a broker whose members die offers mortal()');
        const got: number[] = [];
        const options = { ...to('g'), batch: 4, maxInFlight: 32 };
        const held = Promise.withResolvers<void>();
        const forgotten = Promise.withResolvers<never>();
        await dying.broker.subscribe(options, () => {
          held.resolve();
          return forgotten.promise;
        });
        const sent = Array.from({ length: 160 }, (_, n) => message(`k${n % 16}`, n));
        const publishing = broker.publish(sent);
        await held.promise;
        await (await under.another()).subscribe(
          options,
          deliverEach(async (delivered) => void got.push(numberOf(delivered))),
        );
        await dying.die();
        await vi.waitFor(() => expect(new Set(got).size).toBe(160), longPatience);
        forgotten.reject(new Error('it is dead'));
        await publishing;
        for (let key = 0; key < 16; key++) {
          const firsts = [...new Set(got.filter((n) => n % 16 === key))];
          expect(firsts).toEqual([...firsts].sort((one, other) => one - other));
        }
      },
      120_000,
    );

    it('acknowledges each message that it has taken, and says that it is connected', async () => {
      const outcomes = await broker.publish([message('a', 1), message('b', 2)]);
      expect(outcomes).toEqual([{ kind: 'acked' }, { kind: 'acked' }]);
      expect(broker.health()).toMatchObject({ connected: true });
    });

    it('refuses to take part in a transaction', async () => {
      const tx = {} as Transaction;
      await expect(broker.publish([message('a', 1)], { tx })).rejects.toThrow('outbox');
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
      'drops what is sent again under the same id, and nothing else',
      async () => {
        const got = await collect(broker, 'g');
        const one = { ...message('a', 1), id: 'request-1', deduplicationId: 'row-1' };
        const other = { ...message('a', 2), id: 'request-1', deduplicationId: 'row-2' };
        await broker.publish([one, other]);
        expect(await broker.publish([one, other])).toEqual([{ kind: 'acked' }, { kind: 'acked' }]);
        await broker.publish([message('a', 3)]);
        await arrived(got, 3);
        expect(numbers(got)).toEqual([1, 2, 3]);
      },
    );

    itWhere(features.parallelKeys, 'lets one key wait without holding up another', async () => {
      const release = Promise.withResolvers<void>();
      const got: number[] = [];
      await broker.subscribe(
        to('g'),
        deliverEach(async (delivered) => {
          if (delivered.key === 'slow') await release.promise;
          got.push(numberOf(delivered));
        }),
      );
      const publishing = broker.publish([message('slow', 1), message('slow', 2), message('quick', 3)]);
      await vi.waitFor(() => expect(got).toEqual([3]), patience);
      release.resolve();
      await publishing;
      await arrived(got, 3);
      expect(got).toEqual([3, 1, 2]);
    });

    itWhere(features.batches, 'hands over together what waits together', async () => {
      const sizes: number[] = [];
      const got: number[] = [];
      await broker.subscribe({ ...to('g'), concurrency: 1, batch: 16 }, async (messages) => {
        sizes.push(messages.length);
        got.push(...messages.map(numberOf));
        return messages.map(() => ({ kind: 'done' }));
      });
      await broker.publish(Array.from({ length: 64 }, (_, n) => message(`k${n}`, n)));
      await arrived(got, 64);
      expect(got.toSorted((one, other) => one - other)).toEqual(Array.from({ length: 64 }, (_, n) => n));
      expect(Math.max(...sizes)).toBeGreaterThan(1);
      expect(Math.max(...sizes)).toBeLessThanOrEqual(16);
    });

    itWhere(features.history, 'begins a new group where it is told to', async () => {
      await publishAll(broker, [message('a', 1)]);
      const all = await collect(broker, 'all');
      const fresh: WireMessage[] = [];
      await broker.subscribe(
        { ...to('fresh'), from: 'new' },
        deliverEach(async (it) => void fresh.push(it)),
      );
      await publishAll(broker, [message('a', 2)]);
      await arrived(all, 2);
      await arrived(fresh, 1);
      expect([numbers(all), numbers(fresh)]).toEqual([[1, 2], [2]]);
    });

    itWhere(
      features.limitsSize,
      'refuses what is too large, holds what follows of its key, and lets the rest go',
      async () => {
        const { maxBytes = 0 } = broker.limits();
        expect(maxBytes).toBeGreaterThan(0);
        const got = await collect(broker, 'g');
        const large = { ...message('a', 2), body: new Uint8Array(maxBytes + 1) };
        const outcomes = await broker.publish([message('a', 1), large, message('a', 3), message('b', 4)]);
        expect(outcomes.map(({ kind }) => kind)).toEqual(['acked', 'refused', 'retry', 'acked']);
        await arrived(got, 2);
        expect(numbers(got).sort()).toEqual([1, 4]);
        const [, refused] = outcomes;
        expect(refused?.kind === 'refused' && refused.error.message).toContain('shop.a');
      },
    );

    itWhere(features.refusesUnknownChannels, 'refuses what it has no place for, by name', async () => {
      const [outcome] = await broker.publish([message('a', 1, 'nowhere.a')]);
      expect(outcome?.kind).toBe('refused');
      expect(outcome?.kind === 'refused' && outcome.error.message).toContain('nowhere.a');
    });

    itWhere(
      features.survivesKill,
      'loses none of 10,000 messages when its server is killed at a third and at half of them',
      async () => {
        const total = 10_000;
        const seen = new Set<number>();
        const last = new Map<number, number>();
        const inversions: number[] = [];
        await broker.subscribe(to('g'), async (messages) =>
          messages.map((delivered): DeliveryOutcome => {
            const number = numberOf(delivered);
            if (!seen.has(number)) {
              seen.add(number);
              if (number < (last.get(number % 16) ?? 0)) inversions.push(number);
              last.set(number % 16, number);
            }
            return { kind: 'done' };
          }),
        );
        // As a relay does: in order, and again until the broker has it.
        const publishing = (async () => {
          for (let from = 0; from < total; from += 200) {
            await vi.waitFor(() => expect(seen.size).toBeGreaterThan(from - 1_000), longPatience);
            let left = Array.from(
              { length: 200 },
              (_, n): OutgoingMessage => ({
                ...message(`k${(from + n) % 16}`, from + n),
                deduplicationId: `row-${from + n}`,
              }),
            );
            await vi.waitFor(async () => {
              const outcomes = await broker.publish(left);
              left = left.filter((_, n) => outcomes[n]?.kind !== 'acked');
              expect(left).toEqual([]);
            }, longPatience);
          }
        })();
        for (const part of [total / 3, total / 2]) {
          await vi.waitFor(() => expect(seen.size).toBeGreaterThanOrEqual(part), longPatience);
          await under.killAndRestart();
        }
        await publishing;
        await vi.waitFor(() => expect(seen.size).toBe(total), longPatience);
        expect(inversions).toEqual([]);
      },
      300_000,
    );
  });
}

function itWhere(feature: Feature, name: string, run: () => Promise<void>, timeout = 30_000): void {
  if (feature === true) it(name, { timeout }, run);
  else it.skip(`${name} (not run: ${feature.not})`, run);
}

const patience = { timeout: 20_000 };
const longPatience = { timeout: 110_000 };

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

function to(group: string, ...channels: readonly string[]): SubscriptionOptions {
  return { group, channels: channels.length > 0 ? channels : ['shop.a'] };
}

async function collect(broker: Broker, group: string, channels = ['shop.a']): Promise<WireMessage[]> {
  const got: WireMessage[] = [];
  await broker.subscribe(
    { group, channels },
    deliverEach(async (delivered) => void got.push(delivered)),
  );
  return got;
}

async function arrived(got: readonly unknown[], count: number): Promise<void> {
  await vi.waitFor(() => expect(got.length).toBeGreaterThanOrEqual(count), patience);
}
