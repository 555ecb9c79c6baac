import { describe, expect, it } from 'vitest';
import { earned, pointsEarned } from '../fixtures/points-earned.ts';
import {
  createConsumer,
  createProducer,
  measure,
  type Observation,
  outbox,
  prometheusText,
  receive,
  refuse,
  type ServiceWorker,
  service,
} from '../index.ts';
import { type TestBus, testBus } from '../testing/index.ts';

/** A part that notes what is done with it. */
function noted(name: string, log: string[]): ServiceWorker {
  return {
    name,
    start: () => void log.push(`start ${name}`),
    stop: async () => void log.push(`stop ${name}`),
  };
}

function tierOn(bus: TestBus, handler: () => Promise<void> | void) {
  const options = { store: bus.store, clock: bus.clock };
  return createConsumer('tier', bus, options, [receive(pointsEarned, handler)]);
}

describe('a service', () => {
  it('relays what it publishes and handles what it receives, until it is stopped', async () => {
    const bus = testBus();
    const seen: string[] = [];
    const loyalty = service({
      name: 'loyalty',
      store: bus.store,
      broker: bus,
      clock: bus.clock,
      consumers: [tierOn(bus, () => void seen.push('handled'))],
    });
    const send = createProducer('loyalty', outbox(bus.store));

    await loyalty.start();
    await send(pointsEarned, earned('a', 1));
    await bus.settled();
    expect(seen).toEqual(['handled']);

    await loyalty.stop();
    await send(pointsEarned, earned('a', 2));
    expect(seen).toEqual(['handled']);
    expect(await bus.store.read((tx) => tx.outbox.depth())).toMatchObject({ count: 1 });

    await loyalty.start();
    await bus.settled();
    expect(seen).toEqual(['handled', 'handled']);
    await loyalty.close();
  });

  it('starts its parts in order and stops them in reverse', async () => {
    const bus = testBus();
    const log: string[] = [];
    const tier = tierOn(bus, () => undefined);
    const consumer = { ...tier, ...noted('tier', log), start: async () => void log.push('start tier') };
    const shop = service({
      name: 'shop',
      store: bus.store,
      broker: { ...bus, close: async () => void log.push('close broker') },
      consumers: [consumer],
      workers: [noted('expiry', log)],
      relay: false,
    });
    {
      await using running = shop;
      await running.start();
    }
    expect(log).toEqual(['start tier', 'start expiry', 'stop expiry', 'stop tier', 'close broker']);
    await expect(bus.store.read(async () => undefined)).rejects.toThrow('closed');
    await bus.close();
  });

  it('stops what has started when a part cannot start, and says why', async () => {
    const bus = testBus();
    const log: string[] = [];
    const broken: ServiceWorker = {
      ...noted('broken', log),
      start: () => Promise.reject(new Error('no table')),
    };
    const workers = [noted('expiry', log), broken];
    const shop = service({ name: 'shop', store: bus.store, broker: bus, clock: bus.clock, workers });
    await expect(shop.start()).rejects.toThrow('no table');
    expect(log).toEqual(['start expiry', 'stop expiry', 'stop broken']);
    await bus.close();
  });

  it('stops within its time though a part does not, and tells of that part', async () => {
    const bus = testBus();
    const observed: Observation[] = [];
    const stuck: ServiceWorker = {
      name: 'stuck',
      start: () => undefined,
      stop: () => new Promise(() => undefined),
    };
    const shop = service({
      name: 'shop',
      store: bus.store,
      broker: bus,
      clock: bus.clock,
      workers: [stuck],
      observe: (it) => observed.push(it),
    });
    await shop.start();
    const stopping = shop.stop({ within: 5_000 });
    await bus.settled();
    await bus.clock.advance(6_000);
    await stopping;
    expect(observed).toEqual([
      { kind: 'fault', where: 'stuck', error: expect.objectContaining({ message: 'did not stop in time' }) },
    ]);
    await bus.close();
  });

  it('says how its parts fare, and what waits in them', async () => {
    const bus = testBus();
    let isBroken = false;
    let isAway = false;
    const shop = service({
      name: 'shop',
      store: {
        ...bus.store,
        read: (work) => (isBroken ? Promise.reject(new Error('disk gone')) : bus.store.read(work)),
      },
      broker: {
        ...bus,
        publish: async (messages, options) =>
          isAway
            ? messages.map(() => ({ kind: 'retry', error: new Error('no route') }))
            : bus.publish(messages, options),
      },
      clock: bus.clock,
      observe: () => undefined,
      consumers: [tierOn(bus, () => Promise.reject(refuse('no', 'never')))],
    });
    expect(await shop.health()).toMatchObject({ ready: false, healthy: false });
    await shop.start();
    await bus.settled();
    expect(await shop.health()).toEqual({
      name: 'shop',
      ready: true,
      healthy: true,
      parts: ['store', 'broker', 'tier', 'relay'].map((part) => ({
        part,
        healthy: true,
        since: expect.any(Number),
      })),
    });

    const send = createProducer('loyalty', outbox(bus.store));
    await send(pointsEarned, earned('a', 1));
    await send(pointsEarned, earned('a', 2));
    await bus.settled();
    isAway = true;
    await send(pointsEarned, earned('b', 1));
    await bus.settled();
    await bus.clock.advance(3_000);
    const measured = Object.fromEntries(
      (await shop.measure()).map(({ name, labels, value }) => [
        [name, ...Object.values(labels)].join(' '),
        value,
      ]),
    );
    expect(measured).toMatchObject({
      'chirograph.outbox.depth': 1,
      'chirograph.outbox.age': 3,
      'chirograph.parked tier': 1,
      'chirograph.dead_letters tier': 1,
    });
    const counts = (await measure(bus.store, { consumers: ['idle', 'tier'] })).filter(
      ({ labels }) => labels.consumer,
    );
    expect(counts.map(({ name, labels, value }) => `${name} ${labels.consumer} ${value}`)).toEqual([
      'chirograph.parked idle 0',
      'chirograph.dead_letters idle 0',
      'chirograph.parked tier 1',
      'chirograph.dead_letters tier 1',
    ]);
    const away = await shop.health();
    expect(away).toMatchObject({ ready: true, healthy: false });
    expect(away.parts.at(-1)).toMatchObject({ part: 'relay', healthy: false, problem: 'Error: no route' });
    const text = prometheusText(await shop.measure());
    expect(text).toContain('# TYPE chirograph_outbox_age_seconds gauge\n');
    expect(text).toContain('chirograph_dead_letters{consumer="tier"} 1\n');

    isBroken = true;
    const broken = await shop.health();
    expect(broken).toMatchObject({
      ready: false,
      healthy: false,
      parts: [{ part: 'store', problem: 'disk gone' }, {}, {}, {}],
    });
    isBroken = false;
    await shop.close();
  });

  it('writes measurements for Prometheus: each name once, its numbers below it', () => {
    const text = prometheusText([
      { name: 'chirograph.dead_letters', value: 2, labels: { consumer: 'a' } },
      { name: 'chirograph.outbox.age', value: 1.5, labels: {} },
      { name: 'chirograph.lease.held', value: 1, labels: { lease: 'relay "1"', holder: 'a\\b\nc' } },
      { name: 'chirograph.dead_letters', value: 0, labels: { consumer: 'b' } },
    ]);
    expect(text).toBe(`# HELP chirograph_outbox_age_seconds Age of the oldest of them.
# TYPE chirograph_outbox_age_seconds gauge
chirograph_outbox_age_seconds 1.5
# HELP chirograph_dead_letters Messages given up, which a person must look at.
# TYPE chirograph_dead_letters gauge
chirograph_dead_letters{consumer="a"} 2
chirograph_dead_letters{consumer="b"} 0
# HELP chirograph_lease_held 1 for each lease that somebody holds, such as the relay’s.
# TYPE chirograph_lease_held gauge
chirograph_lease_held{lease="relay \\"1\\"",holder="a\\\\b\\nc"} 1
`);
  });

  it('aborts the handlers that still run when their time is up, and their writes are undone', async () => {
    const bus = testBus();
    const begun = Promise.withResolvers<void>();
    const tier = createConsumer('tier', bus, { store: bus.store }, [
      receive(pointsEarned, async (_, { tx, signal }) => {
        await tx.documents('seen').put('a', true);
        begun.resolve();
        await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      }),
    ]);
    const shop = service({ name: 'shop', store: bus.store, broker: bus, consumers: [tier] });
    await shop.start();
    const sending = createProducer('loyalty', bus)(pointsEarned, earned('a', 1));
    await begun.promise;
    await shop.stop({ within: 10 });
    await sending;
    expect(await bus.store.read((tx) => tx.documents('seen').get('a'))).toBeUndefined();
    await bus.close();
  });

  it('tells of nothing when a handler held the only writer until its time was up', async () => {
    const bus = testBus();
    const begun = Promise.withResolvers<void>();
    const observed: Observation[] = [];
    const observe = (it: Observation): void => void observed.push(it);
    const tier = createConsumer('tier', bus, { store: bus.store, observe }, [
      receive(pointsEarned, async () => {
        begun.resolve();
        await new Promise(() => undefined);
      }),
    ]);
    const shop = service({ name: 'shop', store: bus.store, broker: bus, observe, consumers: [tier] });
    await shop.start();
    // The relay that has carried it has a lease to give back, for which it needs the writer.
    await createProducer('loyalty', outbox(bus.store))(pointsEarned, earned('a', 1));
    await begun.promise;
    await shop.stop({ within: 10 });
    await shop.close();
    expect(observed.filter(({ kind }) => kind === 'fault')).toEqual([]);
  });
});
