/** Each command over the broker, refused for each of its failures: the caller hears which it was. */
import { randomUUID } from 'node:crypto';
import { financeProducer } from '@chirograph/generated/ticketing/producers/finance';
import { paymentGatewayProducer } from '@chirograph/generated/ticketing/producers/payment-gateway';
import { purchaseProducer } from '@chirograph/generated/ticketing/producers/purchase';
import { reservationsProducer } from '@chirograph/generated/ticketing/producers/reservations';
import { ticketDeliveryProducer } from '@chirograph/generated/ticketing/producers/ticket-delivery';
import type { TicketLevels } from '@chirograph/generated/ticketing/types';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { beginTicketing, euros, LEVELS, recipient, type TicketingTest } from './fixture.ts';
import { linesOf } from './price.ts';
import { deliveryIdOf, invoiceIdOf, orderIdOf, paymentIdOf, reservationIdOf } from './purchase/purchase.ts';

let test: TicketingTest;
let concertId: string;
let cancelled: string;
let inDollars: string;
let userId: string;
/** A cart that was bought, with tickets of both types. */
let bought: string;
/** One that waits for the provider. */
let waiting: string;
/** One with a ticket in it. */
let open: string;

const nothing = (): string => randomUUID();
const date = '2099-01-01T00:00:00Z';
const tickets = [{ level: 'REGULAR', ticketType: 'ONLINE', quantity: 1, unitPrice: euros(6_500) } as const];

beforeAll(async () => {
  test = await beginTicketing();
  concertId = await test.concert();
  cancelled = await test.concert();
  inDollars = await test.concert({ REGULAR: { capacity: 1, price: { amount: 1, currency: 'USD' } } });
  const data = { concertId: cancelled, adminId: test.adminId, reason: 'Illness' };
  await test.admin.cancelConcert({ subject: cancelled, data });
  userId = await test.user();
  bought = await test.buy(userId, { concertId }, { concertId, ticketType: 'PRINTED' });
  test.provider.answer = 'silence';
  waiting = await test.buy(await test.user(), { concertId });
  open = await test.cart({ concertId });
});
afterAll(() => test.stop());

const services = () => ({
  purchase: purchaseProducer(test.bus, test.bus),
  gateway: paymentGatewayProducer(test.bus, test.bus),
  finance: financeProducer(test.bus, test.bus),
  delivery: ticketDeliveryProducer(test.bus, test.bus),
  reservations: reservationsProducer(test.bus, test.bus),
});
const concertOf = (id: string, changes: { startsAt?: string; ticketLevels?: TicketLevels } = {}) => ({
  subject: id,
  data: {
    ...{ concertId: id, adminId: test.adminId, name: 'N', venue: 'V', startsAt: date, ticketLevels: LEVELS },
    ...changes,
  },
});
const updateOf = (id: string, startsAt = date) => ({
  subject: id,
  data: { concertId: id, adminId: test.adminId, name: 'N', venue: 'V', startsAt },
});
const levelsOf = (id: string, ticketLevels: TicketLevels = LEVELS) => ({
  subject: id,
  data: { concertId: id, adminId: test.adminId, ticketLevels },
});
const mixed: TicketLevels = { ...LEVELS, VIP: { capacity: 1, price: { amount: 1, currency: 'USD' } } };
const negative: TicketLevels = { REGULAR: { capacity: -1, price: euros(1) } };
const ticketOf = (cartId: string, id = concertId, level = 'REGULAR', quantity = 1) => ({
  subject: cartId,
  data: { cartId, concertId: id, level, ticketType: 'ONLINE' as const, quantity },
});
const confirmOf = (cartId: string, who = userId, to = recipient) => ({
  subject: cartId,
  data: { cartId, userId: who, recipient: to, paymentToken: 'tok_1' },
});
const reservationOf = (id: string, reservationId = nothing()) => ({
  subject: reservationId,
  data: { reservationId, cartId: nothing(), userId, concertId: id, tickets },
});
const orderOf = (
  orderId: string,
  reservationId: string,
  changes: { userId?: string; totalAmount?: { amount: number; currency: string } } = {},
) => ({
  subject: orderId,
  data: {
    ...{ orderId, cartId: nothing(), userId, concertId, reservationId, tickets, totalAmount: euros(6_500) },
    ...changes,
  },
});
const paymentOf = (paymentId: string, orderId: string, amount = 6_500) => ({
  subject: paymentId,
  data: {
    ...{
      paymentId,
      cartId: nothing(),
      orderIds: [orderId],
      userId,
      amount: euros(amount),
      paymentToken: 'tok',
    },
  },
});
const invoiceOf = (invoiceId: string, quantity: number, total: number) => {
  const orderId = orderIdOf(waiting, concertId);
  const [line] = linesOf({ orderId, concertId, tickets });
  if (!line) throw new Error('an order without lines');
  const data = { invoiceId, cartId: waiting, userId, lines: [{ ...line, quantity }], total: euros(total) };
  return { subject: invoiceId, data };
};
const deliveryOf = (deliveryId: string, orderId: string, changes = {}) => ({
  subject: deliveryId,
  data: {
    ...{ deliveryId, orderId, userId, concertId, ticketType: 'ONLINE' as const, tickets, recipient },
    ...changes,
  },
});
const userOf = (id: string, email: string) => ({ subject: id, data: { userId: id, email, name: 'Grace' } });
const roleOf = (id: string, role: 'LOGGED_IN' | 'ADMIN', adminId = test.adminId) => ({
  subject: id,
  data: { userId: id, adminId, role },
});
const address = { street: 'S 1', city: 'C', postalCode: '20457', country: 'DE' };
/** An order that stands, one that waits for its payment, and a delivery of each type. */
const done = () => orderIdOf(bought, concertId);
const unpaid = () => orderIdOf(waiting, concertId);
const online = () => deliveryIdOf(done(), 'ONLINE');
const printed = () => deliveryIdOf(done(), 'PRINTED');

