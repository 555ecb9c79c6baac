/** Personal data on PostgreSQL, where transactions run side by side. */
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DomainEvent, repository, type Store } from '../index.ts';
import { postgresStore } from '../postgres/index.ts';
import { ERASED } from './erased.ts';
import { erasePersonalData, personalData } from './personal-data.ts';

const URL = process.env.POSTGRES_URL ?? 'postgres://root@127.0.0.1:5432/test';
const schema = `personal_${process.pid}`;
let store: Store;

beforeAll(async () => {
  store = postgresStore({ url: URL, schema, connections: 15 });
  await store
    .transaction(async () => undefined)
    .catch((error) => {
      throw new Error(`These tests need PostgreSQL at ${URL} (POSTGRES_URL): ${error.message}`);
    });
});
afterAll(async () => {
  await store.close();
  const client = new pg.Client({ connectionString: URL });
  await client.connect();
  await client.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
  await client.end();
});

interface Named extends DomainEvent {
  readonly type: 'Named';
  readonly who: string;
  readonly name: string;
}

const homes = repository<readonly Named[], Named, Named>({
  name: 'home',
  decider: {
    initialState: () => [],
    decide: (command) => [command],
    evolve: (state, event) => [...state, event],
  },
  stored: personalData<Named>({ subjectOf: ({ who }) => who, places: () => [['name']] }),
});

const write = (who: string, home: string) =>
  store.transaction((tx) => homes.decide(tx, home, { type: 'Named', who, name: 'Ada' }));
const namesIn = async (home: string) =>
  (await store.transaction((tx) => homes.load(tx, home))).state.map(({ name }) => name);

it('of one person, first written by many at once, can all be read', async () => {
  const all = Array.from({ length: 12 }, (_, n) => `h-${n}`);
  await Promise.all(all.map((home) => write('ada', home)));
  for (const home of all) expect(await namesIn(home)).toEqual(['Ada']);
});

it('is erased when it is written for the first time meanwhile, in either order', async () => {
  for (let round = 0; round < 10; round += 1) {
    const who = `bob-${round}`;
    await Promise.all([write(who, who), store.transaction((tx) => erasePersonalData(tx, who))]);
    expect(await namesIn(who)).toEqual([ERASED]);
  }
});
