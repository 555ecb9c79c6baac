/** Each flow of specs/shop, played: what is sent and received, in order and by its causes, is what the flow says. */
import { randomUUID } from 'node:crypto';
import { type Play, testFlows } from '../shared/flows/fixture.ts';
import { IDLE_LIMIT } from './cart/cart.ts';
import { byAdmin, type Person, type ShopTest, shopTest } from './fixture.ts';
import { RESERVATION_TIME } from './inventory/stock.ts';
import { REFUND_WAIT } from './order/order.ts';

async function filled(test: ShopTest, quantities: readonly number[]): Promise<Person & { ids: string[] }> {
  const ids: string[] = [];
  for (const [index, quantity] of quantities.entries()) {
    ids.push(await test.sell(`Cup ${index}`, 1_000, quantity));
  }
  const person = await test.customer();
  for (const productId of ids) {
    await test.app.addItemToCart({ data: { customerId: person.customerId, productId, quantity: 2 } });
  }
  await test.bus.settled();
  return { ...person, ids };
}

const place = (
  test: ShopTest,
  { customerId, addressId: shippingAddressId }: Person,
  method: string = randomUUID(),
) => test.app.placeOrder({ data: { customerId, shippingAddressId, paymentMethodId: method } });

const plays: Readonly<Record<string, Play<ShopTest>>> = {
  orderLife: {
    async prepare(test) {
      const person = await filled(test, [50, 50]);
      return async () => {
        await place(test, person);
        await test.bus.settled();
        const orderId = String(test.published('shop.order.placed')[0]?.orderId);
        await test.dashboard.confirmOrder({ ...byAdmin, data: { orderId } });
        await test.bus.settled();
        const parcel = { orderId, trackingNumber: '00340434161094042557', carrier: 'DHL' };
        await test.dashboard.shipOrder({ ...byAdmin, data: parcel });
        await test.bus.settled();
        await test.dashboard.deliverOrder({ ...byAdmin, data: { orderId } });
      };
    },
  },
  orderCancelled: {
    async prepare(test) {
      const { ids, ...person } = await filled(test, [50]);
      const orderId = await test.order(person, ...ids);
      const data = { orderId, reason: 'Ordered the wrong colour' };
      const whose = { authtype: 'app_user', authid: person.customerId } as const;
      return async () => void (await test.app.cancelOrder({ ...whose, data }));
    },
  },
  paymentFailed: {
    async prepare(test) {
      const person = await filled(test, [50]);
      test.gateway.answer = { kind: 'card-declined' };
      return async () => void (await place(test, person));
    },
  },
  outOfStock: {
    async prepare(test) {
      const person = await filled(test, [50, 50]);
      const data = { productId: person.ids[1] ?? '', quantity: 1, reason: 'Broken' };
      await test.dashboard.setInventoryQuantity({ ...byAdmin, data });
      return async () => void (await place(test, person));
    },
  },
  reservationExpired: {
    async prepare(test) {
      const person = await filled(test, [50]);
      test.gateway.answer = 'silence';
      return async () => {
        await place(test, person);
        await test.pass(RESERVATION_TIME);
      };
    },
  },
  refundFailed: {
    beside: [
      'shop.inventory.released',
      'shop.order.cancelled-notification',
      'shop.payment.refund-processed-notification',
    ],
    async prepare(test) {
      const { ids, ...person } = await filled(test, [50]);
      const orderId = await test.order(person, ...ids);
      const data = { orderId, reason: 'Too late' };
      const whose = { authtype: 'app_user', authid: person.customerId } as const;
      return async () => {
        test.gateway.refundAnswer = { kind: 'failed' };
        await test.app.cancelOrder({ ...whose, data });
        await test.bus.settled();
        test.gateway.refundAnswer = { kind: 'refunded', refundId: 're_2' };
        await test.pass(REFUND_WAIT);
      };
    },
  },
  registration: {
    async prepare(test) {
      return async () => void (await test.customer());
    },
  },
  guestMerge: {
    async prepare(test) {
      const productId = await test.sell('Teapot', 3_000, 50);
      const { customerId } = await test.customer();
      const guestCartId = randomUUID();
      return async () => {
        await test.app.addItemToGuestCart({ data: { guestCartId, productId, quantity: 1 } });
        await test.bus.settled();
        await test.app.mergeGuestCart({ data: { guestCartId, customerId } });
      };
    },
  },
  removalUndone: {
    async prepare(test) {
      const { cartId } = await filled(test, [50]);
      await test.bus.settled();
      const { items } = await test.bus.store.transaction((tx) => test.carts.find(tx, cartId));
      const data = { cartId, cartItemId: items[0]?.cartItemId ?? '' };
      return async () => {
        await test.app.removeItemFromCart({ data });
        await test.bus.settled();
        await test.app.restoreCartItem({ data });
      };
    },
  },
  cartExpired: {
    async prepare(test) {
      const productId = await test.sell('Cup', 1_000, 50);
      const { customerId } = await test.customer();
      return async () => {
        await test.app.addItemToCart({ data: { customerId, productId, quantity: 1 } });
        await test.pass(IDLE_LIMIT);
      };
    },
  },
  productDeleted: {
    async prepare(test) {
      const { ids } = await filled(test, [50]);
      const data = { productId: ids[0] ?? '' };
      return async () => void (await test.dashboard.deleteProduct({ ...byAdmin, data }));
    },
  },
  lowStock: {
    async prepare(test) {
      const productId = await test.sell('Cup', 1_000, 8);
      return async () => {
        const adjust = { ...byAdmin, data: { productId, adjustment: -4, reason: 'Broken' } };
        await test.dashboard.adjustInventory(adjust);
        await test.bus.settled();
        await test.dashboard.adjustInventory(adjust);
      };
    },
  },
  erasure: {
    async prepare(test) {
      const { customerId } = await test.customer();
      return async () =>
        void (await test.app.requestGDPRErasure({ data: { customerId, confirmation: true } }));
    },
  },
  payPal: {
    beside: ['shop.order.placed', 'shop.order.placed-notification', 'shop.cart.clear', 'shop.cart.cleared'],
    async prepare(test) {
      const person = await filled(test, [50]);
      // Two cups, shipping, and the tax on both.
      const amount = { amount: 2_963, currency: 'EUR' };
      const back = { returnUrl: 'https://shop.example/return', cancelUrl: 'https://shop.example/cancel' };
      return async () => {
        await test.app.initiatePayPal({ data: { amount, ...back } });
        await test.bus.settled();
        const method = String(test.published('shop.payment.paypal-initiated')[0]?.paymentMethodId);
        await place(test, person, method);
      };
    },
  },
  refusal: {
    async prepare(test) {
      const { ids, ...person } = await filled(test, [50]);
      const orderId = await test.order(person, ...ids);
      await test.dashboard.confirmOrder({ ...byAdmin, data: { orderId } });
      return async () => void (await test.dashboard.confirmOrder({ ...byAdmin, data: { orderId } }));
    },
  },
};

testFlows('shop', shopTest, plays);
