/** Each flow of specs/loyalty, played: what is sent and received, in order and by its causes, is what the flow says. */
import { randomUUID } from 'node:crypto';
import type { Observation } from '@chirograph/runtime';
import { type TestBus, testBus } from '@chirograph/runtime/testing';
import { onTestFinished } from 'vitest';
import { type Play, testFlows } from '../shared/flows/fixture.ts';
import { stock } from './inventory/handlers.ts';
import { WARNING } from './loyalty/enrollment/lots.ts';
import { silver } from './tier/ladder.ts';
import { type LoyaltyDomain, wire } from './wire.ts';

interface FlowTest extends LoyaltyDomain {
  readonly bus: TestBus;
  readonly observed: readonly Observation[];
  /** Lets time pass, and all that follows. */
  pass(milliseconds: number): Promise<void>;
}

const DAY = 86_400_000;
const templateId = randomUUID();
const customerId = randomUUID();
const owner = { businessId: randomUUID(), createdBy: randomUUID() };
const rule = { type: 'POINTS_BASED', pointsPerCurrencyUnit: 1, pointsExpireAfterDays: 30 } as const;

async function begin(): Promise<FlowTest> {
  const bus = testBus();
  const observed: Observation[] = [];
  const domain = wire({
    ...bus,
    broker: bus,
    observe(it) {
      observed.push(it);
      bus.observe(it);
    },
    // Looks at the store that come so rarely let the clock leap by months without a million of them.
    poll: 1_000 * DAY,
  });
  await domain.start();
  onTestFinished(async () => {
    await domain.stop();
    await bus.close();
  });
  await domain.loyalty.defineTemplate({ templateId, templateName: 'Starter', industry: 'COFFEE', rule });
  const pass = async (milliseconds: number) => {
    await bus.settled();
    await bus.clock.advance(milliseconds);
    await bus.settled();
  };
  return { ...domain, bus, observed, pass };
}

async function created({ loyalty, bus }: FlowTest): Promise<string> {
  const made = await loyalty.createProgramFromTemplate({ templateId, programName: 'Coffee', ...owner });
  if (made.kind === 'refused') throw new Error(made.message);
  await bus.settled();
  return made.id;
}

async function open(test: FlowTest): Promise<string> {
  const programId = await created(test);
  await test.loyalty.activateProgram({ programId });
  await test.bus.settled();
  return programId;
}

/** A programme that the customer is in, with so many points. */
async function enrolled(test: FlowTest, points: number): Promise<string> {
  const programId = await open(test);
  await test.loyalty.enrollCustomer({ programId, customerId, method: 'SELF' });
  if (points > 0) await buy(test, programId, points);
  await test.bus.settled();
  return programId;
}

const buy = ({ loyalty }: FlowTest, programId: string, amount: number) =>
  loyalty.earnPoints({ programId, customerId, purchaseId: randomUUID(), amount });

const plays: Readonly<Record<string, Play<FlowTest>>> = {
  enrolment: {
    async prepare(test) {
      const programId = await open(test);
      await test.reward.offerSignupBonus(programId, 100);
      return () => test.loyalty.enrollCustomer({ programId, customerId, method: 'SELF' });
    },
  },
  rise: {
    async prepare(test) {
      const programId = await enrolled(test, 0);
      return () => buy(test, programId, silver.threshold);
    },
  },
  redemption: {
    async prepare(test) {
      const programId = await enrolled(test, 50);
      const rewardId = randomUUID();
      await test.reward.offerReward(rewardId, { programId, rewardName: 'Mug', points: 30 });
      await test.bus.store.transaction((tx) =>
        stock(tx).put(rewardId, { kind: 'physical', name: 'Mug', left: 1, owed: 0 }),
      );
      return () => test.reward.redeem({ customerId, rewardId });
    },
  },
  expiry: {
    async prepare(test) {
      const programId = await enrolled(test, 0);
      return async () => {
        await buy(test, programId, 10);
        await test.pass(30 * DAY - WARNING);
        await test.pass(WARNING);
      };
    },
  },
  fromTemplate: {
    async prepare(test) {
      return () => open(test);
    },
  },
};

testFlows('loyalty', begin, plays);
