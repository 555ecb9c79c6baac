/** What the shop does all day, the same in every run: so that it can be said what has to come of it. */
import { type Tier, tierFor } from '../tier/ladder.ts';

export type Job =
  | { readonly kind: 'enroll'; readonly customerId: string }
  | {
      readonly kind: 'buy';
      readonly customerId: string;
      /** Several at once: events of one enrolment then stand behind one another on the way to their consumers. */
      readonly purchaseIds: readonly string[];
      /** Of each. */
      readonly amount: number;
    }
  | { readonly kind: 'redeem'; readonly customerId: string };

export const BONUS = 50;
export const PRICE = 10;
const ROUNDS = 8;
const AT_ONCE = 3;

const customers = [1, 2, 3].map(uuid);

/** Everyone enrols, then buys and, after every fourth time, redeems. Nothing of it can be refused. */
export const jobs: readonly Job[] = [
  ...customers.map((customerId): Job => ({ kind: 'enroll', customerId })),
  ...Array.from({ length: ROUNDS }, (_, round) =>
    customers.flatMap((customerId, n) => jobsOf(customerId, n, round)),
  ).flat(),
];

function jobsOf(customerId: string, n: number, round: number): readonly Job[] {
  const first = (1 + round * customers.length + n) * 1_000;
  const purchaseIds = Array.from({ length: AT_ONCE }, (_, nth) => uuid(first + nth));
  const buy: Job = { kind: 'buy', customerId, purchaseIds, amount: 10 + n * 40 };
  return round % 4 === 3 ? [buy, { kind: 'redeem', customerId }] : [buy];
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

export const expected: readonly Expected[] = customers.map((customerId) => {
  const mine = jobs.filter((job) => job.customerId === customerId);
  const amounts = mine.flatMap((job) => (job.kind === 'buy' ? job.purchaseIds.map(() => job.amount) : []));
  const pointsEarned = amounts.reduce((sum, amount) => sum + amount, BONUS);
  const redemptions = mine.filter(({ kind }) => kind === 'redeem').length;
  return { customerId, purchases: amounts.length, pointsEarned, redemptions, tier: tierFor(pointsEarned) };
});
