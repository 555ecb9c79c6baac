import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import {
  type DomainEvent,
  eventSchema,
  type KeepOptions,
  type Observation,
  type Projection,
  projection,
  type Transaction,
} from '../index.ts';
import { type TestBus, testBus } from '../testing/index.ts';

interface Earned extends DomainEvent {
  readonly type: 'Earned';
  readonly points: number;
}
const events = eventSchema<Earned>({
  Earned: { version: '1', check: z.object({ type: z.literal('Earned'), points: z.int() }) },
});

/** Points of each account; `factor` tells versions apart. */
function totals(version: string, factor = 1, seen: number[] = [], dropped: number[] = []): Projection {
  return projection({
    drop: async (_, generation) => void dropped.push(generation),
    name: 'totals',
    version,
    events,
    streamPrefix: 'account/',
    async project({ stream, event: { points } }, data) {
      seen.push(points);
      const accounts = data.documents<number>('accounts');
      await accounts.put(stream, ((await accounts.get(stream)) ?? 0) + points * factor);
    },
  });
}

function busWith(): TestBus {
  const bus = testBus();
  onTestFinished(() => bus.close());
  return bus;
}

async function earn(bus: TestBus, id: string, ...points: readonly number[]): Promise<void> {
  await bus.store.transaction(async (tx) => {
    for (const it of points)
      await tx.events.append(`account/${id}`, 'any', [{ type: 'Earned', points: it } as Earned], {
        at: bus.clock.now(),
      });
  });
}

function keep(bus: TestBus, what: Projection, options: KeepOptions = {}) {
  const worker = what.keep(bus.store, { clock: bus.clock, ...options });
  onTestFinished(() => worker.stop());
  return worker;
}

/** Lets time pass, once all that is under way waits for it. */
async function pass(bus: TestBus, milliseconds: number): Promise<void> {
  await bus.settled();
  await bus.clock.advance(milliseconds);
  await bus.settled();
}

async function read(bus: TestBus, what: Projection): Promise<unknown> {
  await bus.settled();
  return bus.store.read(async (tx) => {
    const model = await what.read(tx);
    const entries = await model?.documents<number>('accounts').list();
    return (
      model && {
        version: model.version,
        ...Object.fromEntries((entries ?? []).map((it) => [it.id, it.document])),
      }
    );
  });
}

