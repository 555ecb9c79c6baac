import * as validators from '@chirograph/generated/loyalty/validators';
import type { Validator } from '@chirograph/runtime/contract';

/** What an event says, in a few words; nothing for one that the story does not know. */
export function gistOf(payload: unknown): string {
  for (const tell of tellers) {
    const gist = tell(payload);
    if (gist !== undefined) return gist;
  }
  return '';
}

type Teller = (payload: unknown) => string | undefined;

function teller<T>(is: Validator<T>, gist: (message: T) => string): Teller {
  return (payload) => (is(payload) ? gist(payload) : undefined);
}

const tellers: readonly Teller[] = [
  teller(validators.isLoyaltyTemplateUsed, ({ data }) => data.templateName),
  teller(validators.isLoyaltyProgramCreated, ({ data }) => `${data.programName}, ${data.programStatus}`),
  teller(validators.isLoyaltyProgramActivated, ({ data }) => `${data.programName}, ${data.ruleType}`),
  teller(
    validators.isLoyaltyProgramPaused,
    ({ data }) => `${data.programName}: ${data.reason ?? 'no reason given'}`,
  ),
  teller(validators.isCustomerEnrolled, ({ data }) => `in ${data.programName}, ${data.enrollmentMethod}`),
  teller(validators.isPointsEarned, ({ data }) => earned(data)),
  teller(validators.isPointsEarnedV1, ({ data }) => earned(data)),
  teller(
    validators.isPointsRedeemed,
    ({ data }) => `-${data.pointsRedeemed} for ${data.rewardName}, ${data.remainingPoints} left`,
  ),
  teller(
    validators.isPointsExpiring,
    ({ data }) =>
      `${data.pointsExpiring} of ${data.totalPoints} lapse on ${data.expirationDate.slice(0, 10)}`,
  ),
  teller(
    validators.isPointsExpired,
    ({ data }) => `-${data.pointsExpired} lapsed, ${data.remainingPoints} left`,
  ),
  teller(
    validators.isTierUpgraded,
    ({ data }) => `to ${data.tierName}, with ${data.qualifyingPoints} points in all`,
  ),
];

function earned(data: {
  readonly pointsEarned: number;
  readonly referenceType: string;
  readonly totalPoints: number;
}): string {
  return `+${data.pointsEarned} ${data.referenceType}, ${data.totalPoints} in all`;
}
