import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WireMessage } from '../ports/message.ts';
import type { DeliveryOutcome } from '../ports/subscriber.ts';
import { manualClock } from '../testing/manual-clock.ts';
import { lanes } from './lanes.ts';
import { murmur2 } from './murmur2.ts';
import { partitionOf } from './partition-of.ts';
import { watermark } from './watermark.ts';

describe('murmur2', () => {
  // The vectors of Kafka's own UtilsTest.testMurmur2.
  it.each([
    ['21', -973_932_308],
    ['foobar', -790_332_482],
    ['a-little-bit-long-string', -985_981_536],
    ['a-little-bit-longer-string', -1_486_304_829],
    ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58_897_971],
    ['abc', 479_470_107],
  ])('hashes %s as Kafka does', (text, hash) => {
    expect(murmur2(new TextEncoder().encode(text))).toBe(hash);
  });

  it('gives every key a partition that exists', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 1_000 }), (key, partitions) => {
        const partition = partitionOf(key, partitions);
        expect(Number.isInteger(partition) && partition >= 0 && partition < partitions).toBe(true);
      }),
    );
  });
});

describe('a watermark', () => {
  it('stands before the first that is not settled, whatever the order', () => {
    fc.assert(
      fc.property(fc.nat(40), fc.infiniteStream(fc.nat()), (count, order) => {
        const told: number[] = [];
        const mark = watermark<number>((position) => told.push(position));
        const open = Array.from({ length: count }, (_, position) => ({
          position,
          settle: mark.open(position),
        }));
        const settled = new Set<number>();
        for (const choice of order) {
          const [one] = open.splice(choice % Math.max(1, open.length), 1);
          if (!one) break;
          one.settle();
          settled.add(one.position);
          let first = 0;
          while (settled.has(first)) first += 1;
          expect(told.at(-1) ?? -1).toBe(first - 1);
          expect(mark.size).toBe(count - first);
        }
        expect(told).toEqual([...told].sort((one, other) => one - other));
      }),
    );
  });
});

function message(id: string, key: string | undefined): WireMessage {
  return {
    id,
    channel: 'c',
    ...(key !== undefined && { key }),
    headers: {},
    contentType: 'application/json',
    body: new Uint8Array(),
  };
}

const turn = () => new Promise<void>((next) => setImmediate(next));

describe('lanes', () => {
  it('deliver each key in order, one at a time, whatever is left for later, and nothing too often at once', async () => {
    const settings = fc.record({
      keys: fc.array(fc.constantFrom('a', 'b', 'c', undefined), { maxLength: 60 }),
      concurrency: fc.integer({ min: 1, max: 4 }),
      batch: fc.integer({ min: 1, max: 5 }),
      again: fc.array(fc.boolean(), { minLength: 1, maxLength: 7 }),
      rejections: fc.array(fc.boolean(), { minLength: 1, maxLength: 5 }),
    });
    await fc.assert(
      fc.asyncProperty(settings, async ({ keys, concurrency, batch, again, rejections }) => {
        const settled: string[] = [];
        const underWay = new Set<string>();
        let calls = 0;
        let asked = 0;
        const queue = lanes<WireMessage>({
          clock: manualClock(),
          messageOf: (it) => it,
          async deliver(messages) {
            const own = new Set(messages.flatMap(({ key }) => key ?? []));
            for (const key of own) {
              expect(underWay.has(key)).toBe(false);
              underWay.add(key);
            }
            expect(++calls).toBeLessThanOrEqual(concurrency);
            expect(messages.length).toBeLessThanOrEqual(batch);
            await turn();
            calls -= 1;
            for (const key of own) underWay.delete(key);
            // Not for ever, or nothing would end.
            if (asked < 100 && rejections[asked % rejections.length] && asked++ % 2) throw new Error('no');
            const failed = new Set<string>();
            return messages.map(({ key }): DeliveryOutcome => {
              const isLeft = (key && failed.has(key)) || (asked < 100 && again[asked++ % again.length]);
              if (isLeft && key) failed.add(key);
              return isLeft ? { kind: 'again', after: 0 } : { kind: 'done' };
            });
          },
          settled: ({ id }) => settled.push(id),
          concurrency: () => concurrency,
          batch: () => batch,
          redeliveryDelay: 0,
        });
        const sent = keys.map((key, n) => message(String(n), key));
        for (const one of sent) queue.add(one);
        await queue.whenBelow(1);
        expect([...settled].sort()).toEqual(sent.map(({ id }) => id).sort());
        for (const key of ['a', 'b', 'c']) {
          const ofKey = sent.filter((it) => it.key === key).map(({ id }) => id);
          expect(settled.filter((id) => ofKey.includes(id))).toEqual(ofKey);
        }
      }),
    );
  });

  it('give back what is not settled when stopped, in the order in which it came', async () => {
    const clock = manualClock();
    const entered = Promise.withResolvers<AbortSignal>();
    const settled: string[] = [];
    const queue = lanes<WireMessage>({
      clock,
      messageOf: (it) => it,
      deliver(_, { signal }) {
        entered.resolve(signal);
        return new Promise((_, abandon) => signal.addEventListener('abort', () => abandon(signal.reason)));
      },
      settled: ({ id }) => settled.push(id),
      concurrency: () => 1,
      batch: () => 2,
      redeliveryDelay: 10,
    });
    for (const [id, key] of Object.entries({ 1: 'a', 2: 'b', 3: 'a', 4: 'c' })) queue.add(message(id, key));
    const signal = await entered.promise;
    const stopped = queue.stop(5_000);
    await clock.advance(4_999);
    expect(signal.aborted).toBe(false);
    await clock.advance(1);
    expect(signal.aborted).toBe(true);
    expect((await stopped).map(({ id }) => id)).toEqual(['1', '2', '3', '4']);
    expect(settled).toEqual([]);
    queue.add(message('5', 'a'));
    expect(queue.size).toBe(4);
  });

  it('hear nothing of a delivery whose messages are no longer theirs', async () => {
    const done = Promise.withResolvers<readonly DeliveryOutcome[]>();
    const settled: string[] = [];
    const entered = Promise.withResolvers<void>();
    const queue = lanes<WireMessage>({
      clock: manualClock(),
      messageOf: (it) => it,
      deliver() {
        entered.resolve();
        return done.promise;
      },
      settled: ({ id }) => settled.push(id),
      concurrency: () => 1,
      batch: () => 1,
      redeliveryDelay: 10,
    });
    queue.add(message('1', 'a'));
    await entered.promise;
    queue.revoke(new Error('the partition is lost'));
    done.resolve([{ kind: 'done' }]);
    await turn();
    expect(settled).toEqual([]);
  });
});
