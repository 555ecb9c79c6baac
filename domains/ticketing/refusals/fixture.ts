/** A ticketing in which each command can be refused for each of its failures, and the test that the caller hears which it was. */
import { randomUUID } from 'node:crypto';
import { financeProducer } from '@chirograph/generated/ticketing/producers/finance';
import { paymentGatewayProducer } from '@chirograph/generated/ticketing/producers/payment-gateway';
import { purchaseProducer } from '@chirograph/generated/ticketing/producers/purchase';
import { reservationsProducer } from '@chirograph/generated/ticketing/producers/reservations';
import { ticketDeliveryProducer } from '@chirograph/generated/ticketing/producers/ticket-delivery';
import type { TicketLevels } from '@chirograph/generated/ticketing/types';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { beginTicketing, euros, LEVELS, recipient, type TicketingTest } from '../fixture.ts';
import { linesOf } from '../price.ts';
import { deliveryIdOf, orderIdOf } from '../purchase/purchase.ts';

export let test: TicketingTest;
export let concertId: string;
export let cancelled: string;
export let inDollars: string;
export let userId: string;
/** A cart that was bought, with tickets of both types. */
export let bought: string;
/** One that waits for the provider. */
export let waiting: string;
/** One with a ticket in it. */
export let open: string;

export const nothing = (): string => randomUUID();
export const date = '2099-01-01T00:00:00Z';
export const tickets = [
  { level: 'REGULAR', ticketType: 'ONLINE', quantity: 1, unitPrice: euros(6_500) } as const,
];

export const services = () => ({
  purchase: purchaseProducer(test.bus, test.bus),
  gateway: paymentGatewayProducer(test.bus, test.bus),
  finance: financeProducer(test.bus, test.bus),
  delivery: ticketDeliveryProducer(test.bus, test.bus),
  reservations: reservationsProducer(test.bus, test.bus),
});
export const concertOf = (id: string, changes: { startsAt?: string; ticketLevels?: TicketLevels } = {}) => ({
  subject: id,
  data: {
    ...{ concertId: id, adminId: test.adminId, name: 'N', venue: 'V', startsAt: date, ticketLevels: LEVELS },
    ...changes,
  },
});
export const updateOf = (id: string, startsAt = date) => ({
  subject: id,
  data: { concertId: id, adminId: test.adminId, name: 'N', venue: 'V', startsAt },
});
export const levelsOf = (id: string, ticketLevels: TicketLevels = LEVELS) => ({
  subject: id,
  data: { concertId: id, adminId: test.adminId, ticketLevels },
});
export const mixed: TicketLevels = { ...LEVELS, VIP: { capacity: 1, price: { amount: 1, currency: 'USD' } } };
export const negative: TicketLevels = { REGULAR: { capacity: -1, price: euros(1) } };
export const ticketOf = (cartId: string, id = concertId, level = 'REGULAR', quantity = 1) => ({
  subject: cartId,
  data: { cartId, concertId: id, level, ticketType: 'ONLINE' as const, quantity },
});
export const confirmOf = (cartId: string, who = userId, to = recipient) => ({
  subject: cartId,
  data: { cartId, userId: who, recipient: to, paymentToken: 'tok_1' },
});
export const reservationOf = (id: string, reservationId = nothing()) => ({
  subject: reservationId,
  data: { reservationId, cartId: nothing(), userId, concertId: id, tickets },
});
export const orderOf = (
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
export const paymentOf = (paymentId: string, orderId: string, amount = 6_500) => ({
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
export const invoiceOf = (invoiceId: string, quantity: number, total: number) => {
  const orderId = orderIdOf(waiting, concertId);
  const [line] = linesOf({ orderId, concertId, tickets });
  if (!line) throw new Error('an order without lines');
  const data = { invoiceId, cartId: waiting, userId, lines: [{ ...line, quantity }], total: euros(total) };
  return { subject: invoiceId, data };
};
export const deliveryOf = (deliveryId: string, orderId: string, changes = {}) => ({
  subject: deliveryId,
  data: {
    ...{ deliveryId, orderId, userId, concertId, ticketType: 'ONLINE' as const, tickets, recipient },
    ...changes,
  },
});
export const userOf = (id: string, email: string) => ({
  subject: id,
  data: { userId: id, email, name: 'Grace' },
});
export const roleOf = (id: string, role: 'LOGGED_IN' | 'ADMIN', adminId = test.adminId) => ({
  subject: id,
  data: { userId: id, adminId, role },
});
export const address = { street: 'S 1', city: 'C', postalCode: '20457', country: 'DE' };
/** An order that stands, one that waits for its payment, and a delivery of each type. */
export const done = () => orderIdOf(bought, concertId);
export const unpaid = () => orderIdOf(waiting, concertId);
export const online = () => deliveryIdOf(done(), 'ONLINE');
export const printed = () => deliveryIdOf(done(), 'PRINTED');

export function ownerOfWaiting(): string {
  const confirmed = test.published('shopping-cart.confirmed').find(({ cartId }) => cartId === waiting);
  return String(confirmed?.userId);
}

/** The command, the failure in the contract's words, and how it comes about. */
export type Refused = readonly [command: string, failure: string, ask: () => Promise<unknown>];

/** Each command over the broker, in a ticketing that begins for them and ends with them. */
export function testRefusals(rows: readonly Refused[]): void {
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
}
