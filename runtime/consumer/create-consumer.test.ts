import { beforeEach, describe, expect, it } from 'vitest';
import { deadLetters } from '../dead-letters/dead-letters.ts';
import {
  earned,
  type PointsEarned,
  pointsEarned,
  pointsEarnedFromV1,
  pointsEarnedV1,
} from '../fixtures/points-earned.ts';
import { createProducer, type Observation } from '../index.ts';
import { type TestBus, testBus } from '../testing/index.ts';
import { createConsumer } from './create-consumer.ts';
import { type Handler, receive } from './receive.ts';

let bus: TestBus;
let seen: Observation[];

beforeEach(() => {
  bus = testBus();
  seen = [];
  return () => bus.close();
});

/** Points by entity, written in the transaction of the handler: a double effect shows as a wrong sum. */
const addPoints: Handler<PointsEarned> = async ({ aggregateId, data }, { tx }) => {
  const totals = tx.documents<number[]>('totals');
  await totals.put(aggregateId, [...((await totals.get(aggregateId)) ?? []), data.pointsEarned]);
};

function consume(handler: Handler<PointsEarned>, onUnknown?: 'dead-letter' | 'ignore') {
  return createConsumer(
    'tier',
    bus,
    { store: bus.store, clock: bus.clock, observe: (observation) => seen.push(observation), onUnknown },
    [receive(pointsEarned, handler, [{ contract: pointsEarnedV1, upcast: pointsEarnedFromV1 }])],
  );
}

async function totals(entity: string): Promise<number[] | undefined> {
  return bus.store.transaction((tx) => tx.documents<number[]>('totals').get(entity));
}

const send = (entity: string, points: number) =>
  createProducer('loyalty', bus, { clock: bus.clock })(pointsEarned, earned(entity, points));

describe('a consumer', () => {
  it('handles each message once, in the order of its key', async () => {
    await consume(addPoints).start();
    await send('a', 1);
    await send('b', 10);
    await send('a', 2);
    await bus.settled();
    expect(await totals('a')).toEqual([1, 2]);
    expect(await totals('b')).toEqual([10]);
  });

  it('parks a failing message and those of its key behind it, and lets all others pass', async () => {
    let failures = 2;
    await consume(async (message, context) => {
      if (message.aggregateId === 'a' && failures-- > 0) throw new Error('not yet');
      await addPoints(message, context);
    }).start();
    await send('a', 1);
    await send('a', 2);
    await send('b', 10);
    await bus.settled();
    expect(await totals('a')).toBeUndefined();
    expect(await totals('b')).toEqual([10]);

    await bus.clock.advance(1_000);
    await bus.settled();
    expect(await totals('a')).toBeUndefined();
    await bus.clock.advance(5_000);
    await bus.settled();
    expect(await totals('a')).toEqual([1, 2]);
    expect(seen.flatMap((one) => (one.kind === 'handled' ? [one.attempt] : []))).toEqual([1, 3, 1]);
  });

  it('gives up after the last retry, keeps the rest waiting, and redrives in order', async () => {
    let broken = true;
    await consume(async (message, context) => {
      if (broken) throw new Error('no threshold');
      await addPoints(message, context);
    }).start();
    await send('a', 1);
    await send('a', 2);
    await send('a', 3);
    await bus.settled();
    await bus.clock.advance(6_000);
    await bus.settled();

    const letters = deadLetters(bus.store, { clock: bus.clock });
    const [letter, ...others] = await letters.list();
    expect(others).toEqual([]);
    expect(letter).toMatchObject({
      consumer: 'tier',
      key: 'a',
      reason: 'retries-exhausted',
      attempts: 3,
      waiting: 2,
    });
    expect(letter?.failure).toMatchObject({ error: 'Error', message: 'no threshold' });
    expect((letter?.failure?.lastAt ?? 0) - (letter?.failure?.firstAt ?? 0)).toBe(6_000);

    broken = false;
    expect(await letters.redrive(letter?.id ?? '')).toEqual({ waiting: 2 });
    await bus.settled();
    expect(await totals('a')).toEqual([1, 2, 3]);
    expect(await letters.list()).toEqual([]);
  });

  it('upcasts an older version', async () => {
    await consume(addPoints).start();
    const { expiresAt: _, ...data } = earned('a', 7).data;
    await createProducer('loyalty', bus)(pointsEarnedV1, { aggregateId: 'a', data });
    await bus.settled();
    expect(await totals('a')).toEqual([7]);
  });
});
