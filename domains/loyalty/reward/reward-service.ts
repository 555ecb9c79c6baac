import { type CommandContext, type Refusal, refuse, type Store, within } from '@chirograph/runtime';
import type { EnrollmentOutcome, EnrollmentService } from '../loyalty/enrollment-service.ts';
import { catalogue, type Reward, signupBonuses } from './rewards.ts';

/** What owners and customers can ask of the reward service. */
export interface RewardService {
  offerSignupBonus(programId: string, points: number): Promise<void>;
  offerReward(rewardId: string, reward: Reward): Promise<void>;
  /** Exchanges a customer's points for a reward of the catalogue. */
  redeem(
    request: { readonly customerId: string; readonly rewardId: string },
    context?: CommandContext,
  ): Promise<EnrollmentOutcome | Refusal<'reward-unknown'>>;
}

export function rewardService(store: Store, loyalty: Pick<EnrollmentService, 'redeemPoints'>): RewardService {
  return {
    offerSignupBonus: (programId, points) =>
      store.transaction((tx) => signupBonuses(tx).put(programId, { points })),
    async offerReward(rewardId, reward) {
      if (!(Number.isInteger(reward.points) && reward.points > 0))
        throw new RangeError(`a reward costs whole points, at least one: ${reward.points}`);
      await store.transaction((tx) => catalogue(tx).put(rewardId, reward));
    },
    redeem: ({ customerId, rewardId }, context = {}) =>
      within(store, context, async (tx) => {
        const reward = await catalogue(tx).get(rewardId);
        if (!reward) return refuse('reward-unknown', 'There is no such reward.');
        return loyalty.redeemPoints({ customerId, rewardId, ...reward }, { ...context, tx });
      }),
  };
}
