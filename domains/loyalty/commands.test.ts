/** Each command over the broker: done, and refused for each of its failures, which the caller hears. */
import { randomUUID } from 'node:crypto';
import { type TestBus, testBus } from '@chirograph/runtime/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { screens } from './app/handlers.ts';
import { type LoyaltyDomain, wire } from './wire.ts';

const businessId = '6513270e-269e-4d37-b2a7-4de452e6b438';
const owner = '6b0d549b-6f03-475a-9600-a35a099950d8';
const rule = { type: 'POINTS_BASED', pointsPerCurrencyUnit: 1, minimumPurchase: 5 } as const;

let bus: TestBus;
let domain: LoyaltyDomain;
let active: string;
let draft: string;
/** With a customer. */
let paused: string;
/** Without a rule. */
let bare: string;
let templateId: string;
let rewardId: string;
let customerId: string;

beforeAll(async () => {
  bus = testBus();
  domain = wire({ ...bus, broker: bus, poll: 1e12 });
  await domain.start();
  const { loyalty, reward } = domain;
  [templateId, rewardId, customerId] = [randomUUID(), randomUUID(), randomUUID()];
  await loyalty.defineTemplate({ templateId, templateName: 'Starter', industry: 'COFFEE', rule });
  const program = async (own?: typeof rule) => {
    const made = await loyalty.createProgram({ businessId, programName: 'P', createdBy: owner, rule: own });
    return made.kind === 'accepted' ? made.id : '';
  };
  [active, draft, paused, bare] = [
    await program(rule),
    await program(rule),
    await program(rule),
    await program(),
  ];
  await loyalty.activateProgram({ programId: active });
  await loyalty.activateProgram({ programId: paused });
  for (const programId of [active, paused]) {
    await loyalty.enrollCustomer({ programId, customerId, method: 'SELF' });
    await loyalty.earnPoints({ programId, customerId, purchaseId: randomUUID(), amount: 50 });
  }
  await loyalty.pauseProgram({ programId: paused, pausedBy: owner });
  await reward.offerReward(rewardId, { programId: active, rewardName: 'Coffee', points: 40 });
  await bus.settled();
});
afterAll(async () => {
  await domain.stop();
  await bus.close();
});

const nothing = (): string => randomUUID();
const app = () => domain.app;
const define = (id: string) =>
  app().defineTemplate({ data: { templateId: id, templateName: 'T', industry: 'RETAIL', rule } });
const create = (more: object = {}) =>
  app().createProgram({ data: { businessId, programName: 'New', createdBy: owner, ...more } });
const activate = (programId: string) => app().activateProgram({ data: { programId } });
const pause = (programId: string) => app().pauseProgram({ data: { programId, pausedBy: owner } });
const enroll = (programId: string, who = nothing()) =>
  app().enrollCustomer({ data: { programId, customerId: who, method: 'SELF' } });
const earn = (programId: string, who = customerId, amount = 10, purchaseId = nothing()) =>
  app().earnPoints({ data: { programId, customerId: who, purchaseId, amount } });
const redeem = (id: string, who = customerId) =>
  app().redeemReward({ data: { customerId: who, rewardId: id } });

/** A reward of a programme. */
async function rewardOf(programId: string, points = 40): Promise<string> {
  const id = nothing();
  await domain.reward.offerReward(id, { programId, rewardName: 'Tea', points });
  return id;
}

