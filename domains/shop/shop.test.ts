/** The whole shop on one bus: what no single decision shows. */
import { randomUUID } from 'node:crypto';
import { ERASED } from '@chirograph/runtime';
import { describe, expect, it } from 'vitest';
import { notices } from './admin-dashboard/handlers.ts';
import { figures } from './analytics/handlers.ts';
import { erasures } from './audit/handlers.ts';
import { marks, totals } from './cart/handlers.ts';
import { listings, shelves } from './catalog/handlers.ts';
import { contacts } from './crm/handlers.ts';
import { profiles } from './customer/customer-service.ts';
import { screens } from './customer-app/handlers.ts';
import { sentMails } from './email/mail.ts';
import { byAdmin, type Person, type ShopTest, shopTest } from './fixture.ts';
import { pickings } from './fulfillment/handlers.ts';
import { stockLedger } from './inventory/handlers.ts';
import { RESERVATION_TIME } from './inventory/stock.ts';
import { failedPayments } from './monitoring/handlers.ts';
import { reminders } from './notification/handlers.ts';
import { readyForShipping } from './order/handlers.ts';
import { REFUND_TRIES, REFUND_WAIT } from './order/order.ts';
import { accounts } from './payment/handlers.ts';

async function place(test: ShopTest, { customerId, addressId: shippingAddressId }: Person): Promise<string> {
  const { id } = await test.app.placeOrder({
    data: { customerId, shippingAddressId, paymentMethodId: randomUUID() },
  });
  return id;
}

const fill = (test: ShopTest, { customerId }: Person, productId: string, quantity = 1) =>
  test.app.addItemToCart({ data: { customerId, productId, quantity } });

const availableOf = (test: ShopTest, productId: string) =>
  test.bus.store.transaction((tx) => test.inventory.availableOf(tx, productId));

