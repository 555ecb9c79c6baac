import { beforeEach, describe, expect, it } from 'vitest';
import { deadLetters } from '../dead-letters/dead-letters.ts';
import {
  earned,
  type PointsEarned,
  type PointsEarnedV1,
  pointsEarned,
  pointsEarnedFromV1,
  pointsEarnedV1,
} from '../fixtures/points-earned.ts';
import {
  createProducer,
  type MessageContract,
  type Observation,
  refuse,
  type Store,
  type WireMessage,
} from '../index.ts';
import { sqliteStore } from '../sqlite/index.ts';
import { type TestBus, testBus } from '../testing/index.ts';
import { recordingPublisher } from '../testing/recording-publisher.ts';
import { type ConsumerOptions, createConsumer } from './create-consumer.ts';
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

function consume(handler: Handler<PointsEarned>, options: Partial<ConsumerOptions> = {}) {
  return createConsumer(
    'tier',
    bus,
    { store: bus.store, clock: bus.clock, observe: (one) => seen.push(one), ...options },
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

  it('fails a try whose handler does not end, and lets it write no more', async () => {
    const entered = Promise.withResolvers<AbortSignal>();
    const late = Promise.withResolvers<void>();
    const wrote = Promise.withResolvers<unknown>();
    await consume(
      async (message, context) => {
        if (message.aggregateId === 'stuck' && context.attempt === 1) {
          entered.resolve(context.signal);
          await late.promise;
          wrote.resolve(await Promise.resolve(addPoints(message, context)).catch((error: unknown) => error));
        } else await addPoints(message, context);
      },
      { timeout: 5_000 },
    ).start();
    await send('stuck', 1);
    const signal = await entered.promise;
    await send('other', 2);
    await bus.clock.advance(4_999);
    expect(signal.aborted).toBe(false);
    await bus.clock.advance(1);
    expect(signal.reason).toMatchObject({
      name: 'HandlerTimeoutError',
      message: expect.stringContaining('5000 ms'),
    });
    await bus.clock.advance(1_000);
    late.resolve();
    expect(await wrote.promise).toMatchObject({ message: expect.stringContaining('is over') });
    await bus.settled();
    expect(await totals('other')).toEqual([2]);
    expect(await totals('stuck')).toBeUndefined();
    expect(seen).toContainEqual(expect.objectContaining({ kind: 'retrying', attempt: 1 }));
    await bus.clock.advance(10_000);
    await bus.settled();
    expect(await totals('stuck')).toEqual([1]);
  });

  it('does not try again beside a handler that ends soon after its signal', async () => {
    let running = 0;
    let most = 0;
    const entered = Promise.withResolvers<void>();
    const ended = Promise.withResolvers<void>();
    await consume(
      async (message, context) => {
        running += 1;
        most = Math.max(most, running);
        if (context.attempt === 1) {
          entered.resolve();
          await new Promise((resolve) => context.signal.addEventListener('abort', resolve));
          await new Promise((resolve) => bus.clock.after(500, async () => resolve(undefined)));
          await addPoints(message, context);
        }
        running -= 1;
        ended.resolve();
      },
      { timeout: 5_000, retry: { delays: [1] } },
    ).start();
    await send('a', 1);
    await entered.promise;
    await bus.clock.advance(5_000);
    await new Promise((resolve) => setImmediate(resolve));
    await bus.clock.advance(500);
    await ended.promise;
    await bus.settled();
    await bus.clock.advance(10_000);
    await bus.settled();
    expect(most).toBe(1);
    // What it wrote after its time is undone.
    expect(await totals('a')).toBeUndefined();
  });

  it('refuses a time limit that is above the patience of a store with one writer', () => {
    const store = sqliteStore({ file: ':memory:', busyTimeout: 5_000 });
    expect(() => consume(addPoints, { store, timeout: 5_000 })).toThrow('busyTimeout');
    expect(() => consume(addPoints, { store, timeout: Number.POSITIVE_INFINITY })).toThrow('busyTimeout');
    consume(addPoints, { store, timeout: 4_999 });
    consume(addPoints, { store });
  });

  it('stops in time: undoes what is under way, and gives it back', async () => {
    const entered = Promise.withResolvers<AbortSignal>();
    let isStuck = true;
    const handler: Handler<PointsEarned> = async (message, context) => {
      await addPoints(message, context);
      if (!isStuck) return;
      entered.resolve(context.signal);
      await new Promise(() => undefined);
    };
    const first = consume(handler);
    await first.start();
    await send('a', 1);
    await send('a', 2);
    const signal = await entered.promise;
    const stopped = first.stop({ within: 8_000 });
    await bus.clock.advance(7_999);
    expect(signal.aborted).toBe(false);
    await bus.clock.advance(1);
    await stopped;
    expect(signal.aborted).toBe(true);
    expect(await totals('a')).toBeUndefined();
    isStuck = false;
    await consume(handler).start();
    await bus.settled();
    expect(await totals('a')).toEqual([1, 2]);
    expect(kinds('dead-lettered')).toEqual([]);
  });

  it('gives up at once what its handler refuses, and undoes it', async () => {
    await consume(async (message, context) => {
      await addPoints(message, context);
      if (message.data.pointsEarned === 1) return refuse('no-such-tier', 'there is no tier for it');
      if (message.data.pointsEarned === 2) throw refuse('frozen', 'the account is frozen');
    }).start();
    for (const points of [1, 2, 3]) await send(`k${points}`, points);
    await bus.settled();
    expect(await letters().list()).toMatchObject([
      {
        reason: 'refused',
        attempts: 1,
        failure: { error: 'no-such-tier', message: 'there is no tier for it' },
      },
      { reason: 'refused', attempts: 1, failure: { error: 'frozen' } },
    ]);
    expect(await totals('k1')).toBeUndefined();
    expect(await totals('k3')).toEqual([3]);
  });

  it('takes two messages for two, though they were given one id', async () => {
    const bare = { ...pointsEarned, envelope: {}, identity: [] };
    const names: string[] = [];
    const tier = createConsumer('tier', bus, { store: bus.store, clock: bus.clock }, [
      receive({ ...bare, name: 'one' }, () => void names.push('one')),
      receive({ ...bare, name: 'two' }, () => void names.push('two')),
    ]);
    await tier.start();
    await bus.publish([
      { ...wire, id: 'request-1', name: 'one' },
      { ...wire, id: 'request-1', name: 'two' },
      { ...wire, id: 'request-1', name: 'two' },
    ]);
    await bus.settled();
    expect(names).toEqual(['one', 'two']);
  });

  it('lets many messages take effect in one transaction, each undone by itself', async () => {
    let commits = 0;
    const store: Store = {
      ...bus.store,
      async transaction(work) {
        commits += 1;
        return bus.store.transaction(work);
      },
    };
    const sends = Array.from({ length: 60 }, (_, n) => n + 1);
    await consume(
      async (message, context) => {
        await addPoints(message, context);
        if (message.data.pointsEarned % 10 === 0) throw new Error('not yet');
      },
      { store },
    ).start();
    const { publish, published } = recordingPublisher();
    const make = createProducer('loyalty', { publish });
    for (const points of sends) await make(pointsEarned, earned(`k${points}`, points));
    commits = 0;
    await bus.publish(published.map((it) => it.message));
    await bus.settled();
    expect(kinds('handled')).toHaveLength(54);
    expect(kinds('retrying')).toHaveLength(6);
    expect(commits).toBeLessThan(30);
    expect(await totals('k10')).toBeUndefined();
  });

  it('does without the message that the store cannot take, and lets the others of its batch take effect', async () => {
    const store: Store = {
      ...bus.store,
      async transaction(work) {
        return bus.store.transaction(async (tx) => {
          const result = await work(tx);
          if (await tx.documents('totals').get('poison')) throw new Error('the commit failed');
          return result;
        });
      },
    };
    await consume(addPoints, { store }).start();
    const { publish, published } = recordingPublisher();
    const make = createProducer('loyalty', { publish });
    for (const key of ['a', 'poison', 'b']) await make(pointsEarned, earned(key, 1));
    await bus.publish(published.map((it) => it.message));
    for (let n = 0; n < 20; n++) {
      await bus.clock.advance(5_000);
      await new Promise((next) => setImmediate(next));
    }
    expect([await totals('a'), await totals('poison'), await totals('b')]).toEqual([[1], undefined, [1]]);
  });

  it('says of what follows from a message who led to it, when its context is passed on', async () => {
    const { correlationId: _, causationId: __, ...envelope } = pointsEarned.envelope;
    const bare = { ...pointsEarned, envelope };
    const relayed = (n: number) => ({ ...bare, channel: `relay-${n}` });
    const pass = createProducer('loyalty', bus);
    const consumers = [1, 2].map((n) =>
      createConsumer(`relay-${n}`, bus, { store: bus.store, clock: bus.clock }, [
        receive(relayed(n), async ({ aggregateId }, context) => {
          await pass(relayed(n + 1), earned(aggregateId, n + 1), context);
        }),
      ]),
    );
    for (const one of consumers) await one.start();
    await pass(relayed(1), earned('a', 1));
    await bus.settled();
    const [first, second, third] = bus.published.map((it) => it.message);
    expect(second?.headers).toEqual({ 'correlation-id': first?.id, 'causation-id': first?.id });
    expect(third?.headers).toEqual({ 'correlation-id': first?.id, 'causation-id': second?.id });
  });

  it('upcasts an older version', async () => {
    const versions: string[] = [];
    await consume(async (message, context) => {
      versions.push(`${context.received.version} as ${message.version}`);
      await addPoints(message, context);
    }).start();
    const send1 = createProducer('loyalty', bus);
    await send1(pointsEarnedV1, { aggregateId: 'a', data: { pointsEarned: 7 } });
    await send('a', 8);
    await bus.settled();
    expect(await totals('a')).toEqual([7, 8]);
    expect(versions).toEqual(['1.0 as 2.0', '2.0 as 2.0']);
  });

  it('hands its transaction and cause to producers, and so sends only what is committed', async () => {
    const reply = createProducer('tier', bus);
    let failures = 1;
    await consume(async (message, context) => {
      await reply(
        { ...pointsEarned, channel: 'elsewhere' },
        earned('reply', message.data.pointsEarned),
        context,
      );
      if (failures-- > 0) throw new Error('not yet');
    }).start();
    const first = await send('a', 1);
    await bus.settled();
    expect(bus.published).toHaveLength(1);
    await bus.clock.advance(1_000);
    await bus.settled();
    expect(bus.published).toHaveLength(2);
    expect(bus.published[1]?.payload).toMatchObject({
      aggregateId: 'reply',
      metadata: { causationId: first.eventId, correlationId: first.eventId },
    });
  });

  it('undoes a failed try altogether, also what the handler did not wait for', async () => {
    await consume(async (message, context) => {
      const straggle = async (): Promise<void> => {
        // Of so many messages some write in the very moment between the failure and the commit of its parking.
        for (let turn = 0; turn < message.data.pointsEarned; turn++) await Promise.resolve();
        await addPoints(message, context);
      };
      void straggle().catch(() => undefined);
      throw new Error('quick');
    }).start();
    for (let points = 1; points <= 40; points++) await send(`k${points}`, points);
    await bus.settled();
    expect(await bus.store.transaction((tx) => tx.documents('totals').list())).toEqual([]);
  });

  it('gives a duplicate no effect, whether the first was handled or is parked', async () => {
    let broken = false;
    await consume(async (message, context) => {
      if (broken) throw new Error('not now');
      await addPoints(message, context);
    }).start();
    await send('a', 1);
    await bus.settled();
    await again();
    broken = true;
    await send('a', 2);
    await bus.settled();
    await again();
    broken = false;
    await bus.clock.advance(1_000);
    await bus.settled();
    await again();
    expect(await totals('a')).toEqual([1, 2]);
    expect(kinds('duplicate')).toHaveLength(5);
    expect(kinds('fault')).toEqual([]);
  });

  it('remembers what it handled for as long as it is told', async () => {
    const day = 24 * 3_600_000;
    await consume(addPoints, { inboxRetention: day, poll: 600_000 }).start();
    await send('a', 1);
    await bus.settled();
    await bus.clock.advance(day - 3_600_000);
    await again();
    expect(await totals('a')).toEqual([1]);
    // By how much longer than told it may remember: see `InboxRows.prune`.
    await bus.clock.advance(4 * 3_600_000);
    await again();
    expect(await totals('a')).toEqual([1, 1]);
  });

  it('refuses a retry schedule that outlives its memory', () => {
    expect(() => consume(addPoints, { inboxRetention: 6_000 })).toThrow('outlives');
    consume(addPoints, { inboxRetention: 6_001 });
  });

  it('prefers its own retry schedule to the contract', async () => {
    await consume(
      () => {
        throw new Error('never');
      },
      { retry: { delays: [] } },
    ).start();
    await send('a', 1);
    await bus.settled();
    expect((await letters().list()).map(({ attempts }) => attempts)).toEqual([1]);
  });

  it('goes on where it stopped, with what came meanwhile', async () => {
    const first = consume(addPoints);
    await first.start();
    await expect(first.start()).rejects.toThrow('started already');
    await first.stop();
    await send('a', 1);
    await consume(addPoints).start();
    await bus.settled();
    expect(await totals('a')).toEqual([1]);
  });
});

