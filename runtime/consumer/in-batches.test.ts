import { expect, it, onTestFinished } from 'vitest';
import { earned, type PointsEarned, pointsEarned } from '../fixtures/points-earned.ts';
import { type Consumer, createProducer, type Observation, type WireMessage } from '../index.ts';
import type { Deliver } from '../ports/subscriber.ts';
import { sqliteStore } from '../sqlite/index.ts';
import { manualClock, recordingPublisher } from '../testing/index.ts';
import { createConsumer } from './create-consumer.ts';
import { inBatches, type Receiver, receive } from './receive.ts';

/** A consumer that is handed batches by the test. */
async function consume(receivers: readonly Receiver[]) {
  const store = sqliteStore({ file: ':memory:' });
  const seen: Observation[] = [];
  const handed = Promise.withResolvers<Deliver>();
  const subscribe = async (_: unknown, to: Deliver) => {
    handed.resolve(to);
    return { stop: async () => undefined };
  };
  const options = { store, clock: manualClock(), observe: (one: Observation) => void seen.push(one) };
  const consumer: Consumer = createConsumer('tier', { subscribe }, options, receivers);
  await consumer.start();
  onTestFinished(async () => {
    await consumer.stop();
    await store.close();
  });
  const deliver = await handed.promise;
  return {
    store,
    deliver: (messages: readonly WireMessage[]) =>
      deliver(messages, { signal: new AbortController().signal }),
    told: () =>
      seen.flatMap((it) =>
        'message' in it && it.kind !== 'delivered' ? [`${it.kind} ${it.message.key}`] : [],
      ),
  };
}

async function messagesOf(...points: readonly (readonly [entity: string, points: number])[]) {
  const { publish, published } = recordingPublisher();
  const send = createProducer('loyalty', { publish });
  for (const [entity, sum] of points) await send(pointsEarned, earned(entity, sum));
  return published.map(({ message }) => message);
}

it('a handler in batches is given what is at hand in one call, in its order, less what was handled before', async () => {
  const calls: (readonly number[])[] = [];
  const { deliver, told } = await consume([
    receive(
      pointsEarned,
      inBatches<PointsEarned>(
        (items) => void calls.push(items.map(({ message }) => message.data.pointsEarned)),
      ),
    ),
  ]);
  const messages = await messagesOf(['a', 1], ['b', 2], ['a', 3], ['c', 4]);
  await deliver(messages.slice(1, 2));
  expect(await deliver(messages)).toEqual(messages.map(() => ({ kind: 'done' })));
  expect(calls).toEqual([[2], [1, 3, 4]]);
  expect(told()).toEqual(['handled b', 'handled a', 'duplicate b', 'handled a', 'handled c']);
});

it('one that fails is undone, and its messages come one by one: only the one that fails again is parked', async () => {
  const calls: (readonly number[])[] = [];
  const { deliver, told, store } = await consume([
    receive(
      pointsEarned,
      inBatches<PointsEarned>(async (items, { tx }) => {
        calls.push(items.map(({ message }) => message.data.pointsEarned));
        for (const { message } of items) {
          await tx.documents('effects').put(String(message.data.pointsEarned), {});
          if (message.data.pointsEarned === 2) throw new TypeError('two');
        }
      }),
    ),
  ]);
  await deliver(await messagesOf(['a', 1], ['b', 2], ['b', 3], ['c', 4]));
  expect(calls).toEqual([[1, 2, 3, 4], [1], [2], [4]]);
  expect(told()).toEqual(['handled a', 'retrying b', 'waiting b', 'handled c']);
  const effects = await store.read((tx) => tx.documents('effects').list());
  expect(effects.map(({ id }) => id).sort()).toEqual(['1', '4']);
});

it('messages of another handler keep their place between', async () => {
  const calls: string[] = [];
  const other = { ...pointsEarned, channel: 'other', name: 'other' };
  const read = (name: string) =>
    inBatches<PointsEarned>((items) => void calls.push(`${name} ${items.length}`));
  const { deliver } = await consume([receive(pointsEarned, read('points')), receive(other, read('other'))]);
  const messages = await messagesOf(['a', 1], ['a', 2], ['a', 3], ['a', 4]);
  const [first, second, third, fourth] = messages;
  const asOther = { ...third, channel: 'other', name: 'other', identity: 'other 3' } as WireMessage;
  const body = JSON.parse(new TextDecoder().decode(asOther.body));
  const renamed = {
    ...asOther,
    body: new TextEncoder().encode(JSON.stringify({ ...body, eventType: 'other' })),
  };
  other.validate = ((value: unknown) => typeof value === 'object') as never;
  await deliver([first, second, renamed, fourth] as WireMessage[]);
  expect(calls).toEqual(['points 2', 'other 1', 'points 1']);
});