describe('buying', () => {
  it('sells what is there, once, to the first of those who buy at the same time', async () => {
    const test = await shopTest();
    const productId = await test.sell('Cup', 1_000, 3);
    const people: Person[] = [];
    for (let n = 0; n < 8; n += 1) people.push(await test.customer());
    await Promise.all(people.map((person) => fill(test, person, productId)));
    await test.bus.settled();
    await Promise.all(people.map((person) => place(test, person)));
    await test.bus.settled();
    expect(test.published('shop.order.placed')).toHaveLength(3);
    const refusals = test.published('shop.order.command-refused');
    expect(refusals.map(({ failure }) => failure)).toEqual(Array(5).fill('OUT_OF_STOCK'));
    expect(await availableOf(test, productId)).toBe(0);
  });

  it('makes one order of two clicks', async () => {
    const test = await shopTest();
    const productId = await test.sell('Cup', 1_000, 50);
    const person = await test.customer();
    await fill(test, person, productId);
    await test.bus.settled();
    await Promise.all([place(test, person), place(test, person)]);
    await test.bus.settled();
    expect(test.published('shop.order.placed')).toHaveLength(1);
    const [refusal] = test.published('shop.order.command-refused');
    expect(['ORDER_UNDER_WAY', 'CART_EMPTY']).toContain(refusal?.failure);
  });

  it('goes wrong once and right the next time: another card', async () => {
    const test = await shopTest();
    const productId = await test.sell('Cup', 1_000, 50);
    const person = await test.customer();
    await fill(test, person, productId);
    await test.bus.settled();
    test.gateway.answer = { kind: 'card-declined' };
    const commandId = await place(test, person);
    await test.bus.settled();
    const screen = await test.bus.store.transaction((tx) => screens(tx).get(commandId));
    expect(screen?.text).toBe('The card was declined.');
    expect(await availableOf(test, productId)).toBe(50);
    test.gateway.answer = { kind: 'approved', authorizationId: 'auth_2', paymentMethod: 'CARD' };
    await place(test, person);
    await test.bus.settled();
    expect(test.published('shop.order.placed')).toHaveLength(1);
    const [failure] = test.published('shop.payment.failed-notification');
    expect(failure).toMatchObject({ customerId: person.customerId, failureReason: 'CARD_DECLINED' });
  });

  it('gives money back that comes after the reservation has run out', async () => {
    const test = await shopTest();
    const productId = await test.sell('Cup', 1_000, 50);
    const person = await test.customer();
    await fill(test, person, productId);
    await test.bus.settled();
    test.gateway.answer = 'silence';
    await place(test, person);
    await test.pass(RESERVATION_TIME);
    expect(test.published('shop.order.command-refused')).toMatchObject([{ failure: 'OUT_OF_STOCK' }]);
    test.gateway.answer = { kind: 'approved', authorizationId: 'auth_late', paymentMethod: 'CARD' };
    // In steps shorter than a handler may take, for the next try begins in the middle of one.
    for (let step = 0; step < 90; step += 1) await test.pass(50_000);
    expect(test.published('shop.payment.authorized')).toHaveLength(1);
    expect(test.published('shop.payment.refunded')).toHaveLength(1);
    expect(test.published('shop.order.placed')).toEqual([]);
    expect(await availableOf(test, productId)).toBe(50);
  });

  it('leaves a refund that goes on failing to the admins', async () => {
    const test = await shopTest();
    const productId = await test.sell('Cup', 1_000, 50);
    const person = await test.customer();
    const orderId = await test.order(person, productId);
    test.gateway.refundAnswer = { kind: 'failed' };
    const whose = { authtype: 'app_user', authid: person.customerId } as const;
    await test.app.cancelOrder({ ...whose, data: { orderId, reason: 'Changed my mind' } });
    for (let hour = 0; hour < 6; hour += 1) await test.pass(REFUND_WAIT);
    const refusals = test.published('shop.payment.command-refused');
    expect(refusals.map(({ failure }) => failure)).toEqual(Array(REFUND_TRIES + 1).fill('REFUND_FAILED'));
    const seen = await test.bus.store.transaction((tx) => notices(tx).list());
    expect(seen.filter(({ document }) => document.kind === 'refused')).toHaveLength(REFUND_TRIES + 1);
  });

  it('refuses a stranger who cancels, as if there were no such order', async () => {
    const test = await shopTest();
    const orderId = await test.order(await test.customer(), await test.sell('Cup', 1_000, 50));
    const { customerId } = await test.customer();
    await test.app.cancelOrder({
      authtype: 'app_user',
      authid: customerId,
      data: { orderId, reason: 'For fun' },
    });
    await test.bus.settled();
    expect(test.published('shop.order.command-refused')).toMatchObject([{ failure: 'ORDER_NOT_FOUND' }]);
    expect(test.published('shop.order.cancelled')).toEqual([]);
  });
});

describe('a product that is deleted', () => {
  it('is sold no more, and what was ordered of it is still an order, shipped from its stock', async () => {
    const test = await shopTest();
    const productId = await test.sell('Cup', 1_000, 50);
    const person = await test.customer();
    const orderId = await test.order(person, productId);
    await test.dashboard.deleteProduct({ ...byAdmin, data: { productId } });
    await test.bus.settled();
    await fill(test, person, productId);
    await test.dashboard.adjustInventory({ ...byAdmin, data: { productId, adjustment: 1, reason: 'Found' } });
    await test.bus.settled();
    expect(test.published('shop.cart.command-refused')).toMatchObject([{ failure: 'PRODUCT_INACTIVE' }]);
    expect(test.published('shop.inventory.command-refused')).toMatchObject([
      { failure: 'PRODUCT_NOT_FOUND' },
    ]);
    await test.dashboard.confirmOrder({ ...byAdmin, data: { orderId } });
    await test.bus.settled();
    await test.dashboard.shipOrder({ ...byAdmin, data: { orderId, trackingNumber: 'T-1', carrier: 'DHL' } });
    await test.bus.settled();
    expect(test.published('shop.inventory.deducted')).toMatchObject([{ orderId, productId, quantity: 1 }]);
    expect(await test.bus.store.read((tx) => test.orders.find(tx, orderId))).toMatchObject({
      status: 'SHIPPED',
      lineItems: [{ productId, quantity: 1, unitPrice: { amount: 1_000 } }],
    });
  });
  it('leaves the cart that it came to with a guest', async () => {
    const test = await shopTest();
    const productId = await test.sell('Cup', 1_000, 50);
    const { customerId, cartId } = await test.customer();
    const guestCartId = randomUUID();
    await test.app.addItemToGuestCart({ data: { guestCartId, productId, quantity: 1 } });
    await test.bus.settled();
    await test.app.mergeGuestCart({ data: { guestCartId, customerId } });
    await test.bus.settled();
    await test.dashboard.deleteProduct({ ...byAdmin, data: { productId } });
    await test.bus.settled();
    expect(test.published('shop.cart.item-removed')).toMatchObject([{ cartId, productId }]);
  });
});

