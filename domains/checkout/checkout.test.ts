/** What no single decision shows: the money, the two clicks, late and lost answers, dead letters, what others keep. */
import { orderServiceProducer } from '@chirograph/generated/checkout/producers/order-service';
import { walletServiceProducer } from '@chirograph/generated/checkout/producers/wallet-service';
import { deadLetters, ERASED, outbox } from '@chirograph/runtime';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { workspaceOf } from '../shared/flows/fixture.ts';
import { accountOf } from './accounting/handlers.ts';
import { figures } from './analytics-service/handlers.ts';
import { commissions } from './commission-service/handlers.ts';
import { cases } from './customer-support/handlers.ts';
import { rows } from './data-warehouse/handlers.ts';
import { beginCheckout, checkoutTest, ORDER } from './fixture.ts';
import { suspicious } from './fraud-detection/handlers.ts';
import { cashbacks } from './loyalty-service/handlers.ts';
import { coins, merchant, request } from './market.ts';
import { newOrders } from './merchant-dashboard/handlers.ts';
import { ALARM, alarms, checks, latency, steps } from './monitoring/handlers.ts';
import { prepared } from './notification-service/handlers.ts';
import { DEBIT_TIME, PARTNER_TIME } from './order-service/order.ts';
import { RETENTION } from './records.ts';
import { activities } from './user-activity-log/handlers.ts';
import { walletService } from './wallet-service/wallet-service.ts';

const afterwards = { promo_coins: 0, branded_coins: 0, rez_coins: 300 };
const DAY = 86_400_000;

/** Another click: what it asks for is the same. */
const click = (number: number) => ({
  request_id: `req_${number}`,
  idempotency_key: `idem_${number}`,
});

describe('an order', () => {
  it('takes nine steps, with a debit for each coin type, all at the same time', async () => {
    const test = await checkoutTest();
    expect(await test.place()).toEqual({
      kind: 'placed',
      order_id: ORDER,
      status: 'paid',
      failure: undefined,
    });
    expect(test.names()).toEqual([
      'order.validation_started',
      'order.validation_completed',
      'order.initiated',
      'wallet.debit_started',
      'wallet.debited',
      'wallet.debited',
      'wallet.debited',
      'order.paid',
      'bizone.order_created',
      'order.created',
      'order.confirmation_sent',
    ]);
    const debits = test.published('wallet.debited');
    expect(debits.map(({ data }) => [data.coin_type, data.amount])).toEqual([
      ['promo_coins', 200],
      ['branded_coins', 150],
      ['rez_coins', 100],
    ]);
    expect(new Set(debits.map((it) => it.timestamp)).size).toBe(1);
    expect(await test.balances()).toEqual(afterwards);
    const ids = debits.map(({ data }) => data.transaction_id);
    const [paid] = test.published('order.paid');
    const [created] = test.published('order.created');
    expect(paid?.data.amount).toBe(450);
    expect(created?.data.payment).toEqual({ method: 'wallet', status: 'paid', transaction_ids: ids });
    expect(created?.data.pricing).toEqual({ subtotal: 500, discount: 50, delivery_fee: 0, total: 450 });
    expect(created?.metadata.idempotency_key).toBe(request.idempotency_key);
    expect(test.partner.underWay.get(ORDER)?.size).toBe(1);
  });

  it('is one for one key: clicks after it, and at the same time, get it too', async () => {
    const test = await checkoutTest();
    const clicks = await Promise.all(
      [1, 2, 3].map((it) => test.orders.placeOrder({ ...request, request_id: `req_${it}` })),
    );
    await test.bus.settled();
    const later = await test.place({ request_id: 'req_4' });
    for (const it of [...clicks, later]) expect(it).toMatchObject({ kind: 'placed', order_id: ORDER });
    expect(later).toMatchObject({ status: 'created' });
    expect(test.published('order.initiated')).toHaveLength(1);
    expect(test.published('wallet.debited')).toHaveLength(3);
    expect(test.published('order.created')).toHaveLength(1);
    expect(await test.balances()).toEqual(afterwards);
  });

  it('does not share its key or its request with another', async () => {
    const test = await checkoutTest();
    await test.place();
    const items = request.items.slice(1);
    expect(await test.place({ request_id: 'req_2', items })).toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
    });
    expect(await test.place({ idempotency_key: 'idem_2' })).toMatchObject({ code: 'REQUEST_ID_REUSED' });
    expect(await test.place({ ...click(3), items: [] })).toMatchObject({ code: 'CART_INVALID' });
    expect(test.published('order.initiated')).toHaveLength(1);
  });

  it('is not opened when the cart is rejected, and the second click hears the same', async () => {
    const test = await checkoutTest();
    await test.rules.putMerchant('merch_bizone_001', {
      ...merchant,
      isActive: false,
      minimumOrderValue: 900,
    });
    const rejected = await test.place();
    expect(rejected).toMatchObject({
      code: 'CART_REJECTED',
      message: 'The cart may not be ordered: min_order_value, merchant_active.',
    });
    await test.rules.putMerchant('merch_bizone_001', merchant);
    expect(await test.place({ request_id: 'req_2' })).toEqual(rejected);
    expect(test.names()).toEqual(['order.validation_started', 'order.validation_completed']);
    expect(await test.place(click(3))).toMatchObject({ kind: 'placed' });
  });

  it('keeps names and addresses sealed, and forgets them for good', async () => {
    const test = await checkoutTest();
    await test.place();
    const stored = await test.bus.store.read((tx) => tx.events.load(`order/${ORDER}`));
    for (const text of ['John', '9876543210', 'MG Road']) expect(JSON.stringify(stored)).not.toContain(text);
    await test.orders.eraseUser('user_789');
    const state = await test.bus.store.read((tx) => test.orders.find(tx, ORDER));
    expect(state).toMatchObject({ request: { user_name: ERASED, address: { city: ERASED } } });
    expect(await test.place({ request_id: 'req_2' })).toMatchObject({ status: 'created' });
  });
});

