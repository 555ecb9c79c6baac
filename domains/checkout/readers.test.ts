/** What others make of the events of an order, what they keep of it, and for how long. */
import { orderServiceProducer } from '@chirograph/generated/checkout/producers/order-service';
import { describe, expect, it } from 'vitest';
import { workspaceOf } from '../shared/flows/fixture.ts';
import { accountOf, debits, revenues } from './accounting/handlers.ts';
import { figures } from './analytics-service/handlers.ts';
import { commissions } from './commission-service/handlers.ts';
import { cases } from './customer-support/handlers.ts';
import { rows } from './data-warehouse/handlers.ts';
import { checkoutTest, ORDER } from './fixture.ts';
import { attempts, suspicious } from './fraud-detection/handlers.ts';
import { cashbacks } from './loyalty-service/handlers.ts';
import { coins } from './market.ts';
import { newOrders } from './merchant-dashboard/handlers.ts';
import { ALARM, alarms, checks, failures, latency, steps } from './monitoring/handlers.ts';
import { prepared } from './notification-service/handlers.ts';
import { RETENTION, type Records } from './records.ts';
import { activities } from './user-activity-log/handlers.ts';

const DAY = 86_400_000;
/** Another click: what it asks for is the same. */
const click = (number: number) => ({
  request_id: `req_${number}`,
  idempotency_key: `idem_${number}`,
});

describe('events', () => {
  it('that are delivered twice take effect once', async () => {
    const test = await checkoutTest();
    test.partner.mode = 'rejects';
    await test.place();
    const { told } = test;
    const toldOnce = [...told];
    const once = test.names();
    await test.bus.publish(test.bus.published.map(({ message }) => message));
    await test.bus.settled();
    expect(await test.balances()).toEqual(coins);
    // The repeats, and nothing because of them.
    expect(test.names()).toEqual([...once, ...once]);
    expect(told).toEqual(toldOnce);
  });

  it('that overtake one another prepare no confirmation of what is over', async () => {
    const { bus } = await checkoutTest();
    const orders = orderServiceProducer(bus, bus);
    const about = { order_id: 'order_9', user_id: 'user_789', merchant_id: 'merch_1', order_value: 500 };
    const metadata = { request_id: 'req_9' };
    const failure = { failure_stage: 'initiation', failure_reason: 'MERCHANT_UNAVAILABLE' } as const;
    await orders.orderFailed({ data: { ...about, ...failure, rollback_completed: true }, metadata });
    await bus.settled();
    const offered = { merchant_name: 'Fresh Mart', merchant_company: 'bizone', discount: 0 } as const;
    const order = { final_amount: 500, items_count: 1, delivery_pincode: '560001' };
    await orders.orderInitiated({ data: { ...about, ...offered, ...order }, metadata });
    await bus.settled();
    expect(await bus.store.read((tx) => prepared(tx).get('order_9'))).toEqual({ isOver: true });
  });

  it('of a user who cannot be reached are tried again, and say on which channels they went', async () => {
    const test = await checkoutTest();
    test.reached = {};
    await test.place();
    expect(test.published('order.confirmation_sent')).toEqual([]);
    test.reached = { email: 'email_7' };
    await test.pass(1_000);
    expect(test.published('order.confirmation_sent').map(({ data }) => data)).toMatchObject([
      { channels: ['email'], email_id: 'email_7' },
    ]);
    expect(test.published('order.confirmation_sent')[0]?.data).not.toHaveProperty('sms_id');
  });
});

/** By name: whatever is kept for a time. */
const ofAll: Readonly<Record<string, Pick<Records<unknown>, 'of'>>> = {
  activities,
  alarms,
  attempts,
  cases,
  cashbacks,
  checks,
  commissions,
  debits,
  failures,
  newOrders,
  revenues,
  rows,
  steps,
  suspicious,
};

