import { fakeLoyaltyProducer } from '@chirograph/generated/loyalty/fakes/loyalty';
import * as samples from '@chirograph/generated/loyalty/samples';
import { fold } from '@chirograph/runtime';
import { testBus } from '@chirograph/runtime/testing';
import { expect, it, onTestFinished } from 'vitest';
import { enrollment } from './enrollment/enrollment.ts';
import type { EnrollmentEvent } from './enrollment/events.ts';
import { type PointsEarnedVersion, publishEnrollment } from './publish-enrollment.ts';

const id = '9531985d-5d9d-49f8-9818-e811892f902b';
const businessId = '6513270e-269e-4d37-b2a7-4de452e6b438';
const enrolled: EnrollmentEvent = {
  type: 'CustomerEnrolled',
  businessId,
  data: samples.customerEnrolled.sample().data,
};
const earned: EnrollmentEvent = {
  type: 'PointsEarned',
  data: samples.pointsEarned.sample({ data: { expiresAt: '2027-01-01T00:00:00Z' } }).data,
};

async function published(version: PointsEarnedVersion, event: EnrollmentEvent) {
  const bus = testBus();
  onTestFinished(() => bus.close());
  const producer = fakeLoyaltyProducer();
  const state = fold(enrollment, [enrolled]);
  await bus.store.transaction((tx) =>
    publishEnrollment(producer, version)(event, { tx, id, state, causedBy: undefined, version: 2 }),
  );
  return producer.sent;
}

it('puts the entity and its business into the envelope', async () => {
  const { pointsEarned } = await published('2.0', earned);
  expect(pointsEarned).toMatchObject([{ aggregateId: id, businessId, data: earned.data }]);
});

it('says 1.0 as an older release does: nothing about expiry', async () => {
  const { pointsEarned, pointsEarnedV1 } = await published('1.0', earned);
  expect(pointsEarned).toEqual([]);
  expect(pointsEarnedV1).toMatchObject([{ version: '1.0', aggregateId: id }]);
  expect(pointsEarnedV1[0]?.data).not.toHaveProperty('expiresAt');
});

it("keeps to itself what is nobody else's business", async () => {
  const sent = await published('2.0', { type: 'PurchaseCounted', purchaseId: 'o-1', carried: 0 });
  expect(Object.values(sent).flat()).toEqual([]);
});
