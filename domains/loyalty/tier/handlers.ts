/** The tier service: decides when a customer rises, and has the loyalty service say so. */
import type { TierHandlers } from '@chirograph/generated/loyalty/consumers/tier';
import type { Log, Transaction } from '@chirograph/runtime';
import type { EnrollmentService } from '../loyalty/enrollment-service.ts';
import { bronze, tierFor } from './ladder.ts';

/** How a customer stands, by enrolment. */
export interface Standing {
  /** All points ever earned: spending them takes nobody down. */
  readonly qualifyingPoints: number;
  readonly tier: string;
  readonly level: number;
}

export function standings(tx: Transaction) {
  return tx.documents<Standing>('tier/standings');
}

const newcomer: Standing = { qualifyingPoints: 0, tier: bronze.name, level: bronze.level };

export function tierHandlers(loyalty: Pick<EnrollmentService, 'upgradeTier'>, log: Log): TierHandlers {
  return {
    async pointsEarned({ aggregateId, data }, context) {
      const { customerId, programId, pointsEarned } = data;
      const before = (await standings(context.tx).get(aggregateId)) ?? newcomer;
      const qualifyingPoints = before.qualifyingPoints + pointsEarned;
      const tier = tierFor(qualifyingPoints);
      const { name, level } = tier;
      await standings(context.tx).put(aggregateId, { qualifyingPoints, tier: name, level });
      if (level <= before.level) {
        log(context, `${qualifyingPoints} points in all: stays ${name}`);
        return;
      }
      const upgrade = { customerId, programId, tier, qualifyingPoints };
      const outcome = await loyalty.upgradeTier(upgrade, context);
      log(
        context,
        outcome.kind === 'accepted'
          ? `${qualifyingPoints} points in all: rises to ${name}`
          : `would rise to ${name}, but: ${outcome.message}`,
      );
    },
  };
}
