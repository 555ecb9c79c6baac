/** The whole domain on one bus, with a clock that only the test moves. */
import type { RuleConfiguration } from '@chirograph/generated/loyalty/types';
import type { Outcome } from '@chirograph/runtime';
import { type EventMatchers, eventMatchers, type TestBus, testBus } from '@chirograph/runtime/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { noFigures, programFigures } from './analytics/handlers.ts';
import { loyaltyService } from './loyalty/loyalty-service.ts';
import { sentMails } from './notification/mail.ts';
import { overdueBonuses } from './reward/bonus-dispatch.ts';
import { PATIENCE } from './reward/enrollment-saga.ts';
import { bronze } from './tier/ladder.ts';
import { type LoyaltyDomain, wire } from './wire.ts';

declare module 'vitest' {
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown>
    extends EventMatchers<R> {}
}
expect.extend(eventMatchers);

const businessId = '6513270e-269e-4d37-b2a7-4de452e6b438';
const customerId = '36f675cc-81e7-4ef5-a8e2-5d940ed90475';
const owner = '6b0d549b-6f03-475a-9600-a35a099950d8';
const templateId = '8d116ece-1738-47d9-bd9c-172411e20b8f';
const rule = { type: 'POINTS_BASED', pointsPerCurrencyUnit: 1, pointsExpireAfterDays: 30 } as const;
const DAY = 86_400_000;

let bus: TestBus;
let domain: LoyaltyDomain;
let programId: string;

beforeEach(async () => {
  bus = testBus();
  // Looks at the store that come so rarely let the clock leap by months without a million of them.
  domain = wire({ ...bus, broker: bus, poll: 1_000 * DAY });
  await domain.start();
  await domain.loyalty.defineTemplate({ templateId, templateName: 'Starter', industry: 'COFFEE', rule });
  const created = await domain.loyalty.createProgramFromTemplate({
    templateId,
    businessId,
    programName: 'Coffee Rewards',
    createdBy: owner,
  });
  programId = accepted(created).id;
  accepted(await domain.loyalty.activateProgram({ programId }));
  await bus.settled();
  return async () => {
    await domain.stop();
    await bus.close();
  };
});

function accepted<Event, Code extends string>(outcome: Outcome<Event, Code>) {
  if (outcome.kind === 'refused') throw new Error(`refused: ${outcome.code}`);
  return outcome;
}

const enroll = () => domain.loyalty.enrollCustomer({ programId, customerId, method: 'SELF' });
const buy = (purchaseId: string, amount: number) =>
  domain.loyalty.earnPoints({ programId, customerId, purchaseId, amount });
const order = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;
const figures = () =>
  bus.store.transaction(async (tx) => (await programFigures(tx).get(programId)) ?? noFigures);
async function pass(milliseconds: number): Promise<void> {
  await bus.settled();
  await bus.clock.advance(milliseconds);
  await bus.settled();
}