describe('a message that cannot be read', () => {
  it.each<[string, Partial<WireMessage>, object]>([
    ['undecodable', { body: new TextEncoder().encode('{"half":') }, {}],
    ['undecodable', { body: Uint8Array.from([0x22, 0xff, 0x22]) }, {}],
    [
      'undecodable',
      { contentType: 'application/xml' },
      { failure: { message: expect.stringContaining('application/xml') } },
    ],
    [
      'unknown-message',
      { name: 'x', body: json({ eventType: 'loyalty.points.lost' }) },
      { failure: { message: expect.stringContaining('loyalty.points.lost') } },
    ],
    [
      'unknown-version',
      { body: json({ eventType: 'loyalty.points.earned', version: '3.0' }) },
      { failure: { message: expect.stringContaining('3.0') } },
    ],
    [
      'invalid',
      { body: json({ ...valid, data: { pointsEarned: 'many', expiresAt: null } }) },
      {
        failure: {
          violations: [
            { pointer: '/data/pointsEarned', rule: 'type', expected: 'an integer', found: '"many"' },
          ],
        },
      },
    ],
  ])('is given up at once: %s', async (reason, changes, more) => {
    await consume(addPoints).start();
    await bus.publish([{ ...wire, ...changes }]);
    await bus.settled();
    expect(await letters().list()).toMatchObject([
      { reason, attempts: 0, key: 'a', consumer: 'tier', ...more },
    ]);
    expect(kinds('dead-lettered')).toMatchObject([{ reason }]);
  });

  it('is given up when its upcaster makes nothing valid of it, or throws', async () => {
    let upcast = (old: PointsEarnedV1): PointsEarned => ({ ...pointsEarnedFromV1(old), aggregateId: '' });
    const tier = createConsumer('tier', bus, { store: bus.store, clock: bus.clock }, [
      receive(pointsEarned, addPoints, [
        { contract: pointsEarnedV1, upcast: (old: PointsEarnedV1) => upcast(old) },
      ]),
    ]);
    await tier.start();
    const send1 = createProducer('loyalty', bus);
    await send1(pointsEarnedV1, { aggregateId: 'a', data: { pointsEarned: 1 } });
    await bus.settled();
    upcast = () => {
      throw new Error('no such field');
    };
    await send1(pointsEarnedV1, { aggregateId: 'b', data: { pointsEarned: 1 } });
    await bus.settled();
    expect(await letters().list()).toMatchObject([
      { reason: 'upcast-invalid', failure: { violations: [{ pointer: '/aggregateId', rule: 'minLength' }] } },
      { reason: 'upcast-invalid', failure: { message: expect.stringContaining('no such field') } },
    ]);
  });

  it('holds later messages of its key, and goes before them once its consumer can read it', async () => {
    await consume(addPoints).start();
    await bus.publish([{ ...wire, body: json({ ...valid, data: { pointsEarned: 0, expiresAt: null } }) }]);
    await send('a', 2);
    await send('b', 3);
    await bus.settled();
    expect(await totals('a')).toBeUndefined();
    expect(await totals('b')).toEqual([3]);
    const [letter] = await letters().list();
    await letters().redrive(letter?.id ?? '');
    await bus.settled();
    expect(await letters().list()).toMatchObject([{ reason: 'invalid', waiting: 1 }]);
  });

  it('can be ignored when it is unknown, but never silently', async () => {
    await consume(addPoints, { onUnknown: 'ignore' }).start();
    await bus.publish([{ ...wire, body: json({ eventType: 'loyalty.points.lost' }) }]);
    await bus.publish([{ ...wire, body: json('neither') }]);
    await bus.settled();
    expect(kinds('ignored')).toMatchObject([{ reason: 'unknown-message' }]);
    expect(await letters().list()).toMatchObject([{ reason: 'invalid' }]);
  });

  it('keeps its place among those of its entity although it is unknown and came without a key', async () => {
    await consume(addPoints).start();
    const { key: _, ...keyless } = wire;
    await bus.publish([{ ...keyless, id: 'z', body: json({ ...valid, eventType: 'loyalty.points.lost' }) }]);
    await bus.publish([wire]);
    await bus.settled();
    expect(await letters().list()).toMatchObject([{ reason: 'unknown-message', key: 'a', waiting: 1 }]);
    expect(await totals('a')).toBeUndefined();
  });

  it('is recognised by its headers, and at last by its channel, when its envelope says nothing', async () => {
    const names: string[] = [];
    const bare: MessageContract<unknown> = {
      ...pointsEarned,
      envelope: {},
      identity: [],
      validate: (value): value is unknown => value !== null,
    };
    const tier = createConsumer('tier', bus, { store: bus.store, clock: bus.clock }, [
      receive({ ...bare, name: 'one', channel: 'shared' }, () => void names.push('one')),
      receive({ ...bare, name: 'two', channel: 'shared' }, () => void names.push('two')),
      receive({ ...bare, name: 'three', channel: 'own' }, () => void names.push('three')),
    ]);
    await tier.start();
    const { name: _, version: __, ...foreign } = wire;
    await bus.publish([
      { ...foreign, id: '1', name: 'two', channel: 'shared' },
      { ...foreign, id: '2', channel: 'own' },
    ]);
    await bus.settled();
    expect(names).toEqual(['two', 'three']);
  });
});

