/** Many customers of one programme on PostgreSQL, where transactions run side by side: all are told, counted and served. */
import { randomUUID } from 'node:crypto';
import { memoryBroker } from '@chirograph/runtime/memory';
import { postgresStore } from '@chirograph/runtime/postgres';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { noFigures, programFigures } from './analytics/handlers.ts';
import { profiles } from './customer/handlers.ts';
import { stock } from './inventory/handlers.ts';
import { audience } from './notification/mail.ts';
import { wire } from './wire.ts';

const URL = process.env.POSTGRES_URL ?? 'postgres://root@127.0.0.1:5432/test';
const schema = `loyalty_${process.pid}`;
const store = postgresStore({ url: URL, schema, connections: 15 });

beforeAll(async () => {
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

it('who enrol, buy and redeem at once', async () => {
  const broker = memoryBroker();
  const domain = wire({ store, broker, poll: 50 });
  await domain.start();
  try {
    const { loyalty, reward } = domain;
    const rule = { type: 'POINTS_BASED', pointsPerCurrencyUnit: 1 } as const;
    const about = { businessId: randomUUID(), createdBy: randomUUID(), rule };
    const programs: string[] = [];
    for (const programName of ['Coffee', 'Tea']) {
      const made = await loyalty.createProgram({ ...about, programName });
      if (made.kind === 'accepted') programs.push(made.id);
    }
    for (const programId of programs) await loyalty.activateProgram({ programId });
    const [programId = ''] = programs;
    const rewardId = randomUUID();
    await reward.offerReward(rewardId, { programId, rewardName: 'Mug', points: 10 });
    await store.transaction((tx) =>
      stock(tx).put(rewardId, { kind: 'physical', name: 'Mug', left: 12, owed: 0 }),
    );

    const customers = Array.from({ length: 16 }, () => randomUUID());
    const all = <T>(work: (customerId: string) => Promise<T>) => Promise.all(customers.map(work));
    await all((customerId) =>
      Promise.all(
        programs.map((id) => loyalty.enrollCustomer({ programId: id, customerId, method: 'SELF' })),
      ),
    );
    await all((customerId) =>
      loyalty.earnPoints({ programId, customerId, purchaseId: randomUUID(), amount: 15 }),
    );
    await all((customerId) => reward.redeem({ customerId, rewardId }));

    const kept = () =>
      store.read(async (tx) => ({
        told: (await audience(tx).get(programId))?.customerIds.toSorted(),
        figures: await programFigures(tx).get(programId),
        stock: await stock(tx).get(rewardId),
        memberships: (await profiles(tx).list()).map(
          ({ document }) => Object.keys(document.memberships).length,
        ),
      }));
    await expect.poll(kept, { timeout: 60_000, interval: 200 }).toEqual({
      told: customers.toSorted(),
      figures: {
        ...noFigures,
        created: 1,
        activated: 1,
        enrolled: 16,
        purchases: 16,
        pointsEarned: 240,
        pointsRedeemed: 160,
      },
      stock: { kind: 'physical', name: 'Mug', left: 0, owed: 4 },
      memberships: customers.map(() => 2),
    });
  } finally {
    await domain.stop();
    await broker.close();
  }
}, 120_000);