describe('the loyalty domain', () => {
  it('notes the use of a template with the programme that comes of it', () => {
    expect(bus.published).toContainEvent('loyalty.template.used', {
      data: { templateId, programId, customized: false },
    });
    expect(bus.published).toContainEvent('loyalty.program.activated', {
      aggregateId: programId,
      data: { ruleType: 'POINTS_BASED' },
    });
  });

  it('credits the sign-up bonus once, and the saga ends', async () => {
    await domain.reward.offerSignupBonus(programId, 100);
    accepted(await enroll());
    await pass(10 * PATIENCE);
    expect(await figures()).toMatchObject({ enrolled: 1, purchases: 0, pointsEarned: 100 });
    expect(bus.published).toContainEvent('loyalty.points.earned', {
      data: { referenceType: 'SIGNUP_BONUS', totalPoints: 100 },
    });
    const sagas = await bus.store.transaction((tx) => tx.documents('process/enrollment-saga').list());
    expect(sagas).toEqual([]);
  });

  it('asks again for a bonus that a pause has held up', async () => {
    await domain.reward.offerSignupBonus(programId, 100);
    accepted(await enroll());
    accepted(await domain.loyalty.pauseProgram({ programId, pausedBy: owner }));
    await bus.settled();
    expect((await figures()).pointsEarned).toBe(0);
    accepted(await domain.loyalty.activateProgram({ programId }));
    await pass(PATIENCE);
    expect((await figures()).pointsEarned).toBe(100);
  });

  it('hands a bonus that never comes to people', async () => {
    await domain.reward.offerSignupBonus(programId, 100);
    const { id } = accepted(await enroll());
    accepted(await domain.loyalty.pauseProgram({ programId, pausedBy: owner }));
    for (let hour = 0; hour < 4; hour += 1) await pass(PATIENCE);
    const overdue = await bus.store.transaction((tx) => overdueBonuses(tx).get(id));
    expect(overdue).toEqual({ customerId, bonus: 100 });
  });

  it('upgrades the tier because of the purchase, and says so under the same correlation', async () => {
    accepted(await enroll());
    accepted(await buy(order(1), 500));
    await bus.settled();
    expect(bus.published).toContainEvent('loyalty.tier.upgraded', {
      data: { tierName: 'Silver', tierLevel: 2, qualifyingPoints: 500 },
    });
    const [upgraded] = bus.published.filter(({ name }) => name === 'loyalty.tier.upgraded');
    const [earned] = bus.published.filter(({ name }) => name === 'loyalty.points.earned');
    expect(upgraded?.message.headers).toMatchObject({
      'causation-id': earned?.message.id,
      'correlation-id': earned?.message.headers['correlation-id'],
    });
  });

  it('understands an older release that still sends 1.0', async () => {
    accepted(await enroll());
    const { store, clock } = bus;
    const old = loyaltyService({ store, clock, initialTierId: bronze.id, pointsEarnedVersion: '1.0' });
    accepted(await old.earnPoints({ programId, customerId, purchaseId: order(1), amount: 40 }));
    accepted(await buy(order(2), 2));
    await bus.settled();
    const versions = bus.published.flatMap(({ name, version }) =>
      name === 'loyalty.points.earned' ? [version] : [],
    );
    expect(versions).toEqual(['1.0', '2.0']);
    expect(bus.published).toContainEvent('loyalty.points.earned', {
      version: '2.0',
      data: { totalPoints: 42 },
    });
    expect(await figures()).toMatchObject({ purchases: 2, pointsEarned: 42 });
  });

  it('lets points lapse when their time comes, each purchase in its own', async () => {
    accepted(await enroll());
    accepted(await buy(order(1), 10));
    await pass(DAY);
    accepted(await buy(order(2), 20));
    await pass(29 * DAY);
    expect((await figures()).pointsExpired).toBe(10);
    await pass(DAY);
    expect((await figures()).pointsExpired).toBe(30);
  });

  it('warns a week before points lapse, once', async () => {
    accepted(await enroll());
    accepted(await buy(order(1), 10));
    await pass(23 * DAY);
    expect(bus.published).toContainEvent('loyalty.points.expiring', { data: { pointsExpiring: 10 } });
    await pass(7 * DAY);
    const names = bus.published.flatMap(({ name = '' }) => (name.startsWith('loyalty.points') ? [name] : []));
    expect(names).toEqual(['loyalty.points.earned', 'loyalty.points.expiring', 'loyalty.points.expired']);
  });

  it('sees no change of a rule in the order of its keys', async () => {
    const use = async (own: RuleConfiguration) =>
      accepted(
        await domain.loyalty.createProgramFromTemplate({
          templateId,
          businessId,
          programName: 'Tea',
          createdBy: owner,
          rule: own,
        }),
      ).id;
    const same = await use({ pointsExpireAfterDays: 30, pointsPerCurrencyUnit: 1, type: 'POINTS_BASED' });
    const other = await use({ ...rule, pointsPerCurrencyUnit: 2 });
    await bus.settled();
    expect(bus.published).toContainEvent('loyalty.template.used', {
      data: { programId: same, customized: false },
    });
    expect(bus.published).toContainEvent('loyalty.template.used', {
      data: { programId: other, customized: true },
    });
  });

  it('refuses, and then nothing is written and nobody is told', async () => {
    accepted(await enroll());
    accepted(await domain.loyalty.pauseProgram({ programId, pausedBy: owner }));
    await bus.settled();
    const before = bus.published.length;
    expect(await buy(order(1), 10)).toMatchObject({ kind: 'refused', code: 'program-paused' });
    expect(await enroll()).toMatchObject({ kind: 'refused', code: 'already-enrolled' });
    expect(await domain.reward.redeem({ customerId, rewardId: order(9) })).toMatchObject({
      code: 'reward-unknown',
    });
    expect(
      await domain.loyalty.earnPoints({ programId: order(8), customerId, purchaseId: order(1), amount: 1 }),
    ).toMatchObject({ code: 'program-unknown' });
    await bus.settled();
    expect(bus.published.length).toBe(before);
  });

  it('makes nothing from a template that does not exist', async () => {
    const outcome = await domain.loyalty.createProgramFromTemplate({
      templateId: order(7),
      businessId,
      programName: 'Tea',
      createdBy: owner,
    });
    expect(outcome).toMatchObject({ kind: 'refused', code: 'template-unknown' });
  });

  it('sends every mail once, though all consumers are stopped and started between', async () => {
    accepted(await enroll());
    accepted(await buy(order(1), 10));
    await bus.settled();
    await domain.stop();
    accepted(await buy(order(2), 20));
    await domain.start();
    await bus.settled();
    const mails = await bus.store.transaction((tx) => sentMails(tx).list());
    const subjects = mails.map(({ document }) => document.subject.replace(/, until.*/, '')).sort();
    expect(subjects).toEqual([
      '10 points for you',
      '20 points for you',
      'Coffee Rewards is ready to be set up',
      'Join Coffee Rewards!',
      'Welcome to Coffee Rewards',
    ]);
  });
});