describe('what others keep', () => {
  it('of an order that came about', async () => {
    const test = await checkoutTest();
    await test.place();
    await test.bus.store.read(async (tx) => {
      expect(await accountOf(tx, ORDER)).toEqual({ debited: 450, revenue: 450, isReconciled: true });
      expect(await commissions.of(tx).get(ORDER)).toEqual({ merchant_id: 'merch_bizone_001', amount: 22 });
      expect(await cashbacks.of(tx).get(ORDER)).toEqual({ user_id: 'user_789', amount: 9 });
      expect(await newOrders.of(tx).get(ORDER)).toMatchObject({ total: 450 });
      expect(await cases.of(tx).get(ORDER)).toMatchObject({ kind: 'created', user_id: 'user_789' });
      const row = await rows.of(tx).get(ORDER);
      expect(row).toMatchObject({ order_id: ORDER, pricing: { total: 450 } });
      expect(JSON.stringify(row)).not.toMatch(/John|MG Road|9876543210/);
      const spent = (await activities.of(tx).list()).map(({ document }) => document.amount);
      expect(spent.sort()).toEqual([100, 150, 200]);
      const since = (to: string) => latency(tx, 'req_125', 'order.validation_started', to);
      expect(await since('order.confirmation_sent')).toBe(0);
      expect(await since('order.paid')).toBeUndefined();
      expect(await checks.of(tx).get('req_125')).toEqual({ took: 0 });
      expect(await figures.read(tx, '2026-01-01')).toEqual({
        started: 1,
        passed: 1,
        rejected: 0,
        initiated: 1,
        paid: 1,
        takenByPartner: 1,
        created: 1,
        confirmed: 1,
        failed: {},
        coins: { promo_coins: 200, branded_coins: 150, rez_coins: 100 },
      });
    });
  });

  it('of orders that fail: five in ten minutes are an alarm', async () => {
    const test = await checkoutTest();
    await test.rules.putVerified('user_789', false);
    await test.place(click(0));
    await test.rules.putVerified('user_789', true);
    await test.wallets.freeze('user_789');
    for (const it of [1, 2, 3, 4]) await test.place(click(it));
    const raised = () => test.bus.store.read((tx) => alarms.of(tx).list());
    expect(await raised()).toEqual([]);
    await test.place(click(5));
    expect((await raised()).map(({ document }) => document)).toEqual([{ failures: 5 }]);
    const kept = await test.bus.store.read((tx) => figures.read(tx, '2026-01-01'));
    expect(kept).toMatchObject({ rejected: 1, created: 0, failed: { 'wallet_debit WALLET_UNAVAILABLE': 5 } });
    const support = await test.bus.store.read((tx) => cases.of(tx).list());
    expect(support.map(({ document }) => document.kind)).toEqual(Array(5).fill('failed'));
    // The sixth debit of one user in ten minutes is looked at.
    expect(await test.bus.store.read((tx) => suspicious.of(tx).list())).toEqual([]);
    await test.pass(1_000);
    await test.place(click(6));
    const found = () => test.bus.store.read((tx) => suspicious.of(tx).list());
    expect(await found()).toHaveLength(1);
    // One alarm is enough for ten minutes; after them all begins anew.
    expect(await raised()).toHaveLength(1);
    await test.pass(ALARM.within);
    for (const it of [7, 8, 9, 10]) await test.place(click(it));
    expect(await raised()).toHaveLength(1);
    await test.place(click(11));
    expect(await raised()).toHaveLength(2);
    expect(await found()).toHaveLength(1);
  });

  it('has the retention of the contracts', () => {
    const { messages } = workspaceOf('checkout');
    const ofContracts = messages
      .filter(({ name }) => name in RETENTION)
      .map(({ name, contract }) => [name, (contract.retention ?? 0) / DAY]);
    expect(Object.fromEntries(ofContracts)).toEqual(RETENTION);
  });

  it('is kept for as long as the contracts say, and no longer', async () => {
    const test = await checkoutTest();
    await test.wallets.freeze('user_789');
    for (const it of [1, 2, 3, 4, 5, 6]) await test.place(click(it));
    await test.wallets.thaw('user_789');
    await test.place();
    const kept = (): Promise<readonly string[]> =>
      test.bus.store.read(async (tx) => {
        const names: string[] = [];
        for (const [name, records] of Object.entries(ofAll)) {
          if ((await records.of(tx).list()).length > 0) names.push(name);
        }
        return names;
      });
    const short = { attempts: 7, checks: 7, steps: 30, alarms: 90, failures: 90 };
    const medium = { activities: 90, debits: 90, revenues: 90 };
    const long = { cases: 365, cashbacks: 365, commissions: 365, newOrders: 365, rows: 365, suspicious: 365 };
    const lives = Object.entries({ ...short, ...medium, ...long });
    let passed = 0;
    for (const day of [0, 7, 30, 90, 365]) {
      await test.bus.clock.advance((day - passed) * DAY);
      passed = day;
      expect([...(await kept())].sort()).toEqual(
        lives.flatMap(([name, life]) => (life > day ? [name] : [])).sort(),
      );
    }
  });
});
