/** An order that is asked for by a message: begun at once, checked and paid after that, or refused. */
import type { NewPlaceOrder } from '@chirograph/generated/checkout/messages';
import { testBus } from '@chirograph/runtime/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fakeBizone } from './fake-bizone.ts';
import { checkoutTest, ORDER } from './fixture.ts';
import { furnish, request } from './market.ts';
import type { CheckoutRequest } from './order-service/order.ts';
import { screens } from './storefront/handlers.ts';
import { wire } from './wire.ts';

function asked(over: Partial<CheckoutRequest> = {}): NewPlaceOrder {
  const { request_id, idempotency_key, campaign_code, items, ...data } = { ...request, ...over };
  return {
    data: { ...data, items: [...items], ...(campaign_code !== undefined && { campaign_code }) },
    metadata: { request_id, idempotency_key },
  };
}

const twice = [...request.items, ...request.items];

describe('order.place', () => {
  it('takes the same steps as a call, each once', async () => {
    const called = await checkoutTest();
    await called.place();
    const test = await checkoutTest();
    await test.storefront.placeOrder(asked());
    await test.bus.settled();
    // It comes again, under another request, while all is done.
    await test.storefront.placeOrder(asked({ request_id: 'req_again' }));
    await test.bus.settled();
    const names = test.names().filter((it) => it !== 'order.place');
    expect(names).toEqual(called.names());
    expect(names.at(-1)).toBe('order.confirmation_sent');
    expect(await test.balances()).toEqual(await called.balances());
  });

  it.each([
    ['CART_INVALID', asked({ request_id: 'req_2', idempotency_key: 'idem_2', items: twice })],
    ['IDEMPOTENCY_KEY_REUSED', asked({ request_id: 'req_2', merchant_id: 'merch_other' })],
    ['REQUEST_ID_REUSED', asked({ idempotency_key: 'idem_other' })],
  ])('is refused: %s', async (failure, message) => {
    const test = await checkoutTest();
    await test.place();

    const from = test.names().length;
    await test.storefront.placeOrder(message);
    await test.bus.settled();
    expect(test.names().slice(from)).toEqual(['order.place', 'order.command_refused']);
    const [refused] = test.published('order.command_refused');
    expect(refused?.data).toMatchObject({ command: 'order.place', failure });
    const { request_id } = message.metadata;
    expect(await test.bus.store.read((tx) => screens(tx).get(request_id))).toEqual({
      failure,
      text: refused?.data.message,
    });
  });

  it('is told of a cart that fails its checks by the event of the checks', async () => {
    const test = await checkoutTest();
    await test.storefront.placeOrder(asked({ address: { ...request.address, pincode: '999999' } }));
    await test.bus.settled();
    expect(test.published('order.validation_completed')).toMatchObject([{ data: { can_checkout: false } }]);
    expect(test.names()).not.toContain('order.initiated');
  });

  it('fails when the wallet does not answer, and keeps no coins', async () => {
    const test = await checkoutTest();
    test.wallet = 'answer-lost';
    await test.storefront.placeOrder(asked());
    await test.bus.settled();
    expect(test.published('order.failed')).toMatchObject([
      { data: { order_id: ORDER, failure_reason: 'WALLET_UNAVAILABLE' } },
    ]);
    expect(await test.balances()).toEqual({ promo_coins: 200, branded_coins: 150, rez_coins: 400 });
  });

  it('goes on in another process when the one that took it ends', async () => {
    const bus = testBus();
    onTestFinished(() => bus.close());
    const messenger = async () => ({ push: 'push_1' });
    const options = { ...bus, broker: bus, partner: fakeBizone(), messenger, poll: 1e12 };
    const gone = wire({ ...options, only: [] });
    await furnish(gone);
    expect(await gone.orders.accept(request, {})).toMatchObject({ kind: 'accepted' });
    const checkout = wire(options);
    await checkout.start();
    onTestFinished(() => checkout.stop());
    await bus.settled();
    expect(bus.published.map(({ name }) => name)).toContain('order.confirmation_sent');
  });
});