describe('registering', () => {
  it('keeps of a password what neither tells it nor that two have the same', async () => {
    const { customers } = await shopTest();
    const hashes: string[] = [];
    for (const email of ['grace@example.org', 'ada@example.org']) {
      const person = { email, password: 'correct horse', firstName: 'G', lastName: 'H' };
      const outcome = await customers.registerCustomer(person);
      const events = outcome.kind === 'accepted' ? outcome.events : [];
      for (const it of events) if (it.type === 'CustomerRegistered') hashes.push(it.passwordHash);
    }
    expect(hashes).toHaveLength(2);
    expect(hashes.join()).not.toContain('correct horse');
    expect(hashes[0]).not.toBe(hashes[1]);
  });
  it('takes an e-mail address once, however it is written', async () => {
    const test = await shopTest();
    await test.customer('grace@example.org');
    await test.app.registerCustomer({
      data: { email: 'Grace@Example.org', password: 'correct horse', firstName: 'G', lastName: 'H' },
    });
    await test.bus.settled();
    expect(test.published('shop.customer.registered')).toHaveLength(1);
    expect(test.published('shop.customer.command-refused')).toMatchObject([
      { failure: 'EMAIL_ALREADY_REGISTERED' },
    ]);
  });
});

describe('erasure', () => {
  const personal = ['grace@example.org', 'Hafenstraße 12', 'Grace', 'Hopper', '20457'];
  const storedEvents = (test: ShopTest) =>
    test.bus.store.transaction(async (tx) => JSON.stringify(await tx.events.readAll({ limit: 1_000 })));

  async function customerWithHistory(test: ShopTest): Promise<Person> {
    const productId = await test.sell('Cup', 1_000, 50);
    const person = await test.customer('grace@example.org');
    const orderId = await test.order(person, productId);
    await test.dashboard.confirmOrder({ ...byAdmin, data: { orderId } });
    await test.bus.settled();
    await test.dashboard.shipOrder({ ...byAdmin, data: { orderId, trackingNumber: 'T-1', carrier: 'DHL' } });
    await test.bus.settled();
    await test.dashboard.deliverOrder({ ...byAdmin, data: { orderId } });
    await test.bus.settled();
    return person;
  }

  it('leaves nothing to be read of the customer: not in stored events, not in orders, not in read models', async () => {
    const test = await shopTest();
    const { customerId } = await customerWithHistory(test);
    expect(await storedEvents(test)).not.toMatch(new RegExp(personal.join('|')));
    const [before] = test.published('shop.order.placed');
    expect(before).toMatchObject({ shippingAddress: { city: 'Hamburg' } });

    await test.app.requestGDPRErasure({ data: { customerId, confirmation: true } });
    await test.bus.settled();
    const orderId = String(before?.orderId);
    await test.bus.store.transaction(async (tx) => {
      expect(await test.customers.find(tx, customerId)).toBeUndefined();
      const kept = await test.orders.find(tx, orderId);
      expect(kept).toMatchObject({ status: 'DELIVERED', shippingAddress: { street: ERASED, city: ERASED } });
      expect(await profiles(tx).get(customerId)).toBeUndefined();
      expect(await erasures(tx).list()).toHaveLength(1);
    });
    expect(test.published('shop.customer.data-erased')).toHaveLength(1);
    expect(JSON.stringify(test.published('shop.customer.data-erased'))).not.toContain(customerId);
  });

  it('frees the e-mail address for another account', async () => {
    const test = await shopTest();
    const { customerId } = await test.customer('grace@example.org');
    await test.app.requestGDPRErasure({ data: { customerId, confirmation: true } });
    await test.bus.settled();
    await test.customer('grace@example.org');
    expect(test.published('shop.customer.registered')).toHaveLength(2);
  });

  it('waits for an order that is on its way', async () => {
    const test = await shopTest();
    const person = await test.customer();
    await test.order(person, await test.sell('Cup', 1_000, 50));
    await test.app.requestGDPRErasure({ data: { customerId: person.customerId, confirmation: true } });
    await test.bus.settled();
    expect(test.published('shop.customer.command-refused')).toMatchObject([
      { failure: 'PENDING_ORDERS_EXIST' },
    ]);
  });
});