describe('the debit', () => {
  it('has one time, however long it takes', async () => {
    const { bus, balances } = await checkoutTest();
    let now = Date.UTC(2026, 0, 4);
    const clock = { ...bus.clock, now: () => (now += 1) };
    const sent = outbox(bus.store);
    const wallets = walletService({
      store: bus.store,
      clock,
      producer: walletServiceProducer(sent, { clock }),
    });
    const about = { user_id: 'user_789', order_id: 'order_9', request_id: 'req_9', merchant_id: 'merch_1' };
    await wallets.debit({ ...about, amount: 450 });
    await bus.settled();
    const times = bus.published.flatMap(({ name, payload }) =>
      name === 'wallet.debited' && typeof payload === 'object' && payload && 'timestamp' in payload
        ? [payload.timestamp]
        : [],
    );
    expect(times).toHaveLength(3);
    expect(new Set(times).size).toBe(1);
    expect(await balances()).toEqual(afterwards);
  });

  it('fails when the wallet holds too little, and nothing is taken', async () => {
    const test = await checkoutTest();
    const [apples] = request.items;
    if (!apples) throw new Error('the request has no items');
    const placed = await test.place({ items: [{ ...apples, quantity: 6 }] });
    expect(placed).toMatchObject({ status: 'failed', failure: { reason: 'WALLET_INSUFFICIENT_BALANCE' } });
    const about = { amount_required: 850, amount_available: 750 };
    expect(test.published('wallet.debit_failed')[0]?.data).toMatchObject(about);
    expect(test.published('order.failed')[0]?.data).toMatchObject({
      ...about,
      failure_stage: 'wallet_debit',
      rollback_completed: true,
    });
    expect(await test.balances()).toEqual(coins);
    expect(test.published('wallet.refunded')).toEqual([]);
    expect(test.told.at(-1)?.text).toBe('Your order failed. You have paid nothing.');
    // Coins that come later do not bring it back to life.
    await test.wallets.credit({
      user_id: 'user_789',
      credit_id: 'more',
      coin_type: 'rez_coins',
      amount: 500,
    });
    expect(await test.place({ request_id: 'req_2', items: [{ ...apples, quantity: 6 }] })).toEqual(placed);
  });

  it.each(['silent', 'answer-lost'] as const)('is undone when the wallet is %s', async (wallet) => {
    const test = await checkoutTest();
    test.wallet = wallet;
    const placed = await test.place();
    expect(placed).toMatchObject({
      status: 'failed',
      failure: { reason: 'WALLET_UNAVAILABLE', rollback_completed: false },
    });
    expect(test.said).toContain('the wallet does not answer: the connection is lost');
    expect(await test.balances()).toEqual(coins);
    expect(test.published('wallet.refunded')).toHaveLength(wallet === 'silent' ? 0 : 1);
    const late = {
      user_id: 'user_789',
      order_id: ORDER,
      request_id: 'req_125',
      amount: 450,
      merchant_id: 'merch_1',
    };
    expect(await test.wallets.debit(late)).toMatchObject({ code: 'ORDER_CLOSED' });
  });

  it('is given up when the process ended in the middle of it, and its coins go back', async () => {
    const test = await checkoutTest();
    // The wallet has taken the coins, and whoever asked it hears of it no more.
    test.wallet = 'unheard';
    void test.orders.placeOrder(request);
    while ((await test.balances()).promo_coins > 0) await test.bus.settled();
    await test.bus.settled();
    await test.pass(DEBIT_TIME - 1);
    expect(await test.balances()).toEqual(afterwards);
    expect(test.published('order.failed')).toEqual([]);
    await test.pass(1);
    expect(test.published('order.failed')[0]?.data).toMatchObject({ failure_reason: 'WALLET_UNAVAILABLE' });
    expect(await test.balances()).toEqual(coins);
  });
});

