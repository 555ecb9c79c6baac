import { expect, it, onTestFinished } from 'vitest';
import { type Decider, type DomainEvent, repository } from '../index.ts';
import { testBus } from '../testing/index.ts';
import { ERASED } from './erased.ts';
import { erasePersonalData, personalData } from './personal-data.ts';

interface Moved extends DomainEvent {
  readonly type: 'Moved';
  readonly who: string;
  readonly to: { readonly street: string; readonly floors: readonly string[]; readonly number: number };
}

const decider: Decider<readonly Moved[], Moved, Moved, never> = {
  initialState: () => [],
  decide: (command) => [command],
  evolve: (state, event) => [...state, event],
};

const moved: Moved = { type: 'Moved', who: 'ada', to: { street: 'Rue 1', floors: ['3', '4'], number: 7 } };

function people() {
  const bus = testBus();
  onTestFinished(() => bus.close());
  const stored = personalData<Moved>({ subjectOf: ({ who }) => who, places: () => [['to']] });
  return { store: bus.store, homes: repository({ name: 'home', decider, stored }) };
}

it('is not to be read in the stream, and is as it was to those who load it', async () => {
  const { store, homes } = people();
  await store.transaction((tx) => homes.decide(tx, 'h-1', moved));
  const [raw] = await store.transaction((tx) => tx.events.load('home/h-1'));
  expect(JSON.stringify(raw)).not.toMatch(/Rue 1|"3"/);
  expect((await store.transaction((tx) => homes.load(tx, 'h-1'))).state).toEqual([moved]);
});

it('is gone once its key is erased, that of others is not, and nothing new is kept', async () => {
  const { store, homes } = people();
  const bobs: Moved = { ...moved, who: 'bob' };
  await store.transaction(async (tx) => {
    await homes.decide(tx, 'h-1', moved);
    await homes.decide(tx, 'h-1', bobs);
    await erasePersonalData(tx, 'ada');
    await homes.decide(tx, 'h-1', moved);
  });
  const erased = { ...moved, to: { street: ERASED, floors: [ERASED, ERASED], number: 7 } };
  expect((await store.transaction((tx) => homes.load(tx, 'h-1'))).state).toEqual([erased, bobs, erased]);
  const stream = await store.transaction((tx) => tx.events.load('home/h-1'));
  expect(JSON.stringify(stream.at(-1))).toContain(ERASED);
});

it('does not open what was sealed for another person: the person is part of the seal', async () => {
  const { store, homes } = people();
  await store.transaction(async (tx) => {
    await homes.decide(tx, 'h-1', { ...moved, who: 'bob' });
    await homes.decide(tx, 'h-1', moved);
    const [, adas] = await tx.events.load<Moved>('home/h-1');
    if (!adas) throw new Error('nothing is stored');
    const stolen: Moved = { ...adas.event, who: 'bob' };
    await tx.events.append('home/h-2', 0, [stolen], { at: 0 });
  });
  await expect(store.transaction((tx) => homes.load(tx, 'h-2'))).rejects.toThrow();
});
