import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deadLetters } from '../dead-letters/dead-letters.ts';
import { earned, type PointsEarned, pointsEarned } from '../fixtures/points-earned.ts';
import type { WireMessage } from '../ports/message.ts';
import type { Transaction } from '../ports/store.ts';
import type { Deliver } from '../ports/subscriber.ts';
import { createProducer } from '../producer/create-producer.ts';
import { sqliteStore } from '../sqlite/index.ts';
import { manualClock, recordingPublisher } from '../testing/index.ts';
import { type WatchedStore, watchedStore } from '../testing/watched-store.ts';
import { type Consumer, createConsumer } from './create-consumer.ts';
import { type Handler, inBatches, receive } from './receive.ts';

/** One thing that happens to the consumer. */
type Step =
  | { readonly kind: 'deliver' /** One each of these keys, all at once. */; readonly keys: readonly number[] }
  /** The next of all keys, up to so many of each, in one call. */
  | { readonly kind: 'deliver-batch'; readonly each: number }
  | { readonly kind: 'deliver-again' /** Of those delivered before. */; readonly which: number }
  | { readonly kind: 'pass'; readonly milliseconds: number }
  | { readonly kind: 'restart' }
  | { readonly kind: 'redrive' }
  /** The process dies in the transaction after so many: before its commit, or after it and before anyone is told. */
  | { readonly kind: 'break'; readonly after: number; readonly committed: boolean };

const KEYS = 3;
const STILL_OURS = { signal: new AbortController().signal };
// More for the slower checks: LAW_RUNS=5000.
const RUNS = Number(process.env.LAW_RUNS ?? 100);

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('deliver'),
      keys: fc.uniqueArray(fc.nat(KEYS - 1), { minLength: 1 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('deliver-batch'), each: fc.integer({ min: 1, max: 3 }) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('deliver-again'), which: fc.nat(99) }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('pass'), milliseconds: fc.constantFrom(1, 1_000, 6_000) }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'restart' }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'redrive' }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('break'), after: fc.nat(2), committed: fc.boolean() }),
  },
) as fc.Arbitrary<Step>;

/** A handler of one message, as it is or made of one that takes several. */
type Take = (message: PointsEarned, tx: Transaction) => Promise<void>;
const HANDLERS: Readonly<Record<string, (take: Take) => Handler<PointsEarned>>> = {
  'one by one':
    (take) =>
    (message, { tx }) =>
      take(message, tx),
  together: (take) =>
    inBatches(async (items, { tx }) => {
      for (const { message } of items) await take(message, tx);
    }),
};

describe.each(Object.entries(HANDLERS))('whatever fails, repeats or dies, handled %s', (_, handlerOf) => {
  it('every message takes effect once, in the order of its key', {
    timeout: 60_000 + RUNS * 100,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(
        // How often handling each message fails: with two retries, three failures make a dead letter.
        fc.array(fc.record({ key: fc.nat(KEYS - 1), failures: fc.constantFrom(0, 0, 0, 1, 2, 3, 4) }), {
          maxLength: 12,
        }),
        fc.array(step, { maxLength: 40 }),
        (plans, steps) => checkRun(plans, steps, handlerOf),
      ),
      { numRuns: RUNS },
    );
  });
});

