/** Words for the tests of this folder. */
import type { PointsBasedRule } from '@chirograph/generated/loyalty/types';
import { specification } from '@chirograph/runtime/testing';
import type { EarnPoints, EnrollCustomer, RedeemPoints } from './commands.ts';
import { enrollment } from './enrollment.ts';
import type { EnrollmentEvent } from './events.ts';
import type { ProgramTerms } from './program-terms.ts';

export const given = specification(enrollment);

export const NOW = Date.UTC(2026, 0, 6);
export const DAY = 86_400_000;

export const pointsBased: PointsBasedRule = {
  type: 'POINTS_BASED',
  pointsPerCurrencyUnit: 1,
  pointsExpireAfterDays: 365,
};

export const active: ProgramTerms = {
  programId: 'p-1',
  businessId: 'b-1',
  programName: 'Coffee Rewards',
  status: 'ACTIVE',
  rule: pointsBased,
};
export const paused: ProgramTerms = { ...active, status: 'PAUSED' };
export const draft: ProgramTerms = { ...active, status: 'DRAFT' };

export const enroll: EnrollCustomer = {
  type: 'EnrollCustomer',
  program: active,
  customerId: 'c-1',
  method: 'SELF',
  initialTierId: 'tier-1',
};

export const enrolled: EnrollmentEvent = {
  type: 'CustomerEnrolled',
  businessId: 'b-1',
  data: {
    customerId: 'c-1',
    programId: 'p-1',
    programName: 'Coffee Rewards',
    enrollmentMethod: 'SELF',
    initialTierId: 'tier-1',
  },
};

export function earn(amount: number, changes: Partial<EarnPoints> = {}): EarnPoints {
  return {
    type: 'EarnPoints',
    program: active,
    purchaseId: 'o-1',
    amount,
    transactionId: 't-1',
    at: NOW,
    ...changes,
  };
}

export function counted(purchaseId = 'o-1', carried = 0, punches = 0): EnrollmentEvent {
  return { type: 'PurchaseCounted', purchaseId, carried, ...(punches > 0 && { punches }) };
}

export function earned(pointsEarned: number, totalPoints: number, expiresAt?: string): EnrollmentEvent {
  return {
    type: 'PointsEarned',
    data: {
      customerId: 'c-1',
      programId: 'p-1',
      totalPoints,
      pointsEarned,
      transactionId: 't-1',
      referenceType: 'PURCHASE',
      referenceId: 'o-1',
      ...(expiresAt !== undefined && { expiresAt }),
    },
  };
}

export function redeem(points: number, changes: Partial<RedeemPoints> = {}): RedeemPoints {
  return {
    type: 'RedeemPoints',
    program: active,
    rewardId: 'r-1',
    rewardName: 'Mug',
    points,
    transactionId: 't-2',
    at: NOW,
    ...changes,
  };
}

export function redeemed(pointsRedeemed: number, remainingPoints: number): EnrollmentEvent {
  return {
    type: 'PointsRedeemed',
    data: {
      customerId: 'c-1',
      programId: 'p-1',
      pointsRedeemed,
      remainingPoints,
      rewardId: 'r-1',
      rewardName: 'Mug',
      transactionId: 't-2',
    },
  };
}

export function expired(
  pointsExpired: number,
  remainingPoints: number,
  expirationDate: string,
): EnrollmentEvent {
  const data = { customerId: 'c-1', programId: 'p-1', pointsExpired, remainingPoints, expirationDate };
  return { type: 'PointsExpired', data };
}

export function expiring(
  pointsExpiring: number,
  totalPoints: number,
  expirationDate: string,
): EnrollmentEvent {
  const data = { customerId: 'c-1', programId: 'p-1', pointsExpiring, totalPoints, expirationDate };
  return { type: 'PointsExpiring', data };
}

/** ISO 8601. */
export function inDays(days: number): string {
  return new Date(NOW + days * DAY).toISOString();
}