describe('dead letters', () => {
  it('show what waits, and discard one so that the rest goes on', async () => {
    await consume(async (message, context) => {
      if (message.data.pointsEarned === 1) throw new Error('never');
      await addPoints(message, context);
    }).start();
    await send('a', 1);
    await send('a', 2);
    await bus.settled();
    await bus.clock.advance(6_000);
    await bus.settled();
    const [letter] = await letters().list('tier');
    const id = letter?.id ?? '';
    expect(await letters().show(id)).toMatchObject({ letter: { id, waiting: 1 }, behind: [{ key: 'a' }] });
    expect(await letters().discard(id)).toEqual({ waiting: 1 });
    await bus.settled();
    await again(0);
    expect(await totals('a')).toEqual([2]);
    expect(await letters().list()).toEqual([]);
  });

  it('know no other ids', async () => {
    expect(await letters().show('d-1')).toBeUndefined();
    expect(await letters().redrive('d-1')).toBeUndefined();
    expect(await letters().discard('nonsense')).toBeUndefined();
    expect(await letters().list('nobody')).toEqual([]);
  });
});

const id = '7f0c6c1e-0000-4000-8000-000000000001';
const valid = {
  eventId: id,
  eventType: 'loyalty.points.earned',
  version: '2.0',
  timestamp: '2026-01-01T00:00:00Z',
  aggregateId: 'a',
  data: { pointsEarned: 1, expiresAt: null },
};
const wire: WireMessage = {
  id,
  name: 'loyalty.points.earned',
  version: '2.0',
  channel: 'loyalty.points.earned',
  key: 'a',
  headers: {},
  contentType: 'application/json; charset=utf-8',
  body: json(valid),
};

function json(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

function letters() {
  return deadLetters(bus.store, { clock: bus.clock });
}

function kinds(kind: Observation['kind']): Observation[] {
  return seen.filter((one) => one.kind === kind);
}

/** Delivers all that was published once more, or one of it. */
async function again(which?: number): Promise<void> {
  const messages = [...new Map(bus.published.map(({ message }) => [message.id, message])).values()];
  await bus.publish(which === undefined ? messages : messages.slice(which, which + 1));
  await bus.settled();
}
