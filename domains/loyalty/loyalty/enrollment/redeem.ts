import { type Refusal, refuse } from '@chirograph/runtime';
import type { EnrollmentRefusal, RedeemPoints } from './commands.ts';
import type { EnrollmentEvent } from './events.ts';
import { lapsesBy } from './expire.ts';
import { dueLots, sumOf } from './lots.ts';
import { refuseUnlessPoints } from './positive.ts';
import { refuseUnlessActive } from './program-terms.ts';
import { balanceOf, type Enrolled } from './state.ts';

/** Points that have lapsed buy nothing, though the sweep has not yet come by: they lapse first. */
export function redeem(
  command: RedeemPoints,
  enrollment: Enrolled,
): readonly EnrollmentEvent[] | Refusal<EnrollmentRefusal> {
  const { program, rewardId, rewardName, points, transactionId, at } = command;
  const refused = refuseUnlessActive(program) ?? refuseUnlessPoints(points);
  if (refused) return refused;
  const available = balanceOf(enrollment) - sumOf(dueLots(enrollment.lots, at));
  if (points > available) {
    return refuse('insufficient-points', `${rewardName} costs ${points} points; there are ${available}.`);
  }
  const { customerId, programId } = enrollment;
  const data = {
    customerId,
    programId,
    pointsRedeemed: points,
    remainingPoints: available - points,
    rewardId,
    rewardName,
    transactionId,
  };
  return [...lapsesBy(at, enrollment), { type: 'PointsRedeemed', data }];
}
