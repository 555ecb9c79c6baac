import { type Refusal, refuse } from '@chirograph/runtime';
import type { EnrollmentRefusal, ExpirePoints } from './commands.ts';
import type { EnrollmentEvent } from './events.ts';
import { dueLots, sumOf } from './lots.ts';
import { balanceOf, type Enrolled } from './state.ts';

/** Refused when nothing is due, so that a sweep that runs twice says so. */
export function expire(
  { at }: ExpirePoints,
  enrollment: Enrolled,
): readonly EnrollmentEvent[] | Refusal<EnrollmentRefusal> {
  const lapses = lapsesBy(at, enrollment);
  return lapses.length > 0 ? lapses : refuse('nothing-due', 'No points have lapsed by then.');
}

/** One event for each moment at which unused points have lapsed by now, the earliest first. */
export function lapsesBy(now: number, enrollment: Enrolled): readonly EnrollmentEvent[] {
  const { customerId, programId } = enrollment;
  const byMoment = Map.groupBy(dueLots(enrollment.lots, now), ({ expiresAt = '' }) => expiresAt);
  let remainingPoints = balanceOf(enrollment);
  return [...byMoment]
    .sort(([one], [other]) => Date.parse(one) - Date.parse(other))
    .map(([expirationDate, lots]) => {
      const pointsExpired = sumOf(lots);
      remainingPoints -= pointsExpired;
      const data = { customerId, programId, pointsExpired, remainingPoints, expirationDate };
      return { type: 'PointsExpired', data };
    });
}
