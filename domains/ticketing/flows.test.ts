/** Each flow of specs/ticketing, played: what is sent and received, in order and by its causes, is what the flow says. */
import { randomUUID } from 'node:crypto';
import { type Play, testFlows } from '../shared/flows/fixture.ts';
import { euros, LEVELS, type TicketingTest, ticketingTest } from './fixture.ts';
import { reservationIdOf } from './purchase/purchase.ts';
import { RESERVATION_TIME } from './reservations/reservation.ts';

/** A user before the click, with tickets of a concert in the cart. */
async function filled(test: TicketingTest) {
  const concertId = await test.concert();
  const userId = await test.user();
  const cartId = await test.cart({ concertId, quantity: 2 });
  return { concertId, userId, cartId };
}

/** A user who waits for the provider. */
async function unpaid(test: TicketingTest) {
  test.provider.answer = 'silence';
  const it = await filled(test);
  await test.confirm(it.userId, it.cartId);
  await test.bus.settled();
  return it;
}

const plays: Readonly<Record<string, Play<TicketingTest>>> = {
  purchase: {
    async prepare(test) {
      const concertId = await test.concert();
      const userId = await test.user();
      return async () => {
        const printed = { concertId, ticketType: 'PRINTED', level: 'GOLDEN_CIRCLE' } as const;
        await test.buy(userId, { concertId, quantity: 2 }, printed);
      };
    },
  },
  purchaseCompensated: {
    async prepare(test) {
      const { userId, cartId } = await filled(test);
      test.provider.answer = 'declined';
      return () => test.confirm(userId, cartId);
    },
  },
  paymentRefused: {
    async prepare(test) {
      const { userId, cartId } = await filled(test);
      test.provider.isTokenKnown = false;
      return () => test.confirm(userId, cartId);
    },
  },
  reservationExpired: {
    async prepare(test) {
      const { userId, cartId } = await filled(test);
      test.provider.answer = 'silence';
      return async () => {
        await test.confirm(userId, cartId);
        await test.pass(RESERVATION_TIME);
      };
    },
  },
  soldOut: {
    async prepare(test) {
      const concertId = await test.concert();
      const level = { ...LEVELS, GOLDEN_CIRCLE: { capacity: 1, price: euros(9_000) } };
      const other = { concertId: await test.concert(level), level: 'GOLDEN_CIRCLE' };
      const userId = await test.user();
      const cartId = await test.cart({ concertId }, other);
      await test.buy(await test.user(), other);
      return () => test.confirm(userId, cartId);
    },
  },
  registration: {
    async prepare(test) {
      return async () => void (await test.user());
    },
  },
  reservationCancelled: {
    async prepare(test) {
      const { concertId, userId, cartId } = await unpaid(test);
      const reservationId = reservationIdOf(cartId, concertId);
      const data = { reservationId, reason: 'CANCELLED_BY_USER', userId } as const;
      return async () => void (await test.website.cancelReservation({ subject: reservationId, data }));
    },
  },
  concertCancelled: {
    async prepare(test) {
      const concertId = await test.concert();
      await test.buy(await test.user(), { concertId });
      const data = { concertId, adminId: test.adminId, reason: 'The singer has lost her voice.' };
      return async () => void (await test.admin.cancelConcert({ subject: concertId, data }));
    },
  },
  concertPlanned: {
    async prepare({ admin, adminId, bus }) {
      const concertId = randomUUID();
      const about = { concertId, adminId, name: 'The Kinks', venue: 'Hollywood Bowl' };
      const startsAt = new Date(bus.clock.now() + 86_400_000).toISOString();
      const later = new Date(bus.clock.now() + 2 * 86_400_000).toISOString();
      return async () => {
        await admin.createConcert({ subject: concertId, data: { ...about, startsAt, ticketLevels: LEVELS } });
        await bus.settled();
        await admin.updateConcert({ subject: concertId, data: { ...about, startsAt: later } });
        await bus.settled();
        const ticketLevels = { REGULAR: { capacity: 120, price: euros(7_000) } };
        const data = { concertId, adminId, ticketLevels };
        await admin.updateTicketLevels({ subject: concertId, data });
      };
    },
  },
  paidTooLate: {
    beside: [
      'ticketing.invoice.update',
      'ticketing.invoice.updated',
      'ticketing.user-financial-info.update',
      'ticketing.user-financial-info.updated',
      'ticketing.shopping-cart.close',
      'ticketing.shopping-cart.closed',
    ],
    async prepare(test) {
      await unpaid(test);
      return async () => {
        await test.pass(RESERVATION_TIME);
        test.provider.answer = 'collected';
        // In steps shorter than a handler may take, for the next try begins in the middle of one.
        for (let step = 0; step < 90; step += 1) await test.pass(50_000);
      };
    },
  },
  roleUpdated: {
    async prepare(test) {
      const userId = await test.user();
      const data = { userId, adminId: test.adminId, role: 'ADMIN' } as const;
      return async () => void (await test.admin.updateUserRole({ subject: userId, data }));
    },
  },
};

testFlows('ticketing', ticketingTest, plays);