/** The command, the failure in the contract's words, and how it comes about. */
const rows: readonly (readonly [command: string, failure: string, ask: () => Promise<unknown>])[] = [
  ['template.define', 'Template exists', () => define(templateId)],
  ['program.create', 'Template unknown', () => create({ templateId: nothing() })],
  [
    'program.change-rule',
    'Program unknown',
    () => app().changeRule({ data: { programId: nothing(), rule } }),
  ],
  ['program.activate', 'Program unknown', () => activate(nothing())],
  ['program.activate', 'Program active', () => activate(active)],
  ['program.activate', 'Program without rule', () => activate(bare)],
  ['program.pause', 'Program unknown', () => pause(nothing())],
  ['program.pause', 'Program not active', () => pause(draft)],
  ['customer.enroll', 'Program unknown', () => enroll(nothing())],
  ['customer.enroll', 'Already enrolled', () => enroll(active, customerId)],
  ['customer.enroll', 'Program paused', () => enroll(paused)],
  ['customer.enroll', 'Program not active', () => enroll(draft)],
  ['points.earn', 'Program unknown', () => earn(nothing())],
  ['points.earn', 'Not enrolled', () => earn(active, nothing())],
  ['points.earn', 'Program paused', () => earn(paused)],
  [
    'points.earn',
    'Purchase already credited',
    async () => {
      const purchase = nothing();
      await earn(active, customerId, 10, purchase);
      await bus.settled();
      await earn(active, customerId, 10, purchase);
    },
  ],
  ['points.earn', 'Purchase too small', () => earn(active, customerId, 4)],
  ['reward.redeem', 'Reward unknown', () => redeem(nothing())],
  ['reward.redeem', 'Program unknown', async () => redeem(await rewardOf(nothing()))],
  ['reward.redeem', 'Not enrolled', () => redeem(rewardId, nothing())],
  ['reward.redeem', 'Program paused', async () => redeem(await rewardOf(paused))],
  ['reward.redeem', 'Insufficient points', async () => redeem(await rewardOf(active, 9_999))],
];

it.each(rows)('%s: %s', async (command, failure, ask) => {
  const from = bus.published.length;
  await ask();
  await bus.settled();
  const refusals = bus.published.slice(from).flatMap(({ name, payload }) => {
    const { data } = payload as { readonly data: Readonly<Record<string, string>> };
    return name?.endsWith('command-refused') ? [data] : [];
  });
  const code = failure.replace(/[^A-Za-z0-9]+/g, '_').toUpperCase();
  expect(refusals).toMatchObject([{ command: `loyalty.${command}`, failure: code }]);
  const shown = await bus.store.read((tx) => screens(tx).get(refusals[0]?.commandId ?? ''));
  expect(shown).toMatchObject({ failure: code, text: refusals[0]?.message });
});

it('what owners, tills and customers ask for is done, from the template to the reward', async () => {
  const [template, customer, reward] = [nothing(), nothing(), nothing()];
  const from = bus.published.length;
  const told = (name: string) =>
    bus.published.slice(from).flatMap((it) => (it.name === name ? [it.payload as Told] : []));
  await define(template);
  await bus.settled();
  await create({ templateId: template });
  await bus.settled();
  const programId = told('loyalty.program.created')[0]?.aggregateId ?? '';
  await domain.reward.offerReward(reward, { programId, rewardName: 'Cake', points: 30 });
  const asked = [
    () => app().changeRule({ data: { programId, rule: { ...rule, pointsPerCurrencyUnit: 2 } } }),
    () => activate(programId),
    () => enroll(programId, customer),
    () => earn(programId, customer, 25),
    () => redeem(reward, customer),
    () => pause(programId),
  ];
  for (const ask of asked) {
    await ask();
    await bus.settled();
  }
  expect(told('loyalty.points.redeemed')).toMatchObject([
    { data: { customerId: customer, pointsRedeemed: 30, remainingPoints: 20, rewardName: 'Cake' } },
  ]);
  expect(told('loyalty.program.paused')).toMatchObject([{ aggregateId: programId }]);
  expect(bus.published.slice(from).filter(({ name }) => name?.endsWith('command-refused'))).toEqual([]);
});

interface Told {
  readonly aggregateId: string;
  readonly data: Readonly<Record<string, unknown>>;
}

it('a reward costs whole points', async () => {
  await expect(rewardOf(active, 0)).rejects.toThrow(RangeError);
  await expect(rewardOf(active, 1.5)).rejects.toThrow(RangeError);
});
