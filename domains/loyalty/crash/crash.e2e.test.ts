import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { derivedId, fold, type Store, type Transaction } from '@chirograph/runtime';
import { sqliteStore } from '@chirograph/runtime/sqlite';
import { expect, it } from 'vitest';
import { programFigures } from '../analytics/handlers.ts';
import { profiles } from '../customer/handlers.ts';
import { stock } from '../inventory/handlers.ts';
import { enrollment } from '../loyalty/enrollment/enrollment.ts';
import type { EnrollmentEvent } from '../loyalty/enrollment/events.ts';
import { balanceOf } from '../loyalty/enrollment/state.ts';
import { sentMails } from '../notification/mail.ts';
import { issuedRewards } from '../reward/rewards.ts';
import { standings } from '../tier/handlers.ts';
import { books, MUG, STOCK } from './books.ts';
import { BONUS, type Expected, expected, jobs, PRICE } from './jobs.ts';

const shop = fileURLToPath(new URL('shop.ts', import.meta.url));
const ROUNDS = 4;

it('loses nothing and doubles nothing when the whole domain is killed in the middle, again and again', {
  timeout: 120_000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'loyalty-crash-'));
  const file = join(folder, 'shop.db');
  let unsent = 0;
  for (const lines of killPoints(20_251_107)) {
    await killAfter(open(file), lines);
    unsent += await inStore(file, async (tx) => (await tx.outbox.next({ limit: 1_000 })).length);
  }
  // Else the kills came when there was nothing to lose, and the test shows nothing.
  expect(unsent).toBeGreaterThan(0);

  const [code] = await once(open(file), 'exit');
  expect(code).toBe(0);
  await inStore(file, checkBooks);
  await rm(folder, { recursive: true });
});

/** After how many jobs of a round the shop is killed. They add up to less than there is to do. */
function killPoints(seed: number): readonly number[] {
  const longest = Math.floor(jobs.length / ROUNDS) - 1;
  return Array.from({ length: ROUNDS }, (_, round) => {
    const random = Math.imul(seed + round, 2_654_435_761) >>> 0;
    return 1 + (random % longest);
  });
}

function open(file: string): ChildProcess {
  return spawn(process.execPath, [shop, file], {
    stdio: ['ignore', 'pipe', 'inherit'],
    // So that a shop which never closes does not outlive the test.
    timeout: 60_000,
    killSignal: 'SIGKILL',
  });
}

async function killAfter(child: ChildProcess, lines: number): Promise<void> {
  const ended = once(child, 'exit');
  if (!child.stdout) throw new Error('the shop has no output');
  let seen = 0;
  for await (const _ of createInterface({ input: child.stdout })) {
    seen += 1;
    if (seen === lines) child.kill('SIGKILL');
  }
  expect(await ended).toEqual([null, 'SIGKILL']);
}

async function inStore<T>(file: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const store: Store = sqliteStore({ file });
  try {
    return await store.transaction(work);
  } finally {
    await store.close();
  }
}

async function checkBooks(tx: Transaction): Promise<void> {
  const { programId = '', done } = (await books(tx).get('shop')) ?? {};
  expect(done).toBe(jobs.length);
  for (const customer of expected) await checkCustomer(tx, programId, customer);

  const sum = (of: (customer: Expected) => number) =>
    expected.reduce((total, customer) => total + of(customer), 0);
  const redemptions = sum((customer) => customer.redemptions);
  const upgrades = sum(({ tier }) => tier.level - 1);
  expect(await programFigures(tx).get(programId)).toEqual({
    created: 1,
    activated: 1,
    paused: 0,
    enrolled: expected.length,
    purchases: sum(({ purchases }) => purchases),
    pointsEarned: sum(({ pointsEarned }) => pointsEarned),
    pointsRedeemed: redemptions * PRICE,
    pointsExpired: 0,
    tierUpgrades: upgrades,
  });
  expect(await stock(tx).get(MUG)).toMatchObject({ left: STOCK - redemptions, owed: 0 });
  expect(await issuedRewards(tx).list()).toHaveLength(redemptions);
  // Created, activated; and for each customer: welcome, bonus, purchases, redemptions, rises.
  const mails = 2 + sum(({ purchases }) => 2 + purchases) + redemptions + upgrades;
  expect(await sentMails(tx).list()).toHaveLength(mails);

  expect(await tx.documents('process/enrollment-saga').list()).toEqual([]);
  expect(await tx.outbox.next({ limit: 1 })).toEqual([]);
  expect(await tx.parked.list({ state: 'dead', limit: 1 })).toEqual([]);
}

async function checkCustomer(tx: Transaction, programId: string, customer: Expected): Promise<void> {
  const { customerId, purchases, pointsEarned, redemptions, tier } = customer;
  const id = derivedId(programId, customerId);
  const events = (await tx.events.load<EnrollmentEvent>(`enrollment/${id}`)).map(({ event }) => event);
  const count = (type: EnrollmentEvent['type']) => events.filter((event) => event.type === type).length;
  expect(count('CustomerEnrolled')).toBe(1);
  expect(count('PurchaseCounted')).toBe(purchases);
  expect(count('PointsEarned')).toBe(purchases + 1);
  expect(count('PointsRedeemed')).toBe(redemptions);
  expect(count('TierUpgraded')).toBe(tier.level - 1);
  const bonuses = events.filter(
    (event) => event.type === 'PointsEarned' && event.data.referenceType === 'SIGNUP_BONUS',
  );
  expect(bonuses).toMatchObject([{ data: { pointsEarned: BONUS } }]);

  const state = fold(enrollment, events);
  expect(state.kind === 'enrolled' && balanceOf(state)).toBe(pointsEarned - redemptions * PRICE);
  expect(await standings(tx).get(id)).toEqual({
    qualifyingPoints: pointsEarned,
    tier: tier.name,
    level: tier.level,
  });
  const segment = tier.level > 1 ? { segment: tier.name } : {};
  expect((await profiles(tx).get(customerId))?.memberships[programId]).toEqual({
    programName: 'Coffee Rewards',
    ...segment,
  });
}
