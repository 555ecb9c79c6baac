import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { type PointsEarned, pointsEarned, pointsEarnedV1 } from '../fixtures/points-earned.ts';
import {
  contractEvent,
  type DomainEvent,
  dataEvent,
  ERASED,
  eventSchema,
  fold,
  olderData,
  olderShape,
  replay,
  repository,
  type StoredEvent,
  type Transaction,
  type Validator,
} from '../index.ts';
import { testBus } from '../testing/index.ts';

/** As it was written once: one number for both. */
interface MovedV1 extends DomainEvent {
  readonly type: 'Moved';
  readonly by: string;
}
interface Moved extends DomainEvent {
  readonly type: 'Moved';
  readonly x: number;
  readonly y: number;
}
interface Named extends DomainEvent {
  readonly type: 'Named';
  readonly name: string;
}
type Event = Moved | Named;

const schema = eventSchema<Event>({
  Moved: {
    version: '2',
    check: z.object({ type: z.literal('Moved'), x: z.int(), y: z.int() }),
    older: [
      olderShape(
        '1',
        z.object({ type: z.literal('Moved'), by: z.string().regex(/^-?\d+,-?\d+$/) }),
        ({ by }): Moved => {
          const [x, y] = by.split(',').map(Number);
          return { type: 'Moved', x: x ?? 0, y: y ?? 0 };
        },
      ),
    ],
  },
  Named: {
    version: '1',
    check: z.object({ type: z.literal('Named'), name: z.string().max(5) }),
  },
});

interface State {
  readonly x: number;
  readonly y: number;
  readonly name: string;
}
const decider = {
  initialState: (): State => ({ x: 0, y: 0, name: '' }),
  evolve(state: State, event: Event): State {
    // Not commutative, so that an order lost is seen.
    if (event.type === 'Moved')
      return { ...state, x: (state.x * 3 + event.x) % 10_007, y: state.y + event.y };
    return { ...state, name: event.name };
  },
  decide: (event: Event): readonly Event[] => [event],
};

const stored = (event: DomainEvent, schemaVersion?: string): StoredEvent<DomainEvent> => ({
  position: '7',
  stream: 'robot/1',
  version: 3,
  at: 0,
  metadata: {},
  schemaVersion,
  event,
});
const v1 = (x: number, y: number): MovedV1 => ({ type: 'Moved', by: `${x},${y}` });

