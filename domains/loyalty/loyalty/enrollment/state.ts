import type { Carried } from './award.ts';
import type { EnrollmentEvent } from './events.ts';
import { type Lot, sumOf, withoutOldest } from './lots.ts';

/** An enrolment as decisions see it. */
export type Enrollment = NotEnrolled | Enrolled;

export interface NotEnrolled {
  readonly kind: 'not-enrolled';
}

export interface Enrolled {
  readonly kind: 'enrolled';
  readonly businessId: string;
  readonly customerId: string;
  readonly programId: string;
  /** Points not yet used, in the order in which they were credited. */
  readonly lots: readonly Lot[];
  readonly tier: { readonly id: string | undefined; readonly level: number };
  /** Purchases that have been counted. */
  readonly purchases: ReadonlySet<string>;
  readonly hasSignupBonus: boolean;
  /** What counts towards the next award. */
  readonly carried: Carried;
}

const LOWEST_TIER_LEVEL = 1;

export function balanceOf({ lots }: Pick<Enrolled, 'lots'>): number {
  return sumOf(lots);
}

export function initialEnrollment(): Enrollment {
  return { kind: 'not-enrolled' };
}

export function evolveEnrollment(enrollment: Enrollment, event: EnrollmentEvent): Enrollment {
  if (event.type === 'CustomerEnrolled') {
    const { customerId, programId, initialTierId } = event.data;
    return {
      kind: 'enrolled',
      businessId: event.businessId,
      customerId,
      programId,
      lots: [],
      tier: { id: initialTierId, level: LOWEST_TIER_LEVEL },
      purchases: new Set(),
      hasSignupBonus: false,
      carried: { cents: 0, punches: 0 },
    };
  }
  if (enrollment.kind === 'not-enrolled') throw new Error(`${event.type} stands before the enrolment`);
  const { lots, purchases } = enrollment;
  switch (event.type) {
    case 'PurchaseCounted':
      return {
        ...enrollment,
        carried: { cents: event.carried, punches: event.punches ?? 0 },
        purchases: new Set(purchases).add(event.purchaseId),
      };
    case 'PointsEarned': {
      const { pointsEarned: points, expiresAt, referenceType } = event.data;
      return {
        ...enrollment,
        lots: [...lots, { points, expiresAt }],
        hasSignupBonus: enrollment.hasSignupBonus || referenceType === 'SIGNUP_BONUS',
      };
    }
    case 'PointsRedeemed':
      return { ...enrollment, lots: withoutOldest(lots, event.data.pointsRedeemed) };
    case 'PointsExpiring': {
      const { expirationDate } = event.data;
      const isMeant = ({ expiresAt }: Lot): boolean => expiresAt === expirationDate;
      return { ...enrollment, lots: lots.map((lot) => (isMeant(lot) ? { ...lot, warned: true } : lot)) };
    }
    case 'PointsExpired': {
      const { expirationDate } = event.data;
      return { ...enrollment, lots: lots.filter(({ expiresAt }) => expiresAt !== expirationDate) };
    }
    case 'TierUpgraded': {
      const { toTierId, tierLevel } = event.data;
      return { ...enrollment, tier: { id: toTierId, level: tierLevel } };
    }
  }
}
