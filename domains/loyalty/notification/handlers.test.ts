import { notificationConsumer } from '@chirograph/generated/loyalty/consumers/notification';
import * as samples from '@chirograph/generated/loyalty/samples';
import { expect, it } from 'vitest';
import { type ServiceTest, serviceTest } from '../service-test.ts';
import { notificationHandlers } from './handlers.ts';
import { type Mail, type Mailer, sentMails } from './mail.ts';

const programId = 'd23f0824-128b-4f33-8c5c-7fd0a6a3a450';
const [ada, bob] = ['36f675cc-81e7-4ef5-a8e2-5d940ed90475', 'c6f87718-6d76-407e-881e-d162ae2eb154'] as const;

async function started(mailer: Mailer = async () => undefined): Promise<ServiceTest> {
  const test = serviceTest();
  const { bus, log } = test;
  await notificationConsumer(bus, bus, notificationHandlers(mailer, log)).start();
  return test;
}

const subjects = (mails: readonly Mail[]) => mails.map(({ subject }) => subject).sort();

it('tells customers what concerns them', async () => {
  const { loyalty, readAll } = await started();
  const data = { customerId: ada };
  const enrolled = { ...data, programId, programName: 'Coffee' };
  await loyalty.customerEnrolled(samples.customerEnrolled.sample({ data: enrolled }));
  const earned = { ...data, pointsEarned: 50, expiresAt: '2027-01-01T00:00:00Z' };
  await loyalty.pointsEarned(samples.pointsEarned.sample({ data: earned }));
  await loyalty.pointsEarnedV1(samples.pointsEarnedV1.sample({ data: { ...data, pointsEarned: 7 } }));
  await loyalty.pointsExpired(samples.pointsExpired.sample({ data: { ...data, pointsExpired: 3 } }));
  await loyalty.pointsRedeemed(samples.pointsRedeemed.sample({ data: { ...data, rewardName: 'Mug' } }));
  await loyalty.tierUpgraded(samples.tierUpgraded.sample({ data: { ...data, tierName: 'Silver' } }));

  const mails = await readAll(sentMails);
  expect(subjects(mails)).toEqual([
    '3 points have lapsed',
    '50 points for you, until 2027-01-01',
    '7 points for you',
    'Enjoy your Mug',
    'Welcome to Coffee',
    'You are Silver now',
  ]);
  expect(mails.every(({ to }) => to.kind === 'customer' && to.customerId === ada)).toBe(true);
});

it('tells the owner of a new programme, and all customers when it opens', async () => {
  const { loyalty, readAll } = await started();
  const businessId = '6513270e-269e-4d37-b2a7-4de452e6b438';
  const data = { programName: 'Coffee' };
  await loyalty.loyaltyProgramCreated(samples.loyaltyProgramCreated.sample({ businessId, data }));
  await loyalty.loyaltyProgramActivated(samples.loyaltyProgramActivated.sample({ businessId, data }));
  const mails = await readAll(sentMails);
  expect(mails.map(({ to }) => to)).toEqual(
    expect.arrayContaining([
      { kind: 'business', businessId },
      { kind: 'customers-of', businessId },
    ]),
  );
});

it('tells everyone enrolled, and nobody else, that a programme is paused', async () => {
  const { loyalty, readAll } = await started();
  for (const [customerId, program] of [
    [ada, programId],
    [bob, programId],
    [bob, ada],
  ] as const) {
    await loyalty.customerEnrolled(
      samples.customerEnrolled.sample({ data: { customerId, programId: program } }),
    );
  }
  const data = { programName: 'Coffee' };
  await loyalty.loyaltyProgramPaused(samples.loyaltyProgramPaused.sample({ aggregateId: programId, data }));
  const told = (await readAll(sentMails)).filter(({ subject }) => subject === 'Coffee takes a break');
  expect(told.map(({ to }) => to)).toEqual([
    { kind: 'customer', customerId: ada },
    { kind: 'customer', customerId: bob },
  ]);
});

it('offers a mail again under the same id when the server fails, and notes it once', async () => {
  const offered: string[] = [];
  const { bus, loyalty, readAll } = await started(async ({ id }) => {
    offered.push(id);
    if (offered.length < 3) throw new Error('no answer');
  });
  await loyalty.pointsExpired(samples.pointsExpired.sample());
  expect(await readAll(sentMails)).toEqual([]);
  await bus.clock.advance(1_000);
  await bus.settled();
  await bus.clock.advance(5_000);
  expect(await readAll(sentMails)).toHaveLength(1);
  expect(new Set(offered).size).toBe(1);
  expect(offered).toHaveLength(3);
});

it('announces a programme once: one that comes back from a pause is not new', async () => {
  const { loyalty, readAll } = await started();
  for (let time = 0; time < 2; time += 1) {
    await loyalty.loyaltyProgramActivated(samples.loyaltyProgramActivated.sample({ aggregateId: programId }));
  }
  expect(await readAll(sentMails)).toHaveLength(1);
});

it('warns of points before they lapse', async () => {
  const { loyalty, readAll } = await started();
  const data = { pointsExpiring: 30, expirationDate: '2026-11-07T00:00:00Z' };
  await loyalty.pointsExpiring(samples.pointsExpiring.sample({ data }));
  expect(subjects(await readAll(sentMails))).toEqual(['Use 30 points, until 2026-11-07']);
});
