import type { EnrollmentMethod } from '@chirograph/generated/loyalty/types';
import type { ProgramTerms } from './program-terms.ts';

/** What can be asked of an enrolment. Times are milliseconds since 1970-01-01T00:00Z. */
export type EnrollmentCommand =
  | EnrollCustomer
  | EarnPoints
  | AwardSignupBonus
  | RedeemPoints
  | ExpirePoints
  | WarnOfExpiry
  | UpgradeTier;

export interface EnrollCustomer {
  readonly type: 'EnrollCustomer';
  readonly program: ProgramTerms;
  readonly customerId: string;
  readonly method: EnrollmentMethod;
  /** The tier that everyone starts in. */
  readonly initialTierId: string;
}

export interface EarnPoints {
  readonly type: 'EarnPoints';
  readonly program: ProgramTerms;
  readonly purchaseId: string;
  /** What was paid, in units of the business's currency. */
  readonly amount: number;
  readonly transactionId: string;
  readonly at: number;
}

export interface AwardSignupBonus {
  readonly type: 'AwardSignupBonus';
  readonly program: ProgramTerms;
  readonly enrollmentId: string;
  readonly points: number;
  readonly transactionId: string;
  readonly at: number;
}

export interface RedeemPoints {
  readonly type: 'RedeemPoints';
  readonly program: ProgramTerms;
  readonly rewardId: string;
  readonly rewardName: string;
  /** What the reward costs. */
  readonly points: number;
  readonly transactionId: string;
  readonly at: number;
}

export interface ExpirePoints {
  readonly type: 'ExpirePoints';
  readonly at: number;
}

export interface WarnOfExpiry {
  readonly type: 'WarnOfExpiry';
  readonly at: number;
}

export interface UpgradeTier {
  readonly type: 'UpgradeTier';
  readonly tier: { readonly id: string; readonly name: string; readonly level: number };
  readonly qualifyingPoints: number;
}

/** Why an enrolment refuses. */
export type EnrollmentRefusal =
  | 'already-enrolled'
  | 'not-enrolled'
  | 'program-paused'
  | 'program-not-active'
  | 'amount-not-positive'
  | 'purchase-already-credited'
  | 'purchase-too-small'
  | 'bonus-already-awarded'
  | 'insufficient-points'
  | 'nothing-due'
  | 'tier-not-higher';