describe('a projection', () => {
  it('has what was stored before it, and follows what is stored later', async () => {
    const bus = busWith();
    await earn(bus, 'a', 1, 2);
    const one = totals('1');
    expect(await read(bus, one)).toBeUndefined();
    keep(bus, one).start();
    expect(await read(bus, one)).toEqual({ version: '1', 'account/a': 3 });
    await earn(bus, 'b', 5);
    await bus.store.transaction((tx) => tx.events.append('other/a', 'any', [{ type: 'Earned' }], { at: 1 }));
    expect(await read(bus, one)).toEqual({ version: '1', 'account/a': 3, 'account/b': 5 });
  });

  it('goes on where another process left, each event once', async () => {
    const bus = busWith();
    const seen: number[] = [];
    const first = keep(bus, totals('1', 1, seen));
    first.start();
    await earn(bus, 'a', 1);
    await bus.settled();
    await first.stop();
    await earn(bus, 'a', 2);
    const two = [keep(bus, totals('1', 1, seen)), keep(bus, totals('1', 1, seen))];
    for (const worker of two) worker.start();
    await earn(bus, 'a', 3);
    expect(await read(bus, totals('1'))).toEqual({ version: '1', 'account/a': 6 });
    expect(seen).toEqual([1, 2, 3]);
  });

  it('takes over from a process that went silent', async () => {
    const bus = busWith();
    await bus.store.transaction((tx) =>
      tx.leases.acquire({ name: 'projections/totals/1', holder: 'silent', ttl: 5_000 }),
    );
    keep(bus, totals('1')).start();
    await earn(bus, 'a', 1);
    expect(await read(bus, totals('1'))).toBeUndefined();
    await pass(bus, 8_000);
    expect(await read(bus, totals('1'))).toEqual({ version: '1', 'account/a': 1 });
  });

  it('is built anew beside the old when its version changes, and the old is read until then', async () => {
    const bus = busWith();
    await earn(bus, 'a', 1, 2, 3);
    keep(bus, totals('1')).start();
    await bus.settled();

    // The new one is stopped on its way by an event that it cannot take yet.
    let isHeld = true;
    const held: Projection = projection({
      name: 'totals',
      version: '2',
      events,
      async project({ stream, event: { points } }, data) {
        if (isHeld && points === 3) throw new Error('not yet');
        const accounts = data.documents<number>('accounts');
        await accounts.put(stream, ((await accounts.get(stream)) ?? 0) + points * 10);
      },
    });
    const observed: Observation[] = [];
    keep(bus, held, { observe: (it) => observed.push(it) }).start();
    await bus.settled();
    expect(observed).toMatchObject([{ kind: 'fault', where: 'projection totals' }]);
    await earn(bus, 'a', 4);
    expect(await read(bus, held)).toEqual({ version: '1', 'account/a': 10 });
    expect(await read(bus, totals('1'))).toEqual({ version: '1', 'account/a': 10 });

    isHeld = false;
    await pass(bus, 10_000);
    expect(await read(bus, held)).toEqual({ version: '2', 'account/a': 100 });
    // Those not yet replaced keep theirs, and it is kept up.
    await earn(bus, 'a', 1);
    expect(await read(bus, totals('1'))).toEqual({ version: '1', 'account/a': 11 });
    expect(await read(bus, held)).toEqual({ version: '2', 'account/a': 110 });
  });

  it('is rebuilt on demand, and what it had before is dropped in the end', async () => {
    const bus = busWith();
    await earn(bus, 'a', 1, 2);
    const dropped: number[] = [];
    const one = totals('1', 1, [], dropped);
    const worker = keep(bus, one, { keepRetired: 60_000 });
    worker.start();
    await bus.settled();
    const accounts = (tx: Transaction, generation: number) =>
      tx.documents<number>(`projections/totals/${generation}/accounts`);
    await bus.store.transaction((tx) => accounts(tx, 1).put('account/a', 99));
    expect(await read(bus, one)).toEqual({ version: '1', 'account/a': 99 });

    await bus.store.transaction((tx) => one.rebuild(tx));
    await pass(bus, 5_000);
    expect(await read(bus, one)).toEqual({ version: '1', 'account/a': 3 });
    const lists = () =>
      bus.store.read(async (tx) => [
        (await accounts(tx, 1).list()).length,
        (await accounts(tx, 2).list()).length,
      ]);
    expect(await lists()).toEqual([1, 1]);
    await pass(bus, 70_000);
    expect(await lists()).toEqual([0, 1]);
    expect(dropped).toEqual([1]);
  });

  it('takes all events up to one that fails, and that one once it can', async () => {
    const bus = busWith();
    const seen: number[] = [];
    let isBroken = true;
    const fragile = projection({
      name: 'fragile',
      version: '1',
      events,
      async project({ event: { points } }, { documents }) {
        if (points === 3 && isBroken) throw new Error('broken');
        await documents('seen').put(String(points), true);
        seen.push(points);
      },
    });
    await earn(bus, 'a', 1, 2, 3, 4);
    const worker = keep(bus, fragile, { observe: () => undefined });
    worker.start();
    await pass(bus, 20_000);
    expect(new Set(seen)).toEqual(new Set([1, 2]));
    const before = await bus.store.read((tx) => tx.documents('projections/fragile/1/seen').list());
    expect(before.map(({ id }) => id)).toEqual(['1', '2']);
    isBroken = false;
    await pass(bus, 20_000);
    expect(seen.slice(-2)).toEqual([3, 4]);
    const kept = await bus.store.read(async (tx) => (await fragile.read(tx))?.documents('seen').list());
    expect(kept?.map(({ id }) => id)).toEqual(['1', '2', '3', '4']);
  });

  it('says how far behind it is', async () => {
    const bus = busWith();
    const worker = keep(bus, totals('1'));
    expect(await worker.lag()).toBeUndefined();
    worker.start();
    await bus.settled();
    await worker.stop();
    expect(await worker.lag()).toBe(0);
    await earn(bus, 'a', 1);
    await bus.clock.advance(7_000);
    expect(await worker.lag()).toBe(7_000);
  });
});
