import { beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../ports/store.ts';
import { sqliteStore } from '../sqlite/index.ts';
import { manualClock, specification } from '../testing/index.ts';
import { type Decider, type Refusal, refuse } from './decider.ts';
import { type Repository, repository } from './repository.ts';

type Command = { readonly type: 'earn' | 'pause'; readonly points: number };
type Event = { readonly type: 'earned'; readonly points: number } | { readonly type: 'paused' };
type Code = 'paused' | 'not-positive';
interface State {
  readonly points: number;
  readonly isPaused: boolean;
}

const account: Decider<State, Command, Event, Code> = {
  initialState: () => ({ points: 0, isPaused: false }),
  decide(command, state): readonly Event[] | Refusal<Code> {
    if (command.type === 'pause') return state.isPaused ? [] : [{ type: 'paused' }];
    if (state.isPaused) return refuse('paused', 'the programme is paused');
    if (command.points <= 0) return refuse('not-positive', 'points must be more than none');
    const bonus: Event[] = state.points === 0 ? [{ type: 'earned', points: 1 }] : [];
    return [{ type: 'earned', points: command.points }, ...bonus];
  },
  evolve: (state, event) =>
    event.type === 'paused'
      ? { ...state, isPaused: true }
      : { ...state, points: state.points + event.points },
};
const earn = (points: number): Command => ({ type: 'earn', points });
const pause: Command = { type: 'pause', points: 0 };
const earned = (points: number): Event => ({ type: 'earned', points });
const paused: Event = { type: 'paused' };

describe('a decider, given, when, then', () => {
  const given = specification(account);

  it('leads from commands to events', () => {
    given().when(earn(5)).then(earned(5), earned(1));
    given(earned(5)).when(earn(2)).then(earned(2));
    given(paused).when(pause).then();
  });

  it('refuses', () => {
    given(paused).when(earn(5)).refuses('paused');
    given().when(earn(0)).refuses('not-positive');
  });

  it('fails when it is otherwise', () => {
    expect(() => given().when(earn(5)).then(earned(5))).toThrow();
    expect(() => given(paused).when(earn(5)).then(earned(5))).toThrow('paused');
    expect(() => given(paused).when(earn(5)).refuses('not-positive')).toThrow('paused');
    expect(() => given(earned(5)).when(earn(5)).refuses('paused')).toThrow('accepted, with earned');
  });
});

describe('a repository', () => {
  let store: Store;
  let accounts: Repository<State, Command, Event, Code>;
  let published: string[];
  const decide = (command: Command, options?: object) =>
    store.transaction((tx) => accounts.decide(tx, 'a-1', command, options));

  beforeEach(() => {
    store = sqliteStore({ file: ':memory:' });
    published = [];
    accounts = repository({
      name: 'account',
      decider: account,
      clock: manualClock(7),
      async publish(event, { id, state, version }) {
        published.push(`${id} ${event.type} ${state.points} ${version}`);
      },
    });
    return () => store.close();
  });

  it('loads, decides, appends and publishes', async () => {
    expect(await decide(earn(5))).toEqual({
      kind: 'accepted',
      events: [earned(5), earned(1)],
      state: { points: 6, isPaused: false },
      version: 2,
    });
    expect(await decide(pause, { causedBy: { id: 'c', correlationId: 'k' } })).toMatchObject({ version: 3 });
    expect(published).toEqual(['a-1 earned 5 1', 'a-1 earned 6 2', 'a-1 paused 6 3']);
    const stored = await store.transaction((tx) => tx.events.load('account/a-1'));
    expect(stored.map(({ event }) => event)).toEqual([earned(5), earned(1), paused]);
    expect(stored.at(-1)).toMatchObject({ at: 7, metadata: { correlationId: 'k', causationId: 'c' } });
    expect(await store.transaction((tx) => accounts.load(tx, 'a-1'))).toEqual({
      state: { points: 6, isPaused: true },
      version: 3,
    });
  });

  it('writes nothing when the command is refused', async () => {
    expect(await decide(earn(0))).toEqual({
      kind: 'refused',
      code: 'not-positive',
      message: 'points must be more than none',
    });
    expect(await store.transaction((tx) => tx.events.load('account/a-1'))).toEqual([]);
    expect(published).toEqual([]);
  });

  it('decides on the version that was seen, or not at all', async () => {
    await decide(earn(5), { expectedVersion: 0 });
    expect(await decide(earn(5), { expectedVersion: 1 })).toEqual({
      kind: 'conflict',
      expectedVersion: 1,
      actualVersion: 2,
    });
    expect(await decide(earn(5), { expectedVersion: 2 })).toMatchObject({ kind: 'accepted', version: 3 });
  });
});
