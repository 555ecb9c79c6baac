/** A concert sells out, told by its services: `npm run demo -- ticketing`. */
import { randomUUID } from 'node:crypto';
import type { Recipient, TicketType } from '@chirograph/generated/ticketing/types';
import type { Story, Telling } from '../../shared/demo/tell-story.ts';
import type { PaymentProvider } from '../payments/payment-provider.ts';
import { reservationIdOf } from '../purchase/purchase.ts';
import { RESERVATION_TIME } from '../reservations/reservation.ts';
import { type Ticketing, wire } from '../wire.ts';

let answer: 'collected' | 'declined' | 'silence' = 'collected';
let isTokenKnown = true;

const provider: PaymentProvider = {
  accept: async () => isTokenKnown,
  async collect({ paymentId }) {
    if (answer === 'silence') throw new Error('the provider does not answer');
    return answer === 'collected' ? `ch_${paymentId}` : undefined;
  },
  giveBack: async () => undefined,
};

export const telling: Telling<Ticketing> = {
  prefix: 'ticketing.',
  begin: (bus, log) =>
    wire({ store: bus.store, broker: bus, clock: bus.clock, provider, log, poll: 86_400_000_000 }),
  tell: story,
};

async function story({ website, admin, users }: Ticketing, { bus, scene }: Story): Promise<void> {
  const recipient: Recipient = {
    name: 'Grace Hopper',
    email: 'grace@example.org',
    address: { street: 'Hafenstraße 12', city: 'Hamburg', postalCode: '20457', country: 'DE' },
  };
  const register = (userId: string, name: string) =>
    website.registerUser({ subject: userId, data: { userId, email: `${name}@example.org`, name } });
  const cartOf = async (
    ...wanted: readonly { concertId: string; quantity: number; ticketType?: TicketType }[]
  ) => {
    const cartId = randomUUID();
    await website.createCart({ subject: cartId, data: { cartId } });
    await bus.settled();
    for (const { concertId, quantity, ticketType = 'ONLINE' } of wanted) {
      const data = { cartId, concertId, level: 'REGULAR', ticketType, quantity };
      await website.addTicketToCart({ subject: cartId, data });
    }
    return cartId;
  };
  const confirm = (cartId: string, userId: string, to = recipient) =>
    website.confirmCart({ subject: cartId, data: { cartId, userId, recipient: to, paymentToken: 'tok_1' } });

  const ray = randomUUID();
  await scene('Ray registers.', () => register(ray, 'ray'), 'user.registered', 'user-financial-info.created');
  const concert = {
    concertId: randomUUID(),
    adminId: ray,
    name: 'The Kinks',
    venue: 'Hollywood Bowl',
    startsAt: new Date(bus.clock.now() + 90 * 86_400_000).toISOString(),
    ticketLevels: { REGULAR: { capacity: 8, price: { amount: 6_500, currency: 'EUR' } } },
  };
  const { concertId } = concert;
  await scene(
    'He adds a concert to the programme: refused, he is no admin.',
    () => admin.createConcert({ subject: concertId, data: concert }),
    'concerts.command-refused',
  );
  await scene(
    'The operator of the service makes him one.',
    () => users.appointAdmin(ray),
    'user.role-updated',
  );
  await scene(
    'Now the concert is on sale: eight tickets.',
    () => admin.createConcert({ subject: concertId, data: concert }),
    'concert.created',
  );
  const second = { ...concert, concertId: randomUUID(), name: 'The Who', venue: 'Leeds' };
  await scene(
    '... and another one, on another evening.',
    () => admin.createConcert({ subject: second.concertId, data: second }),
    'concert.created',
  );

  const grace = randomUUID();
  await scene('Grace registers.', () => register(grace, 'grace'), 'user.registered');
  let cartId = '';
  await scene(
    'A visitor, not logged in, puts tickets into a cart: two online, one on paper.',
    async () => {
      cartId = await cartOf({ concertId, quantity: 2 }, { concertId, quantity: 1, ticketType: 'PRINTED' });
    },
    'shopping-cart.created',
    'shopping-cart.ticket-added',
    'shopping-cart.ticket-added',
  );
  await scene(
    'Somebody who is not logged in confirms it: refused.',
    () => confirm(cartId, randomUUID()),
    'shopping-carts.command-refused',
  );
  await scene(
    'Grace does, without an address: refused, paper goes by post.',
    () => confirm(cartId, grace, { name: 'Grace Hopper', email: 'grace@example.org' }),
    'shopping-carts.command-refused',
  );
  isTokenKnown = false;
  await scene(
    'With an address, and a card that the provider does not know: all is undone, and the cart is closed.',
    () => confirm(cartId, grace),
    'reservation.created',
    'payments.command-refused',
    ['order.cancelled', 'reservation.cancelled'],
    'shopping-cart.closed',
  );
  isTokenKnown = true;
  answer = 'declined';
  await scene(
    'Another card, which is declined: the orders are compensated, the tickets are free again.',
    async () => confirm(await cartOf({ concertId, quantity: 3 }), grace),
    'payment.initiated',
    'payment.refunded',
    ['order.cancelled', 'reservation.cancelled'],
    'shopping-cart.closed',
  );
  answer = 'silence';
  await scene(
    'The provider is silent for a quarter of an hour: the reservation expires.',
    async () => {
      await confirm(await cartOf({ concertId, quantity: 3 }), grace);
      await bus.settled();
      await bus.clock.advance(RESERVATION_TIME);
    },
    'reservation.created',
    'reservation.expired',
    ['order.cancelled', 'payment.refunded'],
    'shopping-cart.closed',
  );
  answer = 'collected';
  await scene(
    'The provider answers after all: the money came too late, and goes back.',
    async () => {
      // In steps shorter than a handler may take, for the next try begins in the middle of one.
      for (let step = 0; step < 90; step += 1) {
        await bus.clock.advance(50_000);
        await bus.settled();
      }
    },
    'payment.confirm',
    'payments.command-refused',
  );
  await scene(
    'She tries again, for both evenings: paid, invoiced, delivered by mail and by post.',
    async () => {
      cartId = await cartOf(
        { concertId, quantity: 2 },
        { concertId, quantity: 1, ticketType: 'PRINTED' },
        { concertId: second.concertId, quantity: 1 },
      );
      await confirm(cartId, grace);
    },
    'shopping-cart.confirmed',
    'reservation.created',
    'order.created',
    'payment.confirmed',
    'order.completed',
    'ticket-delivery.prepared',
    'shopping-cart.closed',
  );
  const reservationId = reservationIdOf(cartId, concertId);
  const letGo = { reservationId, reason: 'CANCELLED_BY_USER', userId: grace } as const;
  await scene(
    'She wants to let go of the tickets: they are paid.',
    () => website.cancelReservation({ subject: reservationId, data: letGo }),
    'reservations.command-refused',
  );

  const buyers = Array.from({ length: 10 }, () => randomUUID());
  const carts: string[] = [];
  await scene('Ten people register, and each puts a ticket into a cart.', async () => {
    for (const [index, userId] of buyers.entries()) {
      await register(userId, `buyer-${index}`);
      carts.push(await cartOf({ concertId, quantity: 1 }));
    }
  });
  await scene('They all confirm at the same moment; five tickets are left.', () =>
    Promise.all(carts.map((it, index) => confirm(it, buyers[index] ?? ''))),
  );
  const sold = bus.published.filter(({ name }) => name === 'ticketing.order.completed').length - 2;
  if (sold !== 5) throw new Error(`five tickets were left, and ${sold} were sold`);
  const fewer = { REGULAR: { capacity: 7, price: { amount: 6_500, currency: 'EUR' } } };
  await scene(
    'The hall wants to shrink by one seat: refused, all are sold.',
    () =>
      admin.updateTicketLevels({
        subject: concertId,
        data: { concertId, adminId: ray, ticketLevels: fewer },
      }),
    'concerts.command-refused',
  );
  await scene(
    'The second evening is cancelled: Grace gets its price back, and keeps the first.',
    () =>
      admin.cancelConcert({
        subject: second.concertId,
        data: { concertId: second.concertId, adminId: ray, reason: 'The singer has lost his voice.' },
      }),
    'concert.cancelled',
    'order.compensate',
    'order.cancelled',
    ['reservation.cancelled', 'payment.refunded'],
    ['invoice.updated', 'user-financial-info.updated'],
  );
}
