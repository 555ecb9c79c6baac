/** Orders on PostgreSQL, where transactions run side by side: each has a number of its own, and a customer one at a time. */
import { randomUUID } from 'node:crypto';
import { orderProducer } from '@chirograph/generated/shop/producers/order';
import { outbox, systemClock } from '@chirograph/runtime';
import { postgresStore } from '@chirograph/runtime/postgres';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { failedPayments, monitoringHandlers } from './monitoring/handlers.ts';
import { orderService } from './order/order-service.ts';

const URL = process.env.POSTGRES_URL ?? 'postgres://root@127.0.0.1:5432/test';
const schema = `shop_orders_${process.pid}`;
const store = postgresStore({ url: URL, schema, connections: 15 });

beforeAll(async () => {
  await store
    .transaction(async () => undefined)
    .catch((error) => {
      throw new Error(`These tests need PostgreSQL at ${URL} (POSTGRES_URL): ${error.message}`);
    });
});
afterAll(async () => {
  await store.close();
  const client = new pg.Client({ connectionString: URL });
  await client.connect();
  await client.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
  await client.end();
});

const shippingAddress = {
  recipientName: 'Grace Hopper',
  street: 'Main Street 1',
  city: 'Berlin',
  state: 'Berlin',
  postalCode: '10115',
  country: 'DE',
};

it('of two clicks at once one opens an order, and no two orders have one number', async () => {
  const orders = orderService({
    store,
    clock: systemClock,
    producer: orderProducer(outbox(store), {}),
    outlook: {
      customerOf: async () => ({ isVerified: true, shippingAddress }),
      cartOf: async (_, customerId) => ({
        cartId: customerId,
        lineItems: [{ productId: customerId, quantity: 1, unitPrice: { amount: 1_000, currency: 'EUR' } }],
      }),
    },
  });
  const customers = Array.from({ length: 20 }, () => randomUUID());
  const clicks = customers.flatMap((customerId) => [customerId, customerId]);
  const outcomes = await Promise.all(
    clicks.map(async (customerId) => {
      const about = { customerId, shippingAddressId: randomUUID(), paymentMethodId: randomUUID() };
      return { customerId, outcome: await orders.placeOrder({ commandId: randomUUID(), ...about }) };
    }),
  );
  const opened = outcomes.flatMap(({ customerId, outcome }) =>
    outcome.kind === 'accepted'
      ? outcome.events.flatMap((it) =>
          it.type === 'OrderOpened' ? [{ customerId, number: it.orderNumber }] : [],
        )
      : [],
  );
  expect(opened.map((it) => it.customerId).sort()).toEqual(customers.toSorted());
  expect(new Set(opened.map((it) => it.number)).size).toBe(customers.length);
}, 60_000);

it('each failed payment is counted', async () => {
  const handlers = monitoringHandlers(() => undefined);
  const message = { data: { failureReason: 'CARD_DECLINED' } } as Parameters<
    typeof handlers.paymentFailedNotification
  >[0];
  await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      store.transaction(async (tx) => {
        const context = { tx, causedBy: { id: `${n}`, correlationId: `${n}` } };
        await handlers.paymentFailedNotification(message, context as never);
      }),
    ),
  );
  expect(await store.read((tx) => failedPayments(tx).get('CARD_DECLINED'))).toEqual({
    count: 20,
    isAlarmed: true,
  });
}, 60_000);
