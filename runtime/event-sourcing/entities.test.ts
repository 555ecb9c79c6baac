import { beforeEach, describe, expect, it } from 'vitest';
import type { Store, Transaction } from '../ports/store.ts';
import { sqliteStore } from '../sqlite/index.ts';
import { manualClock } from '../testing/index.ts';
import { type Decider, refuse } from './decider.ts';
import { type Entities, entities } from './entities.ts';

interface Taken {
  readonly type: 'taken';
  readonly by: string;
}

const seat: Decider<string | undefined, { readonly by: string }, Taken, 'taken-already'> = {
  initialState: () => undefined,
  decide: ({ by }, owner) =>
    owner ? refuse('taken-already', `${owner} sits there`) : [{ type: 'taken', by }],
  evolve: (_, { by }) => by,
};

describe('entities', () => {
  let store: Store;
  let seats: Entities<string | undefined, { readonly by: string }, Taken, 'taken-already'>;
  let published: string[];

  beforeEach(() => {
    store = sqliteStore({ file: ':memory:' });
    published = [];
    seats = entities({
      name: 'seat',
      store,
      decider: seat,
      clock: manualClock(7),
      publish: async ({ by }) => void published.push(by),
    });
    return () => store.close();
  });

  it('decide in a transaction of their own, or in that of the caller', async () => {
    expect(await seats.decide('12A', { by: 'ada' })).toEqual({
      kind: 'accepted',
      id: '12A',
      events: [{ type: 'taken', by: 'ada' }],
    });
    const undone = store.transaction(async (tx) => {
      await seats.decide('12B', { by: 'bob' }, { tx });
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await store.transaction((tx) => seats.load(tx, '12B'))).toBeUndefined();
    expect(await store.transaction((tx) => seats.load(tx, '12A'))).toBe('ada');
  });

  it('take a command that is made of the time and of what the transaction shows', async () => {
    await seats.decide('12A', { by: 'ada' });
    await seats.decide('12B', async (tx, at) => ({ by: `${await seats.load(tx, '12A')} at ${at}` }));
    expect(published).toEqual(['ada', 'ada at 7']);
  });

  it('decide anew when somebody else came first, and publish nothing of the first try', async () => {
    const outcome = await store.transaction((tx) =>
      seats.decide('12A', { by: 'ada' }, { tx: overtaken(tx) }),
    );
    expect(outcome).toEqual(refuse('taken-already', 'bob sits there'));
    expect(published).toEqual([]);
  });

  /** A transaction in which somebody else appends first, as stores with many writers show it. */
  function overtaken(tx: Transaction): Transaction {
    const bob: Taken = { type: 'taken', by: 'bob' };
    const append: Transaction['events']['append'] = async (stream, version, events, options) => {
      if (version === 0) await tx.events.append(stream, 0, [bob], options);
      return tx.events.append(stream, version, events, options);
    };
    return { ...tx, events: { ...tx.events, load: (...it) => tx.events.load(...it), append } };
  }
});
