import { describe, expect, it } from 'vitest';
import { earned, pointsEarned } from '../fixtures/points-earned.ts';
import { createConsumer, createProducer, receive } from '../index.ts';
import { memoryBroker } from '../memory/index.ts';
import { sqliteStore } from '../sqlite/index.ts';
import { type EventMatchers, eventMatchers, manualClock, recordingPublisher, testBus } from './index.ts';

declare module 'vitest' {
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown>
    extends EventMatchers<R> {}
}
expect.extend(eventMatchers);

describe('testBus', () => {
  it.each([
    ['its own', () => testBus()],
    [
      'those given',
      () =>
        testBus({
          broker: memoryBroker({ acknowledge: 'received', redeliveryDelay: 0 }),
          store: sqliteStore({ file: ':memory:' }),
        }),
    ],
  ])('settles when all that follows has happened, on %s', async (_, make) => {
    const bus = make();
    const send = createProducer('loyalty', bus);
    const next = { ...pointsEarned, channel: 'next' };
    const options = { store: bus.store, clock: bus.clock };
    const handled: number[] = [];
    // Each message leads to another, through the outbox, on a channel of its own.
    const first = createConsumer('first', bus, options, [
      receive(pointsEarned, async ({ aggregateId, data }, context) => {
        await send(next, earned(aggregateId, data.pointsEarned + 1), context);
      }),
    ]);
    const second = createConsumer('second', bus, options, [
      receive(next, ({ data }) => void handled.push(data.pointsEarned)),
    ]);
    await first.start();
    await second.start();
    await send(pointsEarned, earned('a', 1));
    await send(pointsEarned, earned('b', 5));
    await bus.settled();
    expect(handled.sort()).toEqual([2, 6]);
    expect(bus.published).toHaveLength(4);
    expect(bus.published).toContainEvent('loyalty.points.earned', { data: { pointsEarned: 6 } });
    await first.stop();
    await second.stop();
    await bus.close();
  });

  it('waits for what a broker has taken and nobody has handled yet', async () => {
    const bus = testBus({ broker: memoryBroker({ acknowledge: 'received', redeliveryDelay: 0 }) });
    const send = createProducer('loyalty', bus);
    const gate = Promise.withResolvers<void>();
    const consumer = createConsumer('slow', bus, { store: bus.store, clock: bus.clock }, [
      receive(pointsEarned, () => gate.promise),
    ]);
    await consumer.start();
    await send(pointsEarned, earned('a', 1));
    let isSettled = false;
    const settled = bus.settled().then(() => {
      isSettled = true;
    });
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(isSettled).toBe(false);
    gate.resolve();
    await settled;
    await consumer.stop();
    await bus.close();
  });
});

describe('toContainEvent', () => {
  const published = [
    { name: 'a', payload: { n: 1, list: [{ x: 1, y: 2 }], none: null } },
    { name: 'b', payload: 'text' },
  ];
  const says = (name: string, partial?: object) => eventMatchers.toContainEvent(published, name, partial);

  it.each<[string, object | undefined, boolean]>([
    ['a', undefined, true],
    ['a', { n: 1 }, true],
    ['a', { n: 2 }, false],
    ['a', { list: [{ x: 1 }] }, true],
    ['a', { list: [] }, false],
    ['a', { list: { 0: { x: 1 } } }, false],
    ['a', { none: null }, true],
    ['a', { absent: undefined }, true],
    ['a', { n: expect.any(Number) }, true],
    ['a', { n: expect.any(String) }, false],
    ['b', { n: 1 }, false],
    ['c', undefined, false],
  ])('%s with %j: %s', (name, partial, pass) => {
    expect(says(name, partial).pass).toBe(pass);
  });

  it('says what was published instead', () => {
    expect(says('c').message()).toBe('no c was published; published were a, b');
    expect(says('b', { n: 1 }).message()).toContain('published were\n  "text"');
    expect(eventMatchers.toContainEvent([], 'c').message()).toContain('nothing was');
  });
});

describe('manualClock', () => {
  it('runs what falls due in order, each to its end, and nothing early or cancelled', async () => {
    const clock = manualClock(0);
    const ran: string[] = [];
    const at = (milliseconds: number, name: string) =>
      clock.after(milliseconds, async () => {
        await Promise.resolve();
        ran.push(`${name} at ${clock.now()}`);
        if (name === 'first') at(5, 'from first');
      });
    at(20, 'second');
    at(10, 'first');
    at(10, 'beside first');
    at(31, 'late');
    at(12, 'cancelled')();
    await clock.advance(30);
    expect(ran).toEqual(['first at 10', 'beside first at 10', 'from first at 15', 'second at 20']);
    expect(clock.now()).toBe(30);
  });
});

describe('recordingPublisher', () => {
  it('reads what it can and hands everything on', async () => {
    const inner = recordingPublisher();
    const outer = recordingPublisher(inner);
    const message = {
      id: '1',
      channel: 'c',
      headers: {},
      contentType: 'application/json',
      body: new Uint8Array([1]),
    };
    await outer.publish([message]);
    expect(outer.published).toEqual([{ name: undefined, version: undefined, payload: undefined, message }]);
    expect(inner.published).toEqual(outer.published);
  });
});