/** The command, the failure in the contract's words, and how it comes about. */
const rows: readonly (readonly [command: string, failure: string, ask: () => Promise<unknown>])[] = [
  [
    'concert.create',
    'The data of the concert is not valid',
    () => test.admin.createConcert(concertOf(nothing(), { startsAt: '2001-01-01T00:00:00Z' })),
  ],
  [
    'concert.create',
    'There is a concert with this id already',
    () => test.admin.createConcert(concertOf(concertId)),
  ],
  ['concert.update', 'Concert not found', () => test.admin.updateConcert(updateOf(nothing()))],
  ['concert.update', 'The concert is cancelled', () => test.admin.updateConcert(updateOf(cancelled))],
  [
    'concert.update',
    'The data of the concert is not valid',
    () => test.admin.updateConcert(updateOf(concertId, '2001-01-01T00:00:00Z')),
  ],
  [
    'concert.cancel',
    'Concert not found',
    () =>
      test.admin.cancelConcert({
        subject: nothing(),
        data: { concertId: nothing(), adminId: test.adminId, reason: 'R' },
      }),
  ],
  [
    'concert.cancel',
    'The concert is cancelled already',
    () =>
      test.admin.cancelConcert({
        subject: cancelled,
        data: { concertId: cancelled, adminId: test.adminId, reason: 'R' },
      }),
  ],
  [
    'concert.update-ticket-levels',
    'Concert not found',
    () => test.admin.updateTicketLevels(levelsOf(nothing())),
  ],
  [
    'concert.update-ticket-levels',
    'The concert is cancelled',
    () => test.admin.updateTicketLevels(levelsOf(cancelled)),
  ],
  [
    'concert.update-ticket-levels',
    'The data of the concert is not valid',
    () => test.admin.updateTicketLevels(levelsOf(concertId, mixed)),
  ],
  [
    'shopping-cart.create',
    'There is a cart with this id already',
    () => test.website.createCart({ subject: open, data: { cartId: open } }),
  ],
  ['shopping-cart.add-ticket', 'Cart not found', () => test.website.addTicketToCart(ticketOf(nothing()))],
  [
    'shopping-cart.add-ticket',
    'The cart is confirmed',
    () => test.website.addTicketToCart(ticketOf(waiting)),
  ],
  [
    'shopping-cart.add-ticket',
    'The concert does not have the level',
    () => test.website.addTicketToCart(ticketOf(open, concertId, 'BALCONY')),
  ],
  [
    'shopping-cart.add-ticket',
    'Concert not found',
    () => test.website.addTicketToCart(ticketOf(open, nothing())),
  ],
  [
    'shopping-cart.add-ticket',
    'More than a cart can hold',
    () => test.website.addTicketToCart(ticketOf(open, concertId, 'REGULAR', 20)),
  ],
  [
    'shopping-cart.add-ticket',
    'The currency is not that of the cart',
    () => test.website.addTicketToCart(ticketOf(open, inDollars)),
  ],
  [
    'shopping-cart.remove-ticket',
    'Cart not found',
    () => test.website.removeTicketFromCart(ticketOf(nothing())),
  ],
  [
    'shopping-cart.remove-ticket',
    'The cart is confirmed',
    () => test.website.removeTicketFromCart(ticketOf(waiting)),
  ],
  [
    'shopping-cart.remove-ticket',
    'The cart holds fewer tickets',
    () => test.website.removeTicketFromCart(ticketOf(open, concertId, 'REGULAR', 9)),
  ],
  [
    'shopping-cart.clear',
    'Cart not found',
    () => test.website.clearCart({ subject: open, data: { cartId: nothing() } }),
  ],
  [
    'shopping-cart.clear',
    'The cart is confirmed',
    () => test.website.clearCart({ subject: waiting, data: { cartId: waiting } }),
  ],
  ['shopping-cart.confirm', 'Cart not found', () => test.website.confirmCart(confirmOf(nothing()))],
  [
    'shopping-cart.confirm',
    'The cart belongs to another user',
    () => test.website.confirmCart(confirmOf(waiting)),
  ],
  ['shopping-cart.confirm', 'The cart is confirmed', () => test.website.confirmCart(confirmOf(bought))],
  [
    'shopping-cart.confirm',
    'The cart is empty',
    async () => test.website.confirmCart(confirmOf(await test.cart())),
  ],
  [
    'shopping-cart.confirm',
    'Printed tickets need a postal address',
    async () =>
      test.website.confirmCart(
        confirmOf(await test.cart({ concertId, ticketType: 'PRINTED' }), userId, {
          name: 'G',
          email: 'g@example.org',
        }),
      ),
  ],
  [
    'shopping-cart.close',
    'Cart not found',
    () => services().purchase.closeCart({ subject: open, data: { cartId: nothing(), outcome: 'COMPLETED' } }),
  ],
  [
    'shopping-cart.close',
    'The cart is not confirmed',
    () => services().purchase.closeCart({ subject: open, data: { cartId: open, outcome: 'COMPLETED' } }),
  ],
  [
    'reservation.create',
    'Concert not found',
    () => services().purchase.createReservation(reservationOf(nothing())),
  ],
  [
    'reservation.create',
    'The concert is cancelled',
    () => services().purchase.createReservation(reservationOf(cancelled)),
  ],
  [
    'reservation.create',
    'There is a reservation with this id already',
    () =>
      services().purchase.createReservation(reservationOf(concertId, reservationIdOf(waiting, concertId))),
  ],
  [
    'reservation.cancel',
    'Reservation not found',
    () =>
      services().purchase.cancelReservation({
        subject: open,
        data: { reservationId: nothing(), reason: 'SOLD_OUT' },
      }),
  ],
  [
    'reservation.cancel',
    'The reservation has ended already',
    () =>
      test.website.cancelReservation({
        subject: open,
        data: { reservationId: reservationIdOf(bought, concertId), reason: 'CANCELLED_BY_USER', userId },
      }),
  ],
  [
    'reservation.expire',
    'Reservation not found',
    () => services().reservations.expireReservation({ subject: open, data: { reservationId: nothing() } }),
  ],
  [
    'reservation.expire',
    'The reservation has ended already',
    () =>
      services().reservations.expireReservation({
        subject: open,
        data: { reservationId: reservationIdOf(bought, concertId) },
      }),
  ],
  [
    'reservation.expire',
    'The time is not up yet',
    () =>
      services().reservations.expireReservation({
        subject: open,
        data: { reservationId: reservationIdOf(waiting, concertId) },
      }),
  ],
  [
    'order.create',
    'There is an order with this id already',
    () => services().purchase.createOrder(orderOf(done(), reservationIdOf(bought, concertId))),
  ],
  [
    'order.create',
    'The tickets are not set aside',
    () => services().purchase.createOrder(orderOf(nothing(), nothing())),
  ],
  [
    'order.create',
    'The total is not the price of the tickets',
    () =>
      services().purchase.createOrder(
        orderOf(nothing(), reservationIdOf(waiting, concertId), {
          userId: ownerOfWaiting(),
          totalAmount: euros(1),
        }),
      ),
  ],
  [
    'order.complete',
    'Order not found',
    () =>
      services().purchase.completeOrder({
        subject: open,
        data: { orderId: nothing(), paymentId: nothing() },
      }),
  ],
  [
    'order.complete',
    'The payment is not confirmed',
    () =>
      services().purchase.completeOrder({
        subject: unpaid(),
        data: { orderId: unpaid(), paymentId: paymentIdOf(waiting) },
      }),
  ],
  [
    'order.cancel',
    'Order not found',
    () =>
      services().purchase.cancelOrder({ subject: open, data: { orderId: nothing(), reason: 'SOLD_OUT' } }),
  ],
  [
    'order.cancel',
    'The order is complete already',
    () => services().purchase.cancelOrder({ subject: done(), data: { orderId: done(), reason: 'SOLD_OUT' } }),
  ],
  [
    'order.compensate',
    'Order not found',
    () =>
      services().purchase.compensateOrder({
        subject: open,
        data: { orderId: nothing(), paymentId: nothing(), reason: 'PAYMENT_FAILED' },
      }),
  ],
  [
    'payment.initiate',
    'There is a payment with this id already',
    () => services().purchase.initiatePayment(paymentOf(paymentIdOf(bought), done())),
  ],
  [
    'payment.initiate',
    'An order is not found',
    () => services().purchase.initiatePayment(paymentOf(nothing(), nothing())),
  ],
  [
    'payment.initiate',
    'The amount is not the total of the orders',
    () => services().purchase.initiatePayment(paymentOf(nothing(), unpaid(), 1)),
  ],
  [
    'payment.confirm',
    'Payment not found',
    () =>
      services().gateway.confirmPayment({
        subject: open,
        data: { paymentId: nothing(), providerReference: 'ch' },
      }),
  ],
  [
    'payment.refund',
    'Payment not found',
    () =>
      services().gateway.refundPayment({
        subject: open,
        data: { paymentId: nothing(), reason: 'PAYMENT_FAILED' },
      }),
  ],
  [
    'invoice.create',
    'There is an invoice with this id already',
    () => services().purchase.createInvoice(invoiceOf(invoiceIdOf(bought), 1, 6_500)),
  ],
  [
    'invoice.create',
    'The total is not the sum of the lines',
    () => services().purchase.createInvoice(invoiceOf(nothing(), 1, 1)),
  ],
  [
    'invoice.create',
    'The lines differ from the orders',
    () => services().purchase.createInvoice(invoiceOf(nothing(), 2, 13_000)),
  ],
  [
    'invoice.update',
    'Invoice not found',
    () =>
      services().purchase.updateInvoice({
        subject: open,
        data: { invoiceId: nothing(), paymentId: nothing(), status: 'PAID' },
      }),
  ],
  [
    'invoice.update',
    'The invoice is closed already',
    () =>
      services().purchase.updateInvoice({
        subject: open,
        data: { invoiceId: invoiceIdOf(bought), paymentId: nothing(), status: 'PAID' },
      }),
  ],
  [
    'user-financial-info.create',
    'The user has accounts already',
    () => services().finance.createUserFinancialInfo({ subject: userId, data: { userId } }),
  ],
  [
    'user-financial-info.update',
    'The user has no accounts',
    () =>
      services().purchase.updateUserFinancialInfo({
        subject: open,
        data: { userId: nothing(), paymentId: nothing(), amount: euros(1), status: 'ONGOING' },
      }),
  ],
  [
    'ticket-delivery.prepare',
    'The order is not complete',
    () => services().purchase.prepareTicketDelivery(deliveryOf(nothing(), unpaid())),
  ],
  [
    'ticket-delivery.prepare',
    'Printed tickets need a postal address',
    () =>
      services().purchase.prepareTicketDelivery(
        deliveryOf(nothing(), done(), {
          ticketType: 'PRINTED',
          recipient: { name: 'G', email: 'g@example.org' },
        }),
      ),
  ],
  [
    'ticket-delivery.prepare',
    'There is a delivery with this id already',
    () => services().purchase.prepareTicketDelivery(deliveryOf(online(), done())),
  ],
  [
    'ticket-delivery.deliver-online',
    'Delivery not found',
    () =>
      services().delivery.deliverOnlineTicket({
        subject: open,
        data: { deliveryId: nothing(), email: 'g@example.org' },
      }),
  ],
  [
    'ticket-delivery.deliver-online',
    'The tickets are printed tickets',
    () =>
      services().delivery.deliverOnlineTicket({
        subject: open,
        data: { deliveryId: printed(), email: 'g@example.org' },
      }),
  ],
  [
    'ticket-delivery.deliver-online',
    'The tickets are delivered already',
    () =>
      services().delivery.deliverOnlineTicket({
        subject: open,
        data: { deliveryId: online(), email: 'g@example.org' },
      }),
  ],
  [
    'ticket-delivery.deliver-printed',
    'Delivery not found',
    () =>
      services().delivery.deliverPrintedTicket({ subject: open, data: { deliveryId: nothing(), address } }),
  ],
  [
    'ticket-delivery.deliver-printed',
    'The tickets are online tickets',
    () =>
      services().delivery.deliverPrintedTicket({ subject: open, data: { deliveryId: online(), address } }),
  ],
  [
    'ticket-delivery.deliver-printed',
    'The tickets are delivered already',
    () =>
      services().delivery.deliverPrintedTicket({ subject: open, data: { deliveryId: printed(), address } }),
  ],
  [
    'user.register',
    'There is a user with this id already',
    () => test.website.registerUser(userOf(userId, 'other@example.org')),
  ],
  ['user.update-role', 'User not found', () => test.admin.updateUserRole(roleOf(nothing(), 'ADMIN'))],
  [
    'user.update-role',
    'The user has the role already',
    () => test.admin.updateUserRole(roleOf(userId, 'LOGGED_IN')),
  ],
  // Last: they end what waits.
  [
    'payment.refund',
    'The payment is refunded already',
    async () => {
      await services().gateway.refundPayment({
        subject: paymentIdOf(waiting),
        data: { paymentId: paymentIdOf(waiting), reason: 'PAYMENT_FAILED' },
      });
      await test.bus.settled();
      await services().gateway.refundPayment({
        subject: paymentIdOf(waiting),
        data: { paymentId: paymentIdOf(waiting), reason: 'PAYMENT_FAILED' },
      });
    },
  ],
  [
    'order.complete',
    'The order is cancelled',
    () =>
      services().purchase.completeOrder({
        subject: unpaid(),
        data: { orderId: unpaid(), paymentId: paymentIdOf(waiting) },
      }),
  ],
  [
    'order.cancel',
    'The order is cancelled already',
    () =>
      services().purchase.cancelOrder({ subject: unpaid(), data: { orderId: unpaid(), reason: 'SOLD_OUT' } }),
  ],
  [
    'order.compensate',
    'The order is cancelled already',
    () =>
      services().purchase.compensateOrder({
        subject: unpaid(),
        data: { orderId: unpaid(), paymentId: nothing(), reason: 'PAYMENT_FAILED' },
      }),
  ],
];

