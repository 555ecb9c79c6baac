/** What is read to be written back, handled side by side: as if one came after the other. */
import { randomUUID } from 'node:crypto';
import type { Store, Transaction } from '@chirograph/runtime';
import { expect, it } from 'vitest';
import { assertSameInAnyOrder, assertSerial, handling, type Work } from '../shared/races/fixture.ts';
import type { CartService } from './cart/cart-service.ts';
import { cartHandlers, marks } from './cart/handlers.ts';
import { catalogService } from './catalog/catalog-service.ts';
import { catalogHandlers, listings } from './catalog/handlers.ts';
import { customerService } from './customer/customer-service.ts';
import { address } from './fixture.ts';
import { failedPayments, monitoringHandlers } from './monitoring/handlers.ts';
import { orderService } from './order/order-service.ts';
import { hasPendingOrders } from './order/orders-of-customer.ts';
import { accounts, paymentHandlers } from './payment/handlers.ts';

const log = () => undefined;
const clock = { now: () => Date.UTC(2026, 1, 3) } as never;
/** Nothing is sent. */
const silent = new Proxy({}, { get: () => async () => undefined }) as never;
const store = {} as Store;
const productId = 'p-1';

it('a cart says all that is to be said of a product', async () => {
  const cart = cartHandlers({} as CartService, silent, log);
  await assertSerial({
    atOnce: [
      handling(cart.productUpdated, { data: { productId, changedFields: { name: 'Mug' } } }),
      handling(cart.outOfStock, { data: { productId } }),
      handling(cart.productDeactivated, { data: { productId } }),
    ],
    seen: (tx) => marks(tx).get(productId),
  });
});

it('a listing is changed by all that changes it', async () => {
  const catalog = catalogHandlers({} as never, silent, log);
  await assertSerial({
    before: [handling(catalog.productCreated, { data: { productId, name: 'Cup' } })],
    atOnce: [
      handling(catalog.productUpdated, { data: { productId, changedFields: { name: 'Mug' } } }),
      handling(catalog.outOfStock, { data: { productId } }),
      handling(catalog.productActivated, { data: { productId } }),
    ],
    seen: (tx) => listings(tx).get(productId),
  });
});

it('each failed payment is counted', async () => {
  const { paymentFailedNotification } = monitoringHandlers(log);
  const failed = handling(paymentFailedNotification, { data: { failureReason: 'CARD_DECLINED' } });
  await assertSerial({
    atOnce: [failed, (tx) => failed(tx)],
    seen: (tx) => failedPayments(tx).get('CARD_DECLINED'),
  });
});

it('a cancelled order stays cancelled for the payment service, whichever is told first', async () => {
  const payment = paymentHandlers({} as never, silent, log);
  const order = { orderId: 'o-1', orderNumber: '2026-000001' };
  await assertSameInAnyOrder({
    atOnce: [
      handling(payment.orderPlaced, { data: order }),
      handling(payment.orderCancelled, { data: order }),
      handling(payment.orderCancelledNotification, {
        data: { ...order, refundAmount: { amount: 7_711, currency: 'EUR' } },
      }),
    ],
    seen: (tx) => accounts(tx).get('o-1'),
  });
});

it('of two categories with one name there is one', async () => {
  const told = (tx: Transaction) => tx.documents<object>('told');
  const catalog = catalogService({
    store,
    clock,
    producer: {
      categoryCreated: ({ subject }: { readonly subject: string }, { tx }: { readonly tx: Transaction }) =>
        told(tx).put(subject, {}),
    } as never,
  });
  const create =
    (name: string): Work =>
    (tx) =>
      catalog.createCategory({ name, admin: 'admin-1' }, { tx });
  await assertSerial({
    atOnce: [create('Cups'), create('cups ')],
    async seen(tx) {
      expect(await told(tx).list()).toHaveLength(1);
    },
  });
});

it('a customer who is erased while ordering has ordered, or is erased', async () => {
  const customers = customerService({ store, clock, producer: silent, hasPendingOrders });
  const orders = orderService({
    store,
    clock,
    producer: silent,
    outlook: {
      customerOf: async (tx, customerId) =>
        (await customers.find(tx, customerId)) && { isVerified: true, shippingAddress: address },
      cartOf: async () => ({
        cartId: 'k-1',
        lineItems: [{ productId, quantity: 1, unitPrice: { amount: 1_000, currency: 'EUR' } }],
      }),
    },
  });
  let customerId = '';
  const register: Work = async (tx) => {
    const person = { email: `${randomUUID()}@example.org`, firstName: 'Grace', lastName: 'Hopper' };
    const outcome = await customers.registerCustomer({ ...person, password: 'correct horse' }, { tx });
    customerId = outcome.kind === 'accepted' ? outcome.id : '';
  };
  await assertSerial({
    before: [register],
    atOnce: [
      (tx) => customers.requestGDPRErasure(customerId, { tx }),
      (tx) =>
        orders.placeOrder(
          { commandId: 'm-1', customerId, shippingAddressId: 'a-1', paymentMethodId: 'pm-1' },
          { tx },
        ),
    ],
    seen: async (tx) => ({
      isErased: (await customers.find(tx, customerId)) === undefined,
      isOrdering: await hasPendingOrders(tx, customerId),
    }),
  });
});
