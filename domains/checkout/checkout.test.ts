/** What no single decision shows: one order for one key, however often it is clicked and whatever breaks, and one debit. */
import { walletServiceProducer } from '@chirograph/generated/checkout/producers/wallet-service';
import { ERASED, outbox } from '@chirograph/runtime';
import { describe, expect, it } from 'vitest';
import { checkoutTest, ORDER } from './fixture.ts';
import { coins, merchant, request } from './market.ts';
import { DEBIT_TIME } from './order-service/order.ts';
import { walletService } from './wallet-service/wallet-service.ts';

const afterwards = { promo_coins: 0, branded_coins: 0, rez_coins: 300 };
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
    // The wallet has taken the coins, and the service that asked hears no more of it.
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
