/** The reward service: sign-up bonuses, redeemed rewards and the benefits of tiers. */
import type { RewardHandlers } from '@chirograph/generated/loyalty/consumers/reward';
import type { Log, ProcessManager, Transaction } from '@chirograph/runtime';
import type { SagaEvent } from './enrollment-saga.ts';
import { benefitOf, benefits, catalogue, eligibility, issuedRewards, signupBonuses } from './rewards.ts';

export function rewardHandlers(
  saga: ProcessManager<SagaEvent>,
  log: Log,
): Omit<RewardHandlers, 'redeemReward'> {
  return {
    async customerEnrolled({ aggregateId: enrollmentId, data: { customerId, programId } }, context) {
      const offer = await signupBonuses(context.tx).get(programId);
      if (!offer) {
        log(context, 'no sign-up bonus in this programme');
        return;
      }
      const { points: bonus } = offer;
      await saga.handle({ kind: 'customer-enrolled', enrollmentId, customerId, programId, bonus }, context);
      log(context, `saga begins: asks for the sign-up bonus of ${bonus} points`);
    },

    async pointsEarned({ aggregateId: enrollmentId, data }, context) {
      const { programId, totalPoints, referenceType } = data;
      const within = await noteWithinReach(context.tx, { enrollmentId, programId, points: totalPoints });
      if (referenceType === 'SIGNUP_BONUS') {
        await saga.handle({ kind: 'bonus-credited', enrollmentId }, context);
        log(context, `saga ends: the bonus has arrived; within reach: ${within}`);
      } else {
        log(context, `within reach: ${within}`);
      }
    },

    async pointsRedeemed({ aggregateId: enrollmentId, data }, context) {
      const { customerId, programId, rewardName, transactionId, remainingPoints: points } = data;
      await issuedRewards(context.tx).put(transactionId, { customerId, rewardName });
      const within = await noteWithinReach(context.tx, { enrollmentId, programId, points });
      log(context, `issues: ${rewardName}; within reach: ${within}`);
    },

    async pointsExpired({ aggregateId: enrollmentId, data }, context) {
      const { programId, remainingPoints: points } = data;
      const within = await noteWithinReach(context.tx, { enrollmentId, programId, points });
      log(context, `within reach: ${within}`);
    },

    async tierUpgraded({ aggregateId: enrollmentId, data: { tierName, tierLevel } }, context) {
      const benefit = benefitOf(tierLevel);
      await benefits(context.tx).put(enrollmentId, { tierName, benefit });
      log(context, `${tierName} brings ${benefit}`);
    },
  };
}

/** Notes which rewards so many points can buy, and answers their names for people. */
async function noteWithinReach(
  tx: Transaction,
  { enrollmentId, programId, points }: { enrollmentId: string; programId: string; points: number },
): Promise<string> {
  const rewards = await catalogue(tx).list();
  const rewardNames = rewards
    .filter(({ document }) => document.programId === programId && document.points <= points)
    .map(({ document }) => document.rewardName);
  await eligibility(tx).put(enrollmentId, { rewardNames });
  return rewardNames.join(', ') || 'nothing yet';
}