async function checkRun(
  plans: readonly { readonly key: number; readonly failures: number }[],
  steps: readonly Step[],
  handlerOf: (take: Take) => Handler<PointsEarned>,
): Promise<void> {
  const inner = sqliteStore({ file: ':memory:' });
  const store = breakable(watchedStore(inner));
  const clock = manualClock();
  const failuresLeft = plans.map(({ failures }) => failures);
  const log = await messagesByKey(plans);
  const acknowledged = log.map(() => 0);
  const delivered: WireMessage[] = [];
  let deliver: Deliver;
  let consumer: Consumer;

  async function start(): Promise<void> {
    consumer = createConsumer(
      'ledger',
      {
        async subscribe(_, to) {
          deliver = to;
          return { stop: async () => undefined };
        },
      },
      { store, clock, observe: () => undefined },
      [
        receive<PointsEarned>(
          pointsEarned,
          handlerOf(async ({ aggregateId, data }, tx) => {
            const effects = tx.documents<number[]>('effects');
            await effects.put(aggregateId, [...((await effects.get(aggregateId)) ?? []), data.pointsEarned]);
            if ((failuresLeft[data.pointsEarned - 1] ?? 0) > 0) {
              failuresLeft[data.pointsEarned - 1]! -= 1;
              throw new Error('planned');
            }
          }),
        ),
      ],
    );
    await consumer.start();
  }

  /** As a broker does: the next of the key, until it is acknowledged. */
  async function deliverNext(key: number): Promise<void> {
    const message = log[key]?.[acknowledged[key]!];
    if (!message) return;
    delivered.push(message);
    const [outcome] = await deliver([message], STILL_OURS);
    if (outcome?.kind === 'done') acknowledged[key]!++;
  }

  /** Those of each key that a broker would hand over at once. */
  async function deliverBatch(each: number): Promise<void> {
    const batch = log.flatMap((messages, key) =>
      messages.slice(acknowledged[key]!, acknowledged[key]! + each).map((message) => ({ key, message })),
    );
    if (batch.length === 0) return;
    delivered.push(...batch.map(({ message }) => message));
    const outcomes = await deliver(
      batch.map(({ message }) => message),
      STILL_OURS,
    );
    const held = new Set<number>();
    for (const [index, { key }] of batch.entries()) {
      if (outcomes[index]?.kind !== 'done') held.add(key);
      // What is done behind one that is not would be an inversion, which the effects would show.
      else if (!held.has(key)) acknowledged[key]!++;
      else throw new Error('a later message of the key is done, and an earlier one is not');
    }
  }

  async function pass(milliseconds: number): Promise<void> {
    await store.quiet();
    await clock.advance(milliseconds);
  }

  async function redriveAll(): Promise<void> {
    const letters = deadLetters(inner, { clock });
    for (const { id } of await letters.list()) await letters.redrive(id);
  }

  async function take(one: Step): Promise<void> {
    switch (one.kind) {
      case 'deliver':
        await Promise.all(one.keys.map(deliverNext));
        return;
      case 'deliver-batch':
        return deliverBatch(one.each);
      case 'deliver-again': {
        const message = delivered[one.which % Math.max(1, delivered.length)];
        if (message) await deliver([message], STILL_OURS);
        return;
      }
      case 'pass':
        return pass(one.milliseconds);
      case 'restart':
        await consumer.stop();
        return start();
      case 'redrive':
        return redriveAll();
      case 'break':
        store.breakLater(one.after, one.committed);
        return;
    }
  }

  await start();
  for (const one of steps) await take(one);

  // All becomes well, and time passes: then all must be done.
  store.heal();
  failuresLeft.fill(0);
  for (let round = 0; round < 2; round++) {
    for (const [key, messages] of log.entries()) for (const _ of messages) await deliverNext(key);
    await pass(60_000);
    await redriveAll();
    await pass(60_000);
  }
  await consumer!.stop();
  const effects = await inner.transaction((tx) => tx.documents<number[]>('effects').list());
  const wanted = log.map((messages) => messages.map((message) => Number(message.headers.number)));
  expect(log.map((_, key) => effects.find(({ id }) => id === `k${key}`)?.document ?? [])).toEqual(wanted);
  expect(await inner.transaction((tx) => tx.parked.nextDueAt('ledger', clock.now()))).toBeUndefined();
  await inner.close();
}

async function messagesByKey(plans: readonly { readonly key: number }[]): Promise<WireMessage[][]> {
  const { publish, published } = recordingPublisher();
  const send = createProducer('loyalty', { publish });
  for (const [index, { key }] of plans.entries()) {
    await send(pointsEarned, earned(`k${key}`, index + 1), { headers: { number: String(index + 1) } });
  }
  const all = published.map(({ message }) => message);
  return Array.from({ length: KEYS }, (_, key) => all.filter((message) => message.key === `k${key}`));
}

interface BreakableStore extends WatchedStore {
  breakLater(after: number, committed: boolean): void;
  heal(): void;
}

function breakable(store: WatchedStore): BreakableStore {
  let plan: { after: number; readonly committed: boolean } | undefined;
  return {
    ...store,
    breakLater(after, committed) {
      plan = { after, committed };
    },
    heal() {
      plan = undefined;
    },
    async transaction(work) {
      const breaks = plan && plan.after-- === 0 ? plan : undefined;
      if (!breaks) return store.transaction(work);
      plan = undefined;
      await store.transaction(async (tx) => {
        await work(tx);
        if (!breaks.committed) throw new Error('died before the commit');
      });
      throw new Error('died after the commit');
    },
  };
}
