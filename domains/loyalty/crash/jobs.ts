/** What the shop does all day, the same in every run: so that it can be said what has to come of it. */
import { type Tier, tierFor } from '../tier/ladder.ts';

export type Job =
  | { readonly kind: 'enroll'; readonly customerId: string }
  | {
      readonly kind: 'buy';
      readonly customerId: string;
      readonly purchaseId: string;
      readonly amount: number;
    }
  | { readonly kind: 'redeem'; readonly customerId: string };

export const BONUS = 50;
export const PRICE = 10;
const CUSTOMERS = 5;
const ROUNDS = 20;

/** Everyone enrols, then buys and, after every fifth purchase, redeems. Nothing of it can be refused. */
export const jobs: readonly Job[] = [
  ...customers().map((customerId): Job => ({ kind: 'enroll', customerId })),
  ...Array.from({ length: ROUNDS }, (_, round) =>
    customers().flatMap((customerId, n) => jobsOf(customerId, n, round)),
  ).flat(),
];

function jobsOf(customerId: string, n: number, round: number): readonly Job[] {
  const buy: Job = {
    kind: 'buy',
    customerId,
    purchaseId: uuid(1_000 + round * CUSTOMERS + n),
    amount: 10 + n * 5,
  };
  return round % 5 === 4 ? [buy, { kind: 'redeem', customerId }] : [buy];
}

function customers(): readonly string[] {
  return Array.from({ length: CUSTOMERS }, (_, n) => uuid(n + 1));
}

function uuid(n: number): string {
  return `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
}

/** What a customer has in the end. */
export interface Expected {
  readonly customerId: string;
  readonly purchases: number;
  readonly pointsEarned: number;
  readonly redemptions: number;
  readonly tier: Tier;
}

export function expectedOf(customerId: string): Expected {
  const mine = jobs.filter((job) => job.customerId === customerId);
  const amounts = mine.flatMap((job) => (job.kind === 'buy' ? [job.amount] : []));
  const pointsEarned = amounts.reduce((sum, amount) => sum + amount, BONUS);
  const redemptions = mine.filter(({ kind }) => kind === 'redeem').length;
  return { customerId, purchases: amounts.length, pointsEarned, redemptions, tier: tierFor(pointsEarned) };
}

export const expected: readonly Expected[] = customers().map(expectedOf);
