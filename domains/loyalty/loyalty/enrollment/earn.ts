import type { PointsEarnedData } from '@chirograph/generated/loyalty/types';
import { type Refusal, refuse } from '@chirograph/runtime';
import { awardFor } from './award.ts';
import type { AwardSignupBonus, EarnPoints, EnrollmentRefusal } from './commands.ts';
import type { EnrollmentEvent } from './events.ts';
import { lapsesBy } from './expire.ts';
import { dueLots, sumOf } from './lots.ts';
import { refuseUnlessPoints, refuseUnlessPositive } from './positive.ts';
import { refuseUnlessActive } from './program-terms.ts';
import { balanceOf, type Enrolled } from './state.ts';

type Decision = readonly EnrollmentEvent[] | Refusal<EnrollmentRefusal>;

const DAY = 86_400_000;

/** A purchase is counted once, and earns what the programme's rule says. */
export function earn(command: EarnPoints, enrollment: Enrolled): Decision {
  const { program, purchaseId, amount, transactionId, at } = command;
  const refused = refuseUnlessActive(program) ?? refuseUnlessPositive(amount);
  if (refused) return refused;
  if (!program.rule) throw new Error(`${program.programName} is active and has no rule`);
  if (enrollment.purchases.has(purchaseId)) {
    return refuse('purchase-already-credited', `Purchase ${purchaseId} has been credited already.`);
  }
  const award = awardFor(program.rule, amount, enrollment.carried);
  if (award === 'below-minimum') {
    return refuse('purchase-too-small', `${amount} is less than the smallest purchase that earns points.`);
  }
  const { points, carried, lapseAfterDays } = award;
  const { cents, punches } = carried;
  const counted: EnrollmentEvent = {
    type: 'PurchaseCounted',
    purchaseId,
    carried: cents,
    ...(punches > 0 && { punches }),
  };
  if (points === 0) return [counted];
  const expiresAt =
    lapseAfterDays === undefined ? undefined : new Date(at + lapseAfterDays * DAY).toISOString();
  return [
    counted,
    ...credited(enrollment, at, {
      pointsEarned: points,
      transactionId,
      referenceType: 'PURCHASE',
      referenceId: purchaseId,
      ...(expiresAt !== undefined && { expiresAt }),
    }),
  ];
}

/** The sign-up bonus is given once. It never lapses. */
export function awardSignupBonus(command: AwardSignupBonus, enrollment: Enrolled): Decision {
  const { program, points, transactionId, enrollmentId, at } = command;
  const refused = refuseUnlessActive(program) ?? refuseUnlessPoints(points);
  if (refused) return refused;
  if (enrollment.hasSignupBonus) {
    return refuse('bonus-already-awarded', 'The customer has had the sign-up bonus.');
  }
  return credited(enrollment, at, {
    pointsEarned: points,
    transactionId,
    referenceType: 'SIGNUP_BONUS',
    referenceId: enrollmentId,
  });
}

type Credit = Omit<PointsEarnedData, 'customerId' | 'programId' | 'totalPoints'>;

/** Points whose time has passed lapse first, though the sweep has not yet come by: they are not in the new total. */
function credited(enrollment: Enrolled, at: number, credit: Credit): readonly EnrollmentEvent[] {
  const { customerId, programId, lots } = enrollment;
  const totalPoints = balanceOf(enrollment) - sumOf(dueLots(lots, at)) + credit.pointsEarned;
  return [
    ...lapsesBy(at, enrollment),
    { type: 'PointsEarned', data: { customerId, programId, totalPoints, ...credit } },
  ];
}