describe('stored events', () => {
  it('of versions 1 and 2, interleaved, replay to the state of version 2 alone', async () => {
    const bus = testBus();
    onTestFinished(() => bus.close());
    const random = fc.sample(
      fc.tuple(fc.integer({ min: -99, max: 99 }), fc.integer({ min: -99, max: 99 }), fc.boolean()),
      5_000,
    );
    const robots = repository({ name: 'robot', decider, events: schema });
    await bus.store.transaction(async (tx) => {
      for (const [x, y, isOld] of random) {
        const moved: Moved = { type: 'Moved', x, y };
        const [event, versions] = isOld ? [v1(x, y), {}] : [moved, schema.versions];
        await tx.events.append('robot/mixed', 'any', [event], { at: 1, schemaVersions: versions });
      }
    });
    const expected = fold(
      decider,
      random.map(([x, y]): Event => ({ type: 'Moved', x, y })),
    );
    const loaded = await bus.store.read((tx) => robots.load(tx, 'mixed'));
    expect(loaded).toEqual({ state: expected, version: 5_000 });

    const replayed: Event[] = [];
    for await (const { event } of replay(bus.store, { events: schema, batch: 300 })) replayed.push(event);
    expect(fold(decider, replayed)).toEqual(expected);
  });

  it('are checked, upcast or not, and say where they depart', () => {
    const read = (event: object, version?: string) =>
      schema.read(stored(event as DomainEvent, version)).event;
    expect(read({ type: 'Moved', x: 1, y: 2 }, '2')).toEqual({ type: 'Moved', x: 1, y: 2 });
    expect(read(v1(1, 2), '1')).toEqual({ type: 'Moved', x: 1, y: 2 });
    expect(read(v1(1, 2))).toEqual({ type: 'Moved', x: 1, y: 2 });
    expect(() => read({ type: 'Moved', x: 1, y: 'two' }, '2')).toThrow(
      'event 3 of robot/1 (Moved 2, position 7) cannot be read: /y should be',
    );
    expect(() => read({ type: 'Moved', by: '1;2' }, '1')).toThrow('/by should be');
    expect(() => read({ type: 'Moved', x: 1, y: 2 }, '3')).toThrow('the schema knows the versions 1, 2');
    expect(() => read({ type: 'Crashed' })).toThrow('the schema knows Moved, Named');
    expect(() => read({ type: 'Named', name: 'much too long' })).toThrow('/name should be');
    expect(read({ type: 'Named', name: ERASED })).toEqual({ type: 'Named', name: ERASED });
  });

  it('say so when their upcaster fails, or makes what is not of the newest shape', () => {
    const withUpcaster = (upcast: () => Named) =>
      eventSchema<Named>({
        Named: {
          version: '2',
          check: z.object({ type: z.literal('Named'), name: z.string() }),
          older: [olderShape('1', z.object({}), upcast)],
        },
      });
    const failing = withUpcaster(() => {
      throw new RangeError('no name');
    });
    expect(() => failing.read(stored({ type: 'Named' }, '1'))).toThrow(
      'its upcaster failed: RangeError: no name',
    );
    const wrong = withUpcaster(() => ({ type: 'Named' }) as Named);
    expect(() => wrong.read(stored({ type: 'Named' }, '1'))).toThrow('upcast to 2 it departs from it: /name');
  });

  it('that could not be read again are not written', async () => {
    const bus = testBus();
    onTestFinished(() => bus.close());
    const robots = repository({ name: 'robot', decider, events: schema });
    const name = (text: string) =>
      bus.store.transaction((tx) => robots.decide(tx, '1', { type: 'Named', name: text }));
    await expect(name('much too long')).rejects.toThrow('Named 1 breaks its contract');
    await name('R2');
    const [only] = await bus.store.read((tx) => tx.events.load('robot/1'));
    expect(only).toMatchObject({ schemaVersion: '1', event: { type: 'Named', name: 'R2' } });
  });

  it('may be messages, with their generated contracts and upcasters, and dates', () => {
    interface Placed extends DomainEvent {
      readonly type: 'order.placed';
      readonly at: Date;
    }
    const isPlaced = ((value: unknown) =>
      typeof value === 'object' &&
      value !== null &&
      'at' in value &&
      typeof value.at === 'string') as Validator<Placed>;
    const contract = {
      name: 'order.placed',
      version: '2.0',
      kind: 'event',
      channel: 'order.placed',
      contentType: 'application/json',
      envelope: {},
      identity: [],
      dates: ['/at'],
    } as const;
    const old = {
      ...contract,
      version: '1.0',
      validate: ((value: unknown) => value !== null) as Validator<{ day: string }>,
    };
    const orders = eventSchema<Placed>({
      'order.placed': contractEvent<Placed>({ ...contract, validate: isPlaced }, [
        {
          contract: old,
          upcast: ({ day }: { day: string }) => ({ type: 'order.placed', at: `${day}T00:00:00Z` }) as never,
        },
      ]),
    });
    const at = new Date('2026-01-05T09:00:00Z');
    const written = orders.write({ type: 'order.placed', at });
    expect(written).toEqual({ type: 'order.placed', at: '2026-01-05T09:00:00.000Z' });
    expect(orders.read(stored(written, '2.0')).event).toEqual({ type: 'order.placed', at });
    const first = orders.read(stored({ type: 'order.placed', day: '2026-01-05' } as DomainEvent, '1.0'));
    expect(first.event.at).toEqual(new Date('2026-01-05T00:00:00Z'));
  });

  it('cannot have two shapes of one version', () => {
    const check = z.object({ type: z.literal('Named'), name: z.string() });
    expect(() =>
      eventSchema<Named>({ Named: { version: '1', check, older: [olderShape('1', check, (it) => it)] } }),
    ).toThrow('two shapes of one version: 1, 1');
  });
});

