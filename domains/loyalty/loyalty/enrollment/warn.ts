import { type Refusal, refuse } from '@chirograph/runtime';
import type { EnrollmentRefusal, WarnOfExpiry } from './commands.ts';
import type { EnrollmentEvent } from './events.ts';
import { dueLots, lotsToWarnOf, sumOf } from './lots.ts';
import { balanceOf, type Enrolled } from './state.ts';

/** One event for each moment at which unused points will lapse soon, the earliest first; each lot is warned of once. */
export function warn(
  { at }: WarnOfExpiry,
  enrollment: Enrolled,
): readonly EnrollmentEvent[] | Refusal<EnrollmentRefusal> {
  const { customerId, programId, lots } = enrollment;
  const byMoment = Map.groupBy(lotsToWarnOf(lots, at), ({ expiresAt = '' }) => expiresAt);
  if (byMoment.size === 0) return refuse('nothing-due', 'No points lapse soon that nobody was warned of.');
  const totalPoints = balanceOf(enrollment) - sumOf(dueLots(lots, at));
  return [...byMoment]
    .sort(([one], [other]) => Date.parse(one) - Date.parse(other))
    .map(([expirationDate, soon]) => {
      const data = { customerId, programId, pointsExpiring: sumOf(soon), totalPoints, expirationDate };
      return { type: 'PointsExpiring', data };
    });
}