describe('BizOne', () => {
  it('rejects the order: all coins go back, to the types from which they came', async () => {
    const test = await checkoutTest();
    test.partner.mode = 'rejects';
    await test.place();
    expect(test.published('order.failed')[0]?.data).toMatchObject({
      failure_stage: 'partner_order',
      failure_reason: 'PARTNER_REJECTED',
      rollback_completed: false,
    });
    const debited = test.published('wallet.debited').map(({ data }) => data.transaction_id);
    expect(test.published('wallet.refunded').map(({ data }) => data)).toMatchObject([
      { original_order_id: ORDER, original_transaction_ids: debited, total_refunded: 450 },
    ]);
    expect(await test.balances()).toEqual(coins);
    expect(test.told.at(-1)?.text).toBe('Your order failed. What you have paid comes back.');
  });

  it('is asked again after 1 s, 5 s, 30 s, 5 min and 1 h, and then people have to see to it', async () => {
    const test = await checkoutTest();
    test.partner.mode = 'silent';
    await test.place();
    const letters = () => deadLetters(test.bus.store).list();
    expect(test.partner.asked).toBe(1);
    for (const [index, seconds] of [1, 5, 30, 300, 3600].entries()) {
      await test.pass(seconds * 1000 - 1);
      expect(test.partner.asked).toBe(index + 1);
      expect(await letters()).toEqual([]);
      await test.pass(1);
      expect(test.partner.asked).toBe(index + 2);
    }
    expect(await letters()).toMatchObject([{ reason: 'retries-exhausted', message: { name: 'order.paid' } }]);

    // Nobody has: the order is given up, and the coins go back.
    await test.pass(PARTNER_TIME);
    expect(test.published('order.failed')[0]?.data).toMatchObject({ failure_reason: 'PARTNER_UNAVAILABLE' });
    expect(await test.balances()).toEqual(coins);

    // Somebody has it delivered once more, too late: BizOne takes the order, and has to cancel it.
    test.partner.mode = 'takes';
    for (const { id } of await letters())
      await deadLetters(test.bus.store, { clock: test.bus.clock }).redrive(id);
    await test.pass(60_000);
    expect(test.names().slice(-3)).toEqual([
      'bizone.order_created',
      'bizone.cancel_order',
      'bizone.order_cancelled',
    ]);
    expect(test.partner.underWay.get(ORDER)?.size).toBe(0);
    expect(await test.balances()).toEqual(coins);
    expect(test.published('order.created')).toEqual([]);
  });

  it('may have taken the order when its answer was lost: asked again, it is still one', async () => {
    const test = await checkoutTest();
    test.partner.mode = 'answer-lost';
    await test.place();
    test.partner.mode = 'takes';
    await test.pass(1_000);
    expect(test.partner.asked).toBe(2);
    expect(test.partner.underWay.get(ORDER)?.size).toBe(1);
    expect(test.published('order.created')).toHaveLength(1);
  });

  it('calls back by itself, and is not asked again', async () => {
    const test = await checkoutTest();
    test.partner.mode = 'answer-lost';
    await test.place();
    const { items, merchant_id, address } = request;
    test.partner.mode = 'takes';
    const wanted = { order_id: ORDER, items, merchant_id, address, total_amount: 450 };
    await test.bizone.hear(ORDER, await test.partner.place(wanted));
    const { asked } = test.partner;
    await test.pass(60_000);
    expect(test.partner.asked).toBe(asked);
    expect(test.published('order.created')).toHaveLength(1);
  });

  it('answers twice, and one answer counts; of two orders it cancels the second', async () => {
    const test = await checkoutTest();
    await test.place();
    const [order] = test.published('bizone.order_created');
    const again = {
      kind: 'confirmed',
      bizone_order_id: String(order?.data.bizone_order_id),
      bizone_request_id: 'bzn_req_1',
      estimated_delivery: '2026-01-04T12:00:00Z',
      tracking_url: 'https://bizone.com/track/1',
      items_count: 2,
      total_amount: 450,
    } as const;
    await test.bizone.hear(ORDER, again);
    await test.bizone.hear(ORDER, { kind: 'rejected', reason: 'No.' });
    const { items, merchant_id, address } = request;
    const surplus = test.partner.placeAgain({
      order_id: ORDER,
      items,
      merchant_id,
      address,
      total_amount: 450,
    });
    expect(test.partner.underWay.get(ORDER)?.size).toBe(2);
    await test.bizone.hear(ORDER, surplus);
    await test.bus.settled();
    expect([...(test.partner.underWay.get(ORDER) ?? [])]).toEqual([again.bizone_order_id]);
    expect(test.published('bizone.order_created')).toHaveLength(1);
    expect(test.published('order.created')).toHaveLength(1);
    expect(test.published('order.failed')).toEqual([]);
  });

  it('has to cancel an order that cannot be completed, as often as it takes', async () => {
    const test = await checkoutTest();
    test.partner.mode = 'takes-another';
    const { cancel } = test.partner;
    let refusals = 2;
    test.partner.cancel = async (it) => {
      refusals -= 1;
      if (refusals >= 0) throw new Error('BizOne does not answer');
      await cancel.call(test.partner, it);
    };
    await test.place();
    expect(test.published('bizone.order_cancelled')).toEqual([]);
    await test.pass(1_000);
    await test.pass(5_000);
    expect(test.published('bizone.order_cancelled')).toHaveLength(1);
    expect(test.partner.underWay.get(ORDER)?.size).toBe(0);
    expect(await test.balances()).toEqual(coins);
    const state = await test.bus.store.read((tx) => test.orders.find(tx, ORDER));
    expect(state).toMatchObject({ status: 'failed', cancelling: { isDone: true } });
  });
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

  it('is kept for as long as the contracts say', async () => {
    const test = await checkoutTest();
    await test.place();
    const kept = async () =>
      test.bus.store.read(async (tx) => ({
        steps: (await steps.of(tx).list()).length,
        activities: (await activities.of(tx).list()).length,
        rows: (await rows.of(tx).list()).length,
      }));
    expect(await kept()).toEqual({ steps: 6, activities: 3, rows: 1 });
    await test.bus.clock.advance(RETENTION['order.initiated'] * DAY);
    expect(await kept()).toEqual({ steps: 0, activities: 3, rows: 1 });
    await test.bus.clock.advance(60 * DAY);
    expect(await kept()).toEqual({ steps: 0, activities: 0, rows: 1 });
    await test.bus.clock.advance(275 * DAY);
    expect(await kept()).toEqual({ steps: 0, activities: 0, rows: 0 });
  });
});