describe('snapshots', () => {
  it('lead to the state that all events lead to, whenever they are kept', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 })), {
          maxLength: 40,
        }),
        fc.integer({ min: 1, max: 7 }),
        async (moves, every) => {
          const bus = testBus();
          const kept = repository({
            name: 'robot',
            decider,
            events: schema,
            snapshots: { version: '1', every },
          });
          const plain = repository({ name: 'robot', decider, events: schema });
          await bus.store.transaction(async (tx) => {
            for (const [x, y] of moves) await kept.decide(tx, '1', { type: 'Moved', x, y });
          });
          const read = <T>(load: (tx: Transaction) => Promise<T>) => bus.store.read(load);
          expect(await read((tx) => kept.load(tx, '1'))).toEqual(await read((tx) => plain.load(tx, '1')));
          await bus.close();
        },
      ),
      { numRuns: 30 },
    );
  });

  it('spare the events before them, and another version of the fold does not look at them', async () => {
    const bus = testBus();
    onTestFinished(() => bus.close());
    const robots = (version: string) =>
      repository({ name: 'robot', decider, snapshots: { version, every: 2 } });
    await bus.store.transaction(async (tx) => {
      for (const x of [1, 2, 3]) await robots('1').decide(tx, '1', { type: 'Moved', x, y: 0 });
      const kept = tx.documents<{ state: State; version: number }>('snapshots/robot/1');
      const snapshot = await kept.get('1');
      expect(snapshot).toEqual({ state: { x: 5, y: 0, name: '' }, version: 2 });
      // Seen to be used: what is told of it comes out.
      if (snapshot) await kept.put('1', { ...snapshot, state: { ...snapshot.state, name: 'kept' } });
      expect((await robots('1').load(tx, '1')).state).toEqual({ x: 18, y: 0, name: 'kept' });
      expect((await robots('2').load(tx, '1')).state).toEqual({ x: 18, y: 0, name: '' });
    });
  });

  it('are not kept of what can be erased', () => {
    const stored = {
      write: async (_: unknown, event: Event) => event,
      read: async (_: unknown, event: Event) => event,
    };
    expect(() => repository({ name: 'robot', decider, stored, snapshots: { version: '1' } })).toThrow(
      'personal data',
    );
  });
});

describe('a replay', () => {
  it('begins after any position, and reads one stream, one kind of stream, or some types', async () => {
    const bus = testBus();
    onTestFinished(() => bus.close());
    for (const [stream, type] of [
      ['a/1', 'X'],
      ['a/2', 'Y'],
      ['b/1', 'X'],
      ['a/1', 'Y'],
    ] as const)
      await bus.store.transaction((tx) => tx.events.append(stream, 'any', [{ type }], { at: 1 }));
    const read = async (options: object): Promise<string[]> => {
      const found: string[] = [];
      for await (const { stream, event } of replay(bus.store, { batch: 1, ...options }))
        found.push(`${stream} ${event.type}`);
      return found;
    };
    expect(await read({})).toEqual(['a/1 X', 'a/2 Y', 'b/1 X', 'a/1 Y']);
    expect(await read({ stream: 'a/1' })).toEqual(['a/1 X', 'a/1 Y']);
    expect(await read({ streamPrefix: 'a/' })).toEqual(['a/1 X', 'a/2 Y', 'a/1 Y']);
    expect(await read({ types: ['Y'] })).toEqual(['a/2 Y', 'a/1 Y']);
    const [, second] = await bus.store.read((tx) => tx.events.readAll({ limit: 2 }));
    expect(await read({ after: second?.position, types: ['X', 'Y'], streamPrefix: 'a/' })).toEqual(['a/1 Y']);
  });
});

describe('an event whose data is that of a message', () => {
  type Earned = { readonly type: 'Earned'; readonly by: string; readonly data: PointsEarned['data'] };
  const earnedEvents = eventSchema<Earned>({
    Earned: dataEvent(pointsEarned, {
      beside: Object.assign((value: unknown): value is never => typeof (value as Earned).by === 'string', {
        errors: [{ instancePath: '/by', keyword: 'type', params: { type: 'string' } }],
      }),
      older: [olderData(pointsEarnedV1, (old) => ({ data: { ...old.data, expiresAt: null } }))],
    }),
  });
  const event: Earned = { type: 'Earned', by: 'a', data: { pointsEarned: 3, expiresAt: null } };
  const stored = (of: object, schemaVersion?: string): StoredEvent<DomainEvent> =>
    ({ stream: 'e/1', version: 1, position: '1', at: 0, event: of, schemaVersion }) as never;

  it('is checked by its contract, without the envelope, and beside it by what its owner says', () => {
    expect(earnedEvents.write(event)).toEqual(event);
    expect(() => earnedEvents.write({ ...event, data: { pointsEarned: 0, expiresAt: null } })).toThrow(
      '/data/pointsEarned should be 1 or more',
    );
    expect(() => earnedEvents.write({ type: 'Earned', by: 'a' } as never)).toThrow('/data should be given');
    expect(() => earnedEvents.write({ ...event, by: 1 } as never)).toThrow('/by should be a string');
    const erased = { ...event, data: { pointsEarned: ERASED, expiresAt: null } };
    expect(earnedEvents.read(stored(erased, '2.0')).event).toEqual(erased);
  });

  it('is read in the version of the message in which it was stored', () => {
    const old = { ...event, data: { pointsEarned: 3 } };
    expect(earnedEvents.read(stored(old, '1.0')).event).toEqual(event);
    expect(earnedEvents.read(stored(old)).event).toEqual(event);
    expect(() => earnedEvents.read(stored(old, '2.0'))).toThrow('/data/expiresAt should be given');
  });
});
