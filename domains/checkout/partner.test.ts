/** BizOne, and answers of it that are late, lost, given twice or of another order. */
import { deadLetters } from '@chirograph/runtime';
import { describe, expect, it } from 'vitest';
import { checkoutTest, ORDER } from './fixture.ts';
import { coins, request } from './market.ts';
import { PARTNER_TIME } from './order-service/order.ts';

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