function ownerOfWaiting(): string {
  const confirmed = test.published('shopping-cart.confirmed').find(({ cartId }) => cartId === waiting);
  return String(confirmed?.userId);
}

it.each(rows)('%s: %s', async (command, failure, ask) => {
  const from = test.bus.published.length;
  await ask();
  await test.bus.settled();
  const refusals = test.bus.published.slice(from).flatMap(({ name, payload }) => {
    const { data } = payload as { readonly data: { readonly command?: string; readonly failure?: string } };
    return name?.endsWith('.command-refused') ? [`${data.command} ${data.failure}`] : [];
  });
  const code = failure.replace(/[^A-Za-z0-9]+/g, '_').toUpperCase();
  expect(refusals).toEqual([`ticketing.${command} ${code}`]);
});

it.each(['create', 'updateTicketLevels'] as const)(
  'concerts.%s: a level that no message could carry is refused as well',
  async (method) => {
    const { data } = concertOf(method === 'create' ? nothing() : concertId, { ticketLevels: negative });
    const outcome = await test.concerts[method](data);
    expect(outcome).toMatchObject({ code: 'A_TICKET_LEVEL_IS_NEGATIVE_OR_STANDS_TWICE' });
    const command = method === 'create' ? 'create' : 'update-ticket-levels';
    test.bus.answered(`ticketing.concert.${command}`, outcome);
  },
);