it('whatever goes wrong, and in whatever order, no coin is lost or made, and what failed is paid back', async () => {
  const step = fc.record({
    key: fc.integer({ min: 1, max: 4 }),
    quantity: fc.integer({ min: 1, max: 3 }),
    partner: fc.constantFrom('takes', 'rejects', 'silent', 'answer-lost', 'takes-another'),
    wallet: fc.constantFrom('answers', 'answers', 'silent', 'answer-lost'),
    isTwice: fc.boolean(),
    wait: fc.constantFrom(0, 1_000, 40_000),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (played) => {
      const test = await beginCheckout();
      try {
        const [apples] = request.items;
        if (!apples) throw new Error('the request has no items');
        for (const [index, { key, quantity, partner, wallet, isTwice, wait }] of played.entries()) {
          Object.assign(test.partner, { mode: partner });
          test.wallet = wallet;
          const asked = {
            ...request,
            campaign_code: undefined,
            items: [{ ...apples, quantity: quantity + 1 }],
            idempotency_key: `idem_${key}`,
          };
          const clicks = Array.from({ length: isTwice ? 2 : 1 }, (_, again) =>
            test.orders.placeOrder({ ...asked, request_id: `req_${index}_${again}` }),
          );
          await Promise.all(clicks);
          await test.bus.settled();
          if (wait > 0) await test.pass(wait);
        }
        test.partner.mode = 'takes';
        await test.pass(PARTNER_TIME + DEBIT_TIME);

        const sum = (name: string, field: string, order: (data: Sent) => unknown, id: string) =>
          test
            .published(name)
            .filter(({ data }) => order(data) === id)
            .reduce((all, { data }) => all + Number(data[field]), 0);
        let spent = 0;
        for (const { data } of test.published('order.initiated')) {
          const id = String(data.order_id);
          const taken = sum('wallet.debited', 'amount', (it) => relatedTo(it), id);
          const back = sum('wallet.refunded', 'total_refunded', (it) => it.original_order_id, id);
          const isCreated = test.published('order.created').some((it) => it.data.order_id === id);
          const isFailed = test.published('order.failed').some((it) => it.data.order_id === id);
          expect([isCreated, isFailed]).toContain(true);
          expect(isCreated && isFailed).toBe(false);
          expect(taken - back).toBe(isCreated ? data.final_amount : 0);
          expect(test.partner.underWay.get(id)?.size ?? 0).toBe(isCreated ? 1 : 0);
          spent += taken - back;
        }
        const { promo_coins, branded_coins, rez_coins } = await test.balances();
        expect(promo_coins + branded_coins + rez_coins + spent).toBe(750);
      } finally {
        await test.stop();
      }
    }),
    { numRuns: 15 },
  );
});

type Sent = Readonly<Record<string, unknown>>;

function relatedTo({ related_entity }: Sent): unknown {
  return typeof related_entity === 'object' && related_entity && 'id' in related_entity
    ? related_entity.id
    : undefined;
}
