import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WireMessage } from '../ports/message.ts';
import type { Publisher } from '../ports/publisher.ts';
import { sqliteStore } from '../sqlite/index.ts';
import { manualClock } from '../testing/index.ts';
import { relay } from './relay.ts';

type Step =
  | { readonly kind: 'commit' | 'roll-back'; readonly keys: readonly number[] }
  /** Both relays carry at once. */
  | { readonly kind: 'carry'; readonly relays: readonly number[] }
  | { readonly kind: 'pass'; readonly milliseconds: number }
  /** The broker takes so many more messages, and then fails once: with or without having taken that one. */
  | { readonly kind: 'fail'; readonly after: number; readonly taken: boolean };

// More for the slower checks: LAW_RUNS=5000.
const RUNS = Number(process.env.LAW_RUNS ?? 100);

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('commit', 'roll-back'),
      keys: fc.array(fc.nat(2), { maxLength: 4 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('carry'), relays: fc.subarray([0, 1], { minLength: 1 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('pass'), milliseconds: fc.constantFrom(1, 3_000) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('fail'), after: fc.nat(4), taken: fc.boolean() }) },
) as fc.Arbitrary<Step>;

describe('whatever fails, and whichever relay sends', () => {
  it('all that was committed reaches the broker, each for the first time in the order of its key, and nothing else', {
    timeout: 60_000 + RUNS * 100,
  }, async () => {
    await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 30 }), checkRun), { numRuns: RUNS });
  });
});

async function checkRun(steps: readonly Step[]): Promise<void> {
  const clock = manualClock();
  const store = sqliteStore({ file: ':memory:', now: clock.now });
  const arrived: string[] = [];
  const committed: string[] = [];
  let failing: { after: number; readonly taken: boolean } | undefined;
  let made = 0;

  const broker: Publisher = {
    async publish(messages) {
      for (const { id } of messages) {
        const fails = failing && failing.after-- === 0 ? failing : undefined;
        if (!fails || fails.taken) arrived.push(id);
        await new Promise((turn) => setImmediate(turn));
        if (fails) {
          failing = undefined;
          throw new Error('connection lost');
        }
      }
      return messages.map(() => ({ kind: 'acked' }));
    },
  };
  const relays = [relay(store, broker, { clock, batch: 3 }), relay(store, broker, { clock, batch: 3 })];
  const carry = (which: readonly number[]) => Promise.allSettled(which.map((one) => relays[one]?.drain()));

  for (const one of steps) {
    if (one.kind === 'carry') await carry(one.relays);
    if (one.kind === 'pass') await clock.advance(one.milliseconds);
    if (one.kind === 'fail') failing = { ...one };
    if (one.kind !== 'commit' && one.kind !== 'roll-back') continue;
    const messages = one.keys.map((key) => message(`${made++}`, `k${key}`));
    const writing = store.transaction(async (tx) => {
      await tx.outbox.add(messages);
      if (one.kind === 'roll-back') throw new Error('no');
    });
    await writing.then(() => committed.push(...messages.map(({ id }) => id))).catch(() => undefined);
  }

  failing = undefined;
  await clock.advance(10_000);
  await carry([0]);
  expect([...new Set(arrived)]).toEqual(committed);
  expect(await store.transaction((tx) => tx.outbox.next({ limit: 1 }))).toEqual([]);
  await store.close();
}

function message(id: string, key: string): WireMessage {
  return { id, key, channel: 'c', headers: {}, contentType: 'application/json', body: new Uint8Array() };
}
