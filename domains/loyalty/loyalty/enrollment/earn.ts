import type { PointsEarnedData } from '@chirograph/generated/loyalty/types';
import { type Refusal, refuse } from '@chirograph/runtime';
import { awardFor } from './award.ts';
import type { AwardSignupBonus, EarnPoints, EnrollmentRefusal } from './commands.ts';
import type { EnrollmentEvent } from './events.ts';
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
  const counted: EnrollmentEvent = { type: 'PurchaseCounted', purchaseId, carried };
  if (points === 0) return [counted];
  const expiresAt =
    lapseAfterDays === undefined ? undefined : new Date(at + lapseAfterDays * DAY).toISOString();
  return [
    counted,
    credited(enrollment, {
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
  const { program, points, transactionId, enrollmentId } = command;
  const refused = refuseUnlessActive(program) ?? refuseUnlessPoints(points);
  if (refused) return refused;
  if (enrollment.hasSignupBonus) {
    return refuse('bonus-already-awarded', 'The customer has had the sign-up bonus.');
  }
  return [
    credited(enrollment, {
      pointsEarned: points,
      transactionId,
      referenceType: 'SIGNUP_BONUS',
      referenceId: enrollmentId,
    }),
  ];
}

type Credit = Omit<PointsEarnedData, 'customerId' | 'programId' | 'totalPoints'>;

function credited(enrollment: Enrolled, credit: Credit): EnrollmentEvent {
  const { customerId, programId } = enrollment;
  const totalPoints = balanceOf(enrollment) + credit.pointsEarned;
  return { type: 'PointsEarned', data: { customerId, programId, totalPoints, ...credit } };
}
