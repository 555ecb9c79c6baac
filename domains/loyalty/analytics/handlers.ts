/** The analytics service: figures about programmes and templates. */
import type { AnalyticsHandlers } from '@chirograph/generated/loyalty/consumers/analytics';
import type { HandlerContext, Log, Transaction } from '@chirograph/runtime';
import { takeTurn } from '../../shared/turn.ts';

/** What a programme has come to, by programme. */
export interface ProgramFigures {
  readonly created: number;
  readonly activated: number;
  readonly paused: number;
  readonly enrolled: number;
  readonly purchases: number;
  readonly pointsEarned: number;
  readonly pointsRedeemed: number;
  readonly pointsExpired: number;
  readonly tierUpgrades: number;
}

export function programFigures(tx: Transaction) {
  return tx.documents<ProgramFigures>('analytics/programs');
}

/** How often each template was used, by template. */
export function templateUses(tx: Transaction) {
  return tx.documents<{ readonly uses: number }>('analytics/templates');
}

export const noFigures: ProgramFigures = {
  created: 0,
  activated: 0,
  paused: 0,
  enrolled: 0,
  purchases: 0,
  pointsEarned: 0,
  pointsRedeemed: 0,
  pointsExpired: 0,
  tierUpgrades: 0,
};

export function analyticsHandlers(log: Log): AnalyticsHandlers {
  /** Adds to a programme's figures, and says what the last of them has come to. */
  async function add(
    context: HandlerContext,
    programId: string,
    more: Partial<ProgramFigures>,
  ): Promise<void> {
    await takeTurn(context.tx, 'program-figures', programId);
    const before = (await programFigures(context.tx).get(programId)) ?? noFigures;
    const after = sum(before, more);
    await programFigures(context.tx).put(programId, after);
    const told = figures.findLast((figure) => more[figure] !== undefined);
    if (told) log(context, `${words[told]}: ${before[told]} -> ${after[told]}`);
  }

  return {
    loyaltyProgramCreated: ({ aggregateId }, context) => add(context, aggregateId, { created: 1 }),
    loyaltyProgramActivated: ({ aggregateId }, context) => add(context, aggregateId, { activated: 1 }),
    loyaltyProgramPaused: ({ aggregateId }, context) => add(context, aggregateId, { paused: 1 }),
    customerEnrolled: ({ data }, context) => add(context, data.programId, { enrolled: 1 }),
    pointsEarned: ({ data: { programId, pointsEarned, referenceType } }, context) =>
      add(context, programId, { purchases: referenceType === 'PURCHASE' ? 1 : 0, pointsEarned }),
    pointsRedeemed: ({ data: { programId, pointsRedeemed } }, context) =>
      add(context, programId, { pointsRedeemed }),
    pointsExpired: ({ data: { programId, pointsExpired } }, context) =>
      add(context, programId, { pointsExpired }),
    tierUpgraded: ({ data }, context) => add(context, data.programId, { tierUpgrades: 1 }),
    async loyaltyTemplateUsed({ data: { templateId } }, context) {
      const uses = ((await templateUses(context.tx).get(templateId))?.uses ?? 0) + 1;
      await templateUses(context.tx).put(templateId, { uses });
      log(context, `template uses: ${uses - 1} -> ${uses}`);
    },
  };
}

const words: { readonly [Figure in keyof ProgramFigures]: string } = {
  created: 'programmes created',
  activated: 'activations',
  paused: 'pauses',
  enrolled: 'customers enrolled',
  purchases: 'purchases',
  pointsEarned: 'points earned',
  pointsRedeemed: 'points redeemed',
  pointsExpired: 'points expired',
  tierUpgrades: 'tier upgrades',
};

const figures = Object.keys(noFigures) as readonly (keyof ProgramFigures)[];

function sum(one: ProgramFigures, other: Partial<ProgramFigures>): ProgramFigures {
  return {
    created: one.created + (other.created ?? 0),
    activated: one.activated + (other.activated ?? 0),
    paused: one.paused + (other.paused ?? 0),
    enrolled: one.enrolled + (other.enrolled ?? 0),
    purchases: one.purchases + (other.purchases ?? 0),
    pointsEarned: one.pointsEarned + (other.pointsEarned ?? 0),
    pointsRedeemed: one.pointsRedeemed + (other.pointsRedeemed ?? 0),
    pointsExpired: one.pointsExpired + (other.pointsExpired ?? 0),
    tierUpgrades: one.tierUpgrades + (other.tierUpgrades ?? 0),
  };
}
