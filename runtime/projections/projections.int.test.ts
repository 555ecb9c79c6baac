import pg from 'pg';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type DomainEvent, projection, type StoredEvent, type Transaction } from '../index.ts';
import { postgresStore } from '../postgres/index.ts';

const URL = process.env.POSTGRES_URL ?? 'postgres://root@127.0.0.1:5432/test';

interface Added extends DomainEvent {
  readonly amount: number;
}

describe('a projection on PostgreSQL', () => {
  it('loses and doubles nothing while many write, two processes keep it, and it is rebuilt and replaced', async () => {
    const schema = `projection_${process.pid}`;
    const store = postgresStore({ url: URL, schema, connections: 20 });
    const other = postgresStore({ url: URL, schema });
    onTestFinished(async () => {
      await Promise.all([store.close(), other.close()]);
      const admin = new pg.Client({ connectionString: URL });
      await admin.connect();
      await admin.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
      await admin.end();
    });
    const totals = (version: string, factor: number) =>
      projection({
        name: 'totals',
        version,
        async project({ stream, event }: StoredEvent<DomainEvent>, data) {
          const accounts = data.documents<{ total: number; order: number[] }>('accounts');
          const { total, order } = (await accounts.get(stream)) ?? { total: 0, order: [] };
          const { amount } = event as Added;
          await accounts.put(stream, { total: total + amount * factor, order: [...order, amount] });
        },
      });
    const [one, two] = [totals('1', 1), totals('2', 10)];
    const keeping = { poll: 20, batch: 7 };
    const workers = [one.keep(store, keeping), one.keep(other, keeping)];
    onTestFinished(async () => {
      for (const worker of workers) await worker.stop();
    });
    for (const worker of workers) await worker.start();

    const ROUNDS = 30;
    const writer = async (n: number): Promise<void> => {
      for (let round = 1; round <= ROUNDS; round++) {
        if (n === 0 && round === 8) {
          await vi.waitFor(async () => expect(await store.read((tx) => one.read(tx))).toBeDefined(), 30_000);
          await store.transaction((tx) => one.rebuild(tx));
        }
        if (n === 0 && round === 16) {
          const next = two.keep(other, keeping);
          workers.push(next);
          await next.start();
        }
        await store.transaction(async (tx) => {
          await tx.events.append(`account/${n}`, 'any', [{ type: 'Added', amount: round } as Added], {
            at: 1,
          });
          // Others begin and commit while this one is open.
          for (let turn = 0; turn < (n * 7 + round) % 9; turn++) await tx.documents('none').get('none');
        });
      }
    };
    await Promise.all(Array.from({ length: 6 }, (_, n) => writer(n)));

    const rounds = Array.from({ length: ROUNDS }, (_, index) => index + 1);
    const sum = (ROUNDS * (ROUNDS + 1)) / 2;
    const all = (factor: number) =>
      Array.from({ length: 6 }, (_, n) => ({
        id: `account/${n}`,
        document: { total: sum * factor, order: rounds },
      }));
    const modelOf = (what: typeof one) =>
      store.read(async (tx: Transaction) => {
        const model = await what.read(tx);
        return {
          version: model?.version,
          generation: model?.generation,
          list: await model?.documents('accounts').list(),
        };
      });
    await vi.waitFor(
      async () => expect(await modelOf(two)).toEqual({ version: '2', generation: 3, list: all(10) }),
      30_000,
    );
    await vi.waitFor(
      async () => expect(await modelOf(one)).toEqual({ version: '1', generation: 2, list: all(1) }),
      30_000,
    );
  });
});
