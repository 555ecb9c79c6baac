/**
 * A shop to be killed: the whole domain, doing its jobs one after the other. Run as `shop.ts <file>`. It goes on
 * where it was when it died, writes a line after each job, and ends when all is done and everyone has heard of it.
 */
import type { Transaction } from '@chirograph/runtime';
import { memoryBroker } from '@chirograph/runtime/memory';
import { sqliteStore } from '@chirograph/runtime/sqlite';
import { stock } from '../inventory/handlers.ts';
import type { EnrollmentOutcome } from '../loyalty/enrollment-service.ts';
import { catalogue, signupBonuses } from '../reward/rewards.ts';
import { wire } from '../wire.ts';
import { books, MUG, STOCK } from './books.ts';
import { BONUS, type Job, jobs, PRICE } from './jobs.ts';

const [file = ''] = process.argv.slice(2);
const store = sqliteStore({ file });
const broker = memoryBroker();
const { loyalty, start, stop } = wire({ store, broker });
await start();

/** The programme and what belongs to it come into being together, or not at all. */
async function open(tx: Transaction): Promise<string> {
  const known = await books(tx).get('shop');
  if (known) return known.programId;
  const created = await loyalty.createProgram(
    {
      businessId: MUG,
      programName: 'Coffee Rewards',
      createdBy: MUG,
      rule: { type: 'POINTS_BASED', pointsPerCurrencyUnit: 1 },
    },
    { tx },
  );
  if (created.kind === 'refused') throw new Error(created.message);
  const programId = created.id;
  await loyalty.activateProgram({ programId }, { tx });
  await signupBonuses(tx).put(programId, { points: BONUS });
  await catalogue(tx).put(MUG, { programId, rewardName: 'Mug', points: PRICE });
  await stock(tx).put(MUG, { kind: 'physical', name: 'Mug', left: STOCK, owed: 0 });
  await books(tx).put('shop', { programId, done: 0 });
  return programId;
}

async function work(tx: Transaction, programId: string, job: Job): Promise<readonly EnrollmentOutcome[]> {
  const { customerId } = job;
  switch (job.kind) {
    case 'enroll':
      return [await loyalty.enrollCustomer({ programId, customerId, method: 'SELF' }, { tx })];
    case 'buy': {
      const outcomes: EnrollmentOutcome[] = [];
      for (const purchaseId of job.purchaseIds) {
        const purchase = { programId, customerId, purchaseId, amount: job.amount };
        outcomes.push(await loyalty.earnPoints(purchase, { tx }));
      }
      return outcomes;
    }
    case 'redeem': {
      const reward = { rewardId: MUG, rewardName: 'Mug', points: PRICE };
      return [await loyalty.redeemPoints({ programId, customerId, ...reward }, { tx })];
    }
  }
}

/** A job and the note that it is done, in one transaction. Answers how many are done; nothing when all were. */
async function next(): Promise<number | undefined> {
  return store.transaction(async (tx) => {
    const programId = await open(tx);
    const done = (await books(tx).get('shop'))?.done ?? 0;
    const job = jobs[done];
    if (!job) return undefined;
    for (const outcome of await work(tx, programId, job)) {
      if (outcome.kind === 'refused') throw new Error(`${job.kind}: ${outcome.message}`);
    }
    await books(tx).put('shop', { programId, done: done + 1 });
    return done + 1;
  });
}

for (let done = await next(); done !== undefined; done = await next()) process.stdout.write(`${done}\n`);

// A message leaves the outbox when every consumer has handled it, and what they have to send is in there by then.
while (await store.transaction(async (tx) => (await tx.outbox.next({ limit: 1 })).length > 0)) {
  await new Promise((turn) => setImmediate(turn));
}
await stop();
await store.close();
await broker.close();
