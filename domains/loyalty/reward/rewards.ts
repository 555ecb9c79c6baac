import type { Transaction } from '@chirograph/runtime';

/** Something to be had for points. */
export interface Reward {
  readonly programId: string;
  readonly rewardName: string;
  /** What it costs. */
  readonly points: number;
}

/** What there is, by reward. */
export function catalogue(tx: Transaction) {
  return tx.documents<Reward>('reward/catalogue');
}

/** Points for those who enrol, by programme. */
export function signupBonuses(tx: Transaction) {
  return tx.documents<{ readonly points: number }>('reward/signup-bonuses');
}

/** What was given to customers, by the transaction that paid for it. */
export function issuedRewards(tx: Transaction) {
  return tx.documents<{ readonly customerId: string; readonly rewardName: string }>('reward/issued');
}

/** The rewards that a customer could have now, by enrolment. */
export function eligibility(tx: Transaction) {
  return tx.documents<{ readonly rewardNames: readonly string[] }>('reward/eligibility');
}

/** What a customer's tier brings, by enrolment. */
export function benefits(tx: Transaction) {
  return tx.documents<{ readonly tierName: string; readonly benefit: string }>('reward/benefits');
}

/** What the tiers above the lowest bring, by level; the last holds for all above it. */
export function benefitOf(tierLevel: number): string {
  return tierLevel >= 3 ? 'free delivery and a birthday treat' : 'free delivery';
}
