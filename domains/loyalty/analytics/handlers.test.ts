import { analyticsConsumer } from '@chirograph/generated/loyalty/consumers/analytics';
import * as samples from '@chirograph/generated/loyalty/samples';
import { expect, it } from 'vitest';
import { serviceTest } from '../service-test.ts';
import { analyticsHandlers, programFigures, templateUses } from './handlers.ts';

const programId = '5b7a1b7e-5c0f-4f6c-9d0a-0a4f3b1f7d10';

it('adds up what happens in a programme', async () => {
  const { bus, loyalty, log, read, said } = serviceTest();
  await analyticsConsumer(bus, bus, analyticsHandlers(log)).start();
  await loyalty.loyaltyProgramCreated(samples.loyaltyProgramCreated.sample({ aggregateId: programId }));
  await loyalty.loyaltyProgramActivated(samples.loyaltyProgramActivated.sample({ aggregateId: programId }));
  await loyalty.loyaltyProgramPaused(samples.loyaltyProgramPaused.sample({ aggregateId: programId }));
  await loyalty.customerEnrolled(samples.customerEnrolled.sample({ data: { programId } }));
  const bonus = { programId, pointsEarned: 100, referenceType: 'SIGNUP_BONUS' } as const;
  await loyalty.pointsEarned(samples.pointsEarned.sample({ data: bonus }));
  const purchase = { programId, pointsEarned: 30, referenceType: 'PURCHASE' } as const;
  await loyalty.pointsEarnedV1(samples.pointsEarnedV1.sample({ data: purchase }));
  await loyalty.pointsRedeemed(samples.pointsRedeemed.sample({ data: { programId, pointsRedeemed: 40 } }));
  await loyalty.pointsExpired(samples.pointsExpired.sample({ data: { programId, pointsExpired: 7 } }));
  await loyalty.tierUpgraded(samples.tierUpgraded.sample({ data: { programId } }));
  await loyalty.pointsEarned(samples.pointsEarned.sample());

  expect(await read(programFigures, programId)).toEqual({
    created: 1,
    activated: 1,
    paused: 1,
    enrolled: 1,
    purchases: 1,
    pointsEarned: 130,
    pointsRedeemed: 40,
    pointsExpired: 7,
    tierUpgrades: 1,
  });
  expect(await read(programFigures, 'another')).toBeUndefined();
  expect(said).toContain('points earned: 100 -> 130');
});

it('counts how often templates are used', async () => {
  const { bus, loyalty, log, read } = serviceTest();
  await analyticsConsumer(bus, bus, analyticsHandlers(log)).start();
  const templateId = programId;
  for (const sample of samples.loyaltyTemplateUsed.list(3)) {
    await loyalty.loyaltyTemplateUsed({ ...sample, data: { ...sample.data, templateId } });
  }
  expect(await read(templateUses, templateId)).toEqual({ uses: 3 });
});
