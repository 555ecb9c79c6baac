import * as messages from '@chirograph/generated/loyalty/messages';
import type { MessageContract } from '@chirograph/runtime';

/** What an event says, in a few words; nothing for one that the story does not know. */
export function gistOf(payload: unknown): string {
  for (const tell of tellers) {
    const gist = tell(payload);
    if (gist !== undefined) return gist;
  }
  return '';
}

type Teller = (payload: unknown) => string | undefined;

function teller<T>(contract: MessageContract<T>, gist: (message: T) => string): Teller {
  return (payload) => (contract.validate(payload) ? gist(payload) : undefined);
}

const tellers: readonly Teller[] = [
  teller(messages.loyaltyTemplateUsed, ({ data }) => data.templateName),
  teller(messages.loyaltyProgramCreated, ({ data }) => `${data.programName}, ${data.programStatus}`),
  teller(messages.loyaltyProgramActivated, ({ data }) => `${data.programName}, ${data.ruleType}`),
  teller(
    messages.loyaltyProgramPaused,
    ({ data }) => `${data.programName}: ${data.reason ?? 'no reason given'}`,
  ),
  teller(messages.customerEnrolled, ({ data }) => `in ${data.programName}, ${data.enrollmentMethod}`),
  teller(messages.pointsEarned, ({ data }) => earned(data)),
  teller(messages.pointsEarnedV1, ({ data }) => earned(data)),
  teller(
    messages.pointsRedeemed,
    ({ data }) => `-${data.pointsRedeemed} for ${data.rewardName}, ${data.remainingPoints} left`,
  ),
  teller(messages.pointsExpired, ({ data }) => `-${data.pointsExpired} lapsed, ${data.remainingPoints} left`),
  teller(
    messages.tierUpgraded,
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
