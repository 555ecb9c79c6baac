import { randomUUID } from 'node:crypto';
import { StoryError } from '../../shared/demo/story-error.ts';
import { stock } from '../inventory/handlers.ts';
import { loyaltyService } from '../loyalty/loyalty-service.ts';
import { bronze } from '../tier/ladder.ts';
import type { Cast } from './cast.ts';
import { chapter, refusal, type Stage, scene } from './stage.ts';

/** A year in the life of a loyalty programme. Answers the programme's id. */
export async function playStory(stage: Stage, cast: Cast): Promise<string> {
  const programId = await openProgram(stage, cast);
  await join(stage, cast, programId);
  await collect(stage, cast, programId);
  await spend(stage, cast);
  await lapse(stage, cast, programId);
  await pause(stage, cast, programId);
  return programId;
}

async function openProgram(
  stage: Stage,
  { businessId, owner, templateId, mug, grinder, stickers }: Cast,
): Promise<string> {
  const { loyalty, reward } = stage.domain;
  chapter(stage, '1  Beans & Co. opens a loyalty programme');
  await loyalty.defineTemplate({
    templateId,
    templateName: 'Coffee shop starter',
    industry: 'COFFEE',
    rule: { type: 'POINTS_BASED', pointsPerCurrencyUnit: 1, pointsExpireAfterDays: 365 },
  });
  const { result } = await scene(stage, {
    at: '2026-01-05 09:00',
    says: 'The owner makes a programme from the template for coffee shops.',
    play: () =>
      loyalty.createProgramFromTemplate({
        templateId,
        businessId,
        programName: 'Coffee Rewards',
        createdBy: owner,
      }),
    follows: ['loyalty.program.created 1.0', 'loyalty.template.used 1.0'],
  });
  if (result.kind === 'refused') throw new StoryError(result.message);
  const programId = result.id;

  await reward.offerSignupBonus(programId, 100);
  await reward.offerReward(mug, { programId, rewardName: 'Barista mug', points: 400 });
  await reward.offerReward(grinder, { programId, rewardName: 'Coffee grinder', points: 900 });
  await reward.offerReward(stickers, { programId, rewardName: 'Sticker set', points: 30 });
  await stage.store.transaction((tx) =>
    stock(tx).put(mug, { kind: 'physical', name: 'Barista mug', left: 2, owed: 0 }),
  );
  await scene(stage, {
    at: '2026-01-05 09:30',
    says: 'With a sign-up bonus and three rewards in place, the owner activates it.',
    play: () => loyalty.activateProgram({ programId }),
    follows: ['loyalty.program.activated 1.0'],
  });
  return programId;
}

async function join(stage: Stage, { ada: customerId }: Cast, programId: string): Promise<void> {
  const { loyalty } = stage.domain;
  chapter(stage, '2  Ada joins, and the enrolment saga sees to her bonus');
  await scene(stage, {
    at: '2026-01-06 08:10',
    says: 'Ada enrols with her phone.',
    play: () => loyalty.enrollCustomer({ programId, customerId, method: 'SELF' }),
    follows: ['loyalty.customer.enrolled 1.0', 'loyalty.points.earned 2.0'],
  });
  await refusal(stage, {
    at: '2026-01-06 08:11',
    says: 'Her finger slips, and she enrols again.',
    play: () => loyalty.enrollCustomer({ programId, customerId, method: 'SELF' }),
    code: 'already-enrolled',
  });
}

async function collect(stage: Stage, { ada: customerId }: Cast, programId: string): Promise<void> {
  const { store, clock, chronicle, domain } = stage;
  chapter(stage, '3  Ada collects points');
  const buy =
    (amount: number, loyalty = domain.loyalty) =>
    () =>
      loyalty.earnPoints({ programId, customerId, purchaseId: randomUUID(), amount });
  await scene(stage, {
    at: '2026-01-06 08:15',
    says: 'Coffee beans for 120.00: a point for each.',
    play: buy(120),
    follows: ['loyalty.points.earned 2.0'],
  });
  const lastYears = loyaltyService({
    store,
    clock,
    observe: chronicle.observe,
    initialTierId: bronze.id,
    pointsEarnedVersion: '1.0',
  });
  await scene(stage, {
    at: '2026-01-20 17:40',
    says: "A till on last year's release sends 1.0; handlers for 2.0 get it upcast.",
    play: buy(80, lastYears),
    follows: ['loyalty.points.earned 1.0'],
  });
  await scene(stage, {
    at: '2026-02-14 11:05',
    says: 'An espresso machine for 250.00 lifts her to the next tier.',
    play: buy(250),
    follows: ['loyalty.points.earned 2.0', 'loyalty.tier.upgraded 1.0'],
  });
}

async function spend(stage: Stage, { ada: customerId, grinder, mug }: Cast): Promise<void> {
  const { reward } = stage.domain;
  chapter(stage, '4  Ada spends points');
  await refusal(stage, {
    at: '2026-02-14 11:10',
    says: 'She would like the grinder.',
    play: () => reward.redeem({ customerId, rewardId: grinder }),
    code: 'insufficient-points',
  });
  await scene(stage, {
    at: '2026-02-14 11:12',
    says: 'The mug, then. The oldest points go first.',
    play: () => reward.redeem({ customerId, rewardId: mug }),
    follows: ['loyalty.points.redeemed 1.0'],
  });
}

async function lapse(stage: Stage, { ada: customerId }: Cast, programId: string): Promise<void> {
  const { loyalty } = stage.domain;
  chapter(stage, '5  A year goes by, in no time: the clock is injected');
  await scene(stage, {
    at: '2026-12-01 10:00',
    says: 'Ada buys filters for 60.00.',
    play: () => loyalty.earnPoints({ programId, customerId, purchaseId: randomUUID(), amount: 60 }),
    follows: ['loyalty.points.earned 2.0'],
  });
  await scene(stage, {
    at: '2027-02-07 12:00',
    says: 'In a week, what is left of the espresso machine will be a year old.',
    play: async () => undefined,
    follows: ['loyalty.points.expiring 1.0'],
  });
  await scene(stage, {
    at: '2027-02-14 12:00',
    says: 'She has not used it. Now it is.',
    play: async () => undefined,
    follows: ['loyalty.points.expired 1.0'],
  });
}

async function pause(stage: Stage, { ada: customerId, owner }: Cast, programId: string): Promise<void> {
  const { loyalty } = stage.domain;
  chapter(stage, '6  The owner pauses the programme');
  await scene(stage, {
    at: '2027-03-01 18:00',
    says: 'The shop is being renovated.',
    play: () => loyalty.pauseProgram({ programId, pausedBy: owner, reason: 'Renovation' }),
    follows: ['loyalty.program.paused 1.0'],
  });
  await refusal(stage, {
    at: '2027-03-01 18:05',
    says: 'Ada comes too late for her points.',
    play: () => loyalty.earnPoints({ programId, customerId, purchaseId: randomUUID(), amount: 5 }),
    code: 'program-paused',
  });
}
