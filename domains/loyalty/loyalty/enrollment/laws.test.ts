import { fold, isRefusal } from '@chirograph/runtime';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import type { EnrollmentCommand } from './commands.ts';
import { enrollment } from './enrollment.ts';
import type { EnrollmentEvent } from './events.ts';
import { active, DAY, earn, enroll, NOW, paused, redeem } from './fixtures.ts';
import { balanceOf } from './state.ts';

/** Any command, on any day of two years, in any order. */
const commands = fc.array(
  fc
    .record({
      day: fc.nat(730),
      program: fc.constantFrom(active, active, active, paused),
      kind: fc.constantFrom('earn', 'bonus', 'redeem', 'expire', 'warn', 'upgrade', 'enroll'),
      points: fc.integer({ min: -20, max: 300 }),
      level: fc.integer({ min: 1, max: 4 }),
      id: fc.nat(30),
    })
    .map(({ day, program, kind, points, level, id }): EnrollmentCommand => {
      const at = NOW + day * DAY;
      switch (kind) {
        case 'earn':
          return earn(points, { program, at, purchaseId: `o-${id}` });
        case 'bonus':
          return { type: 'AwardSignupBonus', program, enrollmentId: 'e', points, transactionId: 't', at };
        case 'redeem':
          return redeem(points, { program, at });
        case 'expire':
          return { type: 'ExpirePoints', at };
        case 'warn':
          return { type: 'WarnOfExpiry', at };
        case 'upgrade':
          return {
            type: 'UpgradeTier',
            tier: { id: `tier-${level}`, name: 'T', level },
            qualifyingPoints: points,
          };
        default:
          return { ...enroll, program };
      }
    }),
  { maxLength: 60 },
);

/** The events that the commands lead to, on top of an enrolment; what is refused leads to none. */
function historyOf(given: readonly EnrollmentCommand[]): readonly EnrollmentEvent[] {
  const history: EnrollmentEvent[] = [];
  for (const command of [enroll, ...given]) {
    const decision = enrollment.decide(command, fold(enrollment, history));
    if (!isRefusal(decision)) history.push(...decision);
  }
  return history;
}

function enrolledAfter(history: readonly EnrollmentEvent[]) {
  const state = fold(enrollment, history);
  if (state.kind !== 'enrolled') throw new Error('nobody enrolled');
  return state;
}

/** What an event says is there now. */
function announcedBalance({
  type,
  data,
}: Exclude<EnrollmentEvent, { type: 'PurchaseCounted' }>): number | undefined {
  if (type === 'PointsEarned') return data.totalPoints;
  return type === 'PointsRedeemed' || type === 'PointsExpired' ? data.remainingPoints : undefined;
}

const holds = (law: (history: readonly EnrollmentEvent[]) => boolean) =>
  fc.assert(fc.property(commands, (given) => law(historyOf(given))));

describe('whatever is asked of an enrolment', () => {
  it('every balance told is the sum of the lots, and never negative', () =>
    holds((history) =>
      history.every((event, index) => {
        const told = event.type === 'PurchaseCounted' ? undefined : announcedBalance(event);
        if (told === undefined) return true;
        return told >= 0 && told === balanceOf(enrolledAfter(history.slice(0, index + 1)));
      }),
    ));

  it('what was earned is what was redeemed, what has lapsed and what is left', () =>
    holds((history) => {
      let [earnedPoints, gone] = [0, 0];
      for (const event of history) {
        if (event.type === 'PointsEarned') earnedPoints += event.data.pointsEarned;
        if (event.type === 'PointsRedeemed') gone += event.data.pointsRedeemed;
        if (event.type === 'PointsExpired') gone += event.data.pointsExpired;
      }
      return earnedPoints === gone + balanceOf(enrolledAfter(history));
    }));

  it('points move by one or more', () =>
    holds((history) =>
      history.every((event) => {
        if (event.type === 'PointsEarned') return event.data.pointsEarned >= 1;
        if (event.type === 'PointsRedeemed') return event.data.pointsRedeemed >= 1;
        return event.type !== 'PointsExpired' || event.data.pointsExpired >= 1;
      }),
    ));

  it('the tier never falls', () =>
    holds((history) => {
      const levels = history.flatMap((event) =>
        event.type === 'TierUpgraded' ? [event.data.tierLevel] : [],
      );
      return levels.every((level, index) => level > (levels[index - 1] ?? 1));
    }));

  it('nobody enrols twice, no purchase counts twice, and the bonus comes once', () =>
    holds((history) => {
      const purchases = history.flatMap((event) =>
        event.type === 'PurchaseCounted' ? [event.purchaseId] : [],
      );
      const bonuses = history.filter(
        (event) => event.type === 'PointsEarned' && event.data.referenceType === 'SIGNUP_BONUS',
      );
      const enrolments = history.filter(({ type }) => type === 'CustomerEnrolled');
      return new Set(purchases).size === purchases.length && bonuses.length <= 1 && enrolments.length === 1;
    }));
});
