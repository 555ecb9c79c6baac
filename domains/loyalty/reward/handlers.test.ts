import { rewardConsumer } from '@chirograph/generated/loyalty/consumers/reward';
import * as samples from '@chirograph/generated/loyalty/samples';
import { expect, it } from 'vitest';
import { serviceTest } from '../service-test.ts';
import type { SagaEvent } from './enrollment-saga.ts';
import { rewardHandlers } from './handlers.ts';
import { benefits, catalogue, eligibility, issuedRewards, signupBonuses } from './rewards.ts';

const programId = 'd23f0824-128b-4f33-8c5c-7fd0a6a3a450';
const enrollmentId = '9531985d-5d9d-49f8-9818-e811892f902b';

async function started() {
  const test = serviceTest();
  const { bus, log } = test;
  const heard: SagaEvent[] = [];
  const saga = {
    name: 'saga',
    handle: async (event: SagaEvent) => void heard.push(event),
    expire: async () => {},
  };
  const handlers = { ...rewardHandlers(saga, log), redeemReward: () => undefined };
  await rewardConsumer(bus, bus, handlers).start();
  return { ...test, heard };
}

it('begins the saga when the programme has a sign-up bonus, and only then', async () => {
  const { bus, loyalty, heard } = await started();
  await bus.store.transaction((tx) => signupBonuses(tx).put(programId, { points: 100 }));
  const event = samples.customerEnrolled.sample({ aggregateId: enrollmentId, data: { programId } });
  await loyalty.customerEnrolled(event);
  await loyalty.customerEnrolled(samples.customerEnrolled.sample());
  await bus.settled();
  const { customerId } = event.data;
  expect(heard).toEqual([{ kind: 'customer-enrolled', enrollmentId, customerId, programId, bonus: 100 }]);
});

it('tells the saga of the bonus, and of no other points', async () => {
  const { bus, loyalty, heard } = await started();
  for (const referenceType of ['PURCHASE', 'SIGNUP_BONUS'] as const) {
    await loyalty.pointsEarned(
      samples.pointsEarned.sample({ aggregateId: enrollmentId, data: { referenceType } }),
    );
  }
  await bus.settled();
  expect(heard).toEqual([{ kind: 'bonus-credited', enrollmentId }]);
});

it('knows which rewards of the programme are within reach', async () => {
  const { bus, loyalty, read } = await started();
  await bus.store.transaction(async (tx) => {
    await catalogue(tx).put('r-1', { programId, rewardName: 'Sticker', points: 30 });
    await catalogue(tx).put('r-2', { programId, rewardName: 'Mug', points: 400 });
    await catalogue(tx).put('r-3', { programId: 'another', rewardName: 'Tea', points: 1 });
  });
  const data = { programId, totalPoints: 399 };
  await loyalty.pointsEarned(samples.pointsEarned.sample({ aggregateId: enrollmentId, data }));
  expect(await read(eligibility, enrollmentId)).toEqual({ rewardNames: ['Sticker'] });
});

it('issues what was redeemed', async () => {
  const { loyalty, read } = await started();
  const event = samples.pointsRedeemed.sample({ data: { rewardName: 'Mug' } });
  await loyalty.pointsRedeemed(event);
  const { customerId, transactionId } = event.data;
  expect(await read(issuedRewards, transactionId)).toEqual({ customerId, rewardName: 'Mug' });
});

it('applies the benefits of a tier', async () => {
  const { loyalty, read } = await started();
  const data = { tierName: 'Silver', tierLevel: 2 };
  await loyalty.tierUpgraded(samples.tierUpgraded.sample({ aggregateId: enrollmentId, data }));
  expect(await read(benefits, enrollmentId)).toEqual({ tierName: 'Silver', benefit: 'free delivery' });
});

it('takes back what is no longer within reach, after a redemption and after points have lapsed', async () => {
  const { bus, loyalty, read } = await started();
  await bus.store.transaction((tx) =>
    catalogue(tx).put('r-1', { programId, rewardName: 'Sticker', points: 30 }),
  );
  const aggregateId = enrollmentId;
  const earned = { aggregateId, data: { programId, totalPoints: 60 } };
  await loyalty.pointsEarned(samples.pointsEarned.sample(earned));
  await loyalty.pointsRedeemed(
    samples.pointsRedeemed.sample({ aggregateId, data: { programId, remainingPoints: 29 } }),
  );
  expect(await read(eligibility, enrollmentId)).toEqual({ rewardNames: [] });
  await loyalty.pointsEarned(samples.pointsEarned.sample(earned));
  expect(await read(eligibility, enrollmentId)).toEqual({ rewardNames: ['Sticker'] });
  await loyalty.pointsExpired(
    samples.pointsExpired.sample({ aggregateId, data: { programId, remainingPoints: 0 } }),
  );
  expect(await read(eligibility, enrollmentId)).toEqual({ rewardNames: [] });
});