describe('what the services know after a day in the shop', () => {
  it('is what happened', async () => {
    const test = await shopTest();
    const cup = await test.sell('Cup', 1_000, 6);
    const person = await test.customer();
    const orderId = await test.order(person, cup, cup);
    await test.dashboard.updateProduct({
      ...byAdmin,
      data: { productId: cup, name: 'Mug', price: { amount: 1_100, currency: 'EUR' }, description: '' },
    });
    await test.dashboard.confirmOrder({ ...byAdmin, data: { orderId } });
    await test.bus.settled();
    await test.dashboard.shipOrder({ ...byAdmin, data: { orderId, trackingNumber: 'T-1', carrier: 'DHL' } });
    await test.bus.settled();
    test.gateway.answer = { kind: 'card-declined' };
    for (let n = 0; n < 3; n += 1) {
      await fill(test, person, cup);
      await test.bus.settled();
      await place(test, person);
      await test.bus.settled();
    }
    await test.dashboard.deactivateProduct({ ...byAdmin, data: { productId: cup } });
    await test.bus.settled();

    await test.bus.store.transaction(async (tx) => {
      expect(await figures.read(tx, 'shop')).toMatchObject({ registrations: 1, orders: 1, revenue: 2_963 });
      expect(await listings(tx).get(cup)).toEqual({ name: 'Mug', isShown: false, isOutOfStock: false });
      expect(await shelves(tx).list()).toMatchObject([{ document: { name: 'All of Cup', depth: 1 } }]);
      expect(await marks(tx).get(cup)).toMatchObject({ isInactive: true, changed: { name: 'Mug' } });
      expect(await totals(tx).get(person.cartId)).toMatchObject({ itemCount: 3 });
      expect(await contacts(tx).list()).toHaveLength(1);
      expect(await pickings(tx).get(orderId)).toMatchObject({ itemCount: 2 });
      expect(await accounts(tx).get(orderId)).toEqual({ status: 'placed' });
      expect((await readyForShipping(tx).get(orderId))?.orderNumber).toMatch(/-000001$/);
      expect(await failedPayments(tx).get('CARD_DECLINED')).toEqual({ count: 3, isAlarmed: true });
      const ledger = (await stockLedger(tx).list()).map(({ document }) => document.change);
      expect(ledger.toSorted()).toEqual([-2, 6]);
      expect((await reminders(tx).list()).map(({ document }) => document.to)).toContain('buyers');
      const subjects = (await sentMails(tx).list()).map(({ document }) => document.subject);
      expect(subjects).toContainEqual(expect.stringMatching(/^Your order \d{4}-000001 is confirmed$/));
    });
  });
});
