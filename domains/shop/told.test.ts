/** What the services of the shop make of what they hear: who is told what, and what is shown to whom. */
import { expect, it } from 'vitest';
import { reorderList } from './admin/handlers.ts';
import { notices } from './admin-dashboard/handlers.ts';
import { figures } from './analytics/handlers.ts';
import { IDLE_LIMIT } from './cart/cart.ts';
import { marks } from './cart/handlers.ts';
import { listings } from './catalog/handlers.ts';
import { profiles } from './customer/customer-service.ts';
import { screens } from './customer-app/handlers.ts';
import { sentMails } from './email/mail.ts';
import { byAdmin, type ShopTest, shopTest } from './fixture.ts';
import { reminders } from './notification/handlers.ts';
import { posts } from './slack-integration/handlers.ts';

const told = (test: ShopTest) =>
  test.bus.store.read(async (tx) => ({
    reminders: (await reminders(tx).list()).map(({ document }) => document),
    posts: (await posts(tx).list()).map(({ document }) => document.text),
    notices: (await notices(tx).list()).map(({ document }) => document),
  }));

it('customers are mailed what happens to their account, their orders and their money', async () => {
  const test = await shopTest();
  const cup = await test.sell('Cup', 1_000, 50);
  const person = await test.customer();
  const { customerId } = person;
  const orderId = await test.order(person, cup);
  await test.dashboard.confirmOrder({ ...byAdmin, data: { orderId } });
  await test.bus.settled();
  await test.dashboard.shipOrder({ ...byAdmin, data: { orderId, trackingNumber: 'T-1', carrier: 'DHL' } });
  await test.bus.settled();
  await test.dashboard.deliverOrder({ ...byAdmin, data: { orderId } });
  await test.bus.settled();
  const other = await test.order(person, cup);
  const cancel = { orderId: other, reason: 'Changed my mind' };
  await test.app.cancelOrder({ authtype: 'app_user', authid: customerId, data: cancel });
  await test.bus.settled();

  const mails = (await test.bus.store.read((tx) => sentMails(tx).list())).map(({ document }) => document);
  expect(mails.map(({ to }) => to)).toEqual(mails.map(() => ({ kind: 'customer', customerId })));
  const subjects = mails.map(({ subject }) => subject.replace(/\d{4}-0+/, '#'));
  expect(subjects.sort()).toEqual(
    [
      'Please verify your e-mail address',
      'Welcome to the shop',
      'Your order #1 is confirmed',
      'Receipt of order #1',
      'Follow order #1: T-1',
      'Order #1 is on its way with DHL',
      'Order #1 has arrived',
      'Your order #2 is confirmed',
      'Receipt of order #2',
      'Order #2 is cancelled',
      '17.73 EUR for order #2 will come back',
      '17.73 EUR is on its way to you',
      'Your refund is complete: re_1',
    ].sort(),
  );
  expect(new Set(mails.map(({ id }) => id)).size).toBe(mails.length);
  await test.bus.store.read(async (tx) => {
    expect(await screens(tx).get(orderId)).toEqual({ text: 'tracking number T-1' });
    expect(await profiles(tx).get(customerId)).toEqual({ canOrder: true, addressIds: [person.addressId] });
    expect(await figures.read(tx, 'shop')).toMatchObject({
      orders: 2,
      cancellations: { 'Changed my mind': 1 },
      refunds: 1,
    });
  });
});

it('buyers, admins and shoppers are told of stock that is low, and of none', async () => {
  const test = await shopTest();
  const productId = await test.sell('Cup', 1_000, 6);
  const take = (adjustment: number) =>
    test.dashboard.adjustInventory({ ...byAdmin, data: { productId, adjustment, reason: 'Broken' } });
  await take(-2);
  await test.bus.settled();
  expect(await told(test)).toEqual({
    reminders: [{ to: 'buyers', text: '4 left, below 5' }],
    posts: ['4 of Cup left'],
    notices: [{ kind: 'stock', text: '4 of Cup left' }],
  });
  const mails = await test.bus.store.read((tx) => sentMails(tx).list());
  expect(mails.map(({ document }) => document)).toMatchObject([
    { to: { kind: 'buyers' }, subject: '4 of Cup left' },
  ]);
  expect(await test.bus.store.read((tx) => reorderList(tx).get(productId))).toEqual({ currentStock: 4 });
  await take(-4);
  await test.bus.settled();
  const after = await told(test);
  expect(after.reminders).toContainEqual({ to: 'buyers', text: 'none left' });
  expect(after.notices).toContainEqual({ kind: 'stock', text: 'no Cup left' });
  await test.bus.store.read(async (tx) => {
    expect(await listings(tx).get(productId)).toEqual({ name: 'Cup', isShown: true, isOutOfStock: true });
    expect(await marks(tx).get(productId)).toEqual({ isOutOfStock: true });
  });
});

it('a customer is reminded of a cart that was emptied, and a guest is not', async () => {
  const test = await shopTest();
  const productId = await test.sell('Cup', 1_000, 50);
  const { customerId } = await test.customer();
  await test.app.addItemToCart({ data: { customerId, productId, quantity: 1 } });
  const guestCartId = productId;
  await test.app.addItemToGuestCart({ data: { guestCartId, productId, quantity: 1 } });
  await test.pass(IDLE_LIMIT);
  expect(test.published('shop.cart.expired')).toHaveLength(2);
  expect((await told(test)).reminders).toEqual([
    { to: customerId, text: 'Your cart was emptied; what you liked is still in the shop.' },
  ]);
});

it('the caller sees why nothing came of it, and where PayPal goes on', async () => {
  const test = await shopTest();
  const orderId = '6b0d549b-6f03-475a-9600-a35a099950d8';
  const amount = { amount: 1_000, currency: 'EUR' };
  const back = { returnUrl: 'https://shop.example/return', cancelUrl: 'https://shop.example/cancel' };
  await test.app.initiatePayPal({ data: { amount, ...back } });
  await test.dashboard.confirmOrder({ ...byAdmin, data: { orderId } });
  const whose = { authtype: 'app_user', authid: orderId } as const;
  const cancel = await test.app.cancelOrder({ ...whose, data: { orderId, reason: 'Dear' } });
  const address = await test.app.verifyCustomerEmail({ data: { verificationToken: 'a token of nobody' } });
  const merge = await test.app.mergeGuestCart({ data: { guestCartId: orderId, customerId: orderId } });
  await test.bus.settled();
  test.gateway.isPayPalUp = false;
  const payPal = await test.app.initiatePayPal({ data: { amount, ...back } });
  await test.bus.settled();
  const [initiated] = test.published('shop.payment.paypal-initiated');
  await test.bus.store.read(async (tx) => {
    const shown = async (id: unknown) => screens(tx).get(String(id));
    expect(await shown(initiated?.paymentMethodId)).toMatchObject({ url: initiated?.approvalUrl });
    expect(await shown(cancel.id)).toEqual({ text: 'There is no such order.' });
    expect(await shown(address.id)).toEqual({ text: 'The link is not valid.' });
    expect(await shown(merge.id)).toEqual({ text: 'There is no such customer.' });
    expect(await shown(payPal.id)).toEqual({ text: 'PayPal does not answer.' });
  });
  expect((await told(test)).notices).toContainEqual({
    kind: 'refused',
    text: 'shop.order.confirm: There is no such order.',
  });
});
