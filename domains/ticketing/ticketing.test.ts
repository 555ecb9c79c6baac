/** The whole ticketing on one bus: what no single decision shows. */
import { randomUUID } from 'node:crypto';
import { purchaseProducer } from '@chirograph/generated/ticketing/producers/purchase';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { notices } from './admin/handlers.ts';
import { beginTicketing, euros, LEVELS, type TicketingTest, ticketingTest } from './fixture.ts';
import { collected } from './payment-gateway/handlers.ts';
import { held } from './purchase/handlers.ts';
import { orderIdOf, paymentIdOf, reservationIdOf } from './purchase/purchase.ts';
import { UNDONE_AT_ONCE } from './purchase/undo-concert.ts';
import { RESERVATION_TIME } from './reservations/reservation.ts';
import {
  accountPages,
  cartPages,
  countdowns,
  invoicePages,
  messages,
  orderPages,
  programme,
  roles,
} from './website/handlers.ts';

const failures = (test: TicketingTest, service: string) =>
  test.published(`${service}.command-refused`).map(({ failure }) => failure);

const availableOf = (test: TicketingTest, concertId: string) =>
  test.bus.store.transaction((tx) => test.reservations.availableOf(tx, concertId));

const reserve = (concertId: string, quantity: number, userId: string = randomUUID()) => ({
  reservationId: randomUUID(),
  cartId: randomUUID(),
  userId,
  concertId,
  tickets: [{ level: 'REGULAR', ticketType: 'ONLINE', quantity, unitPrice: euros(6_500) } as const],
});

describe('fifty buyers at once', () => {
  it('buy what is there, each ticket once', async () => {
    const test = await ticketingTest();
    const concertId = await test.concert({ REGULAR: { capacity: 60, price: euros(6_500) } });
    const people: { readonly userId: string; readonly cartId: string }[] = [];
    for (let n = 0; n < 50; n += 1) {
      people.push({ userId: await test.user(), cartId: await test.cart({ concertId, quantity: 2 }) });
    }
    await Promise.all(people.map(({ userId, cartId }) => test.confirm(userId, cartId)));
    await test.bus.settled();

    expect(test.published('order.completed')).toHaveLength(30);
    expect(failures(test, 'reservations')).toEqual(Array(20).fill('TOO_FEW_TICKETS_ARE_AVAILABLE'));
    const ids = test
      .published('ticket-delivery.online-delivered')
      .flatMap(({ tickets }) => (tickets as readonly { ticketId: string }[]).map(({ ticketId }) => ticketId));
    expect(ids).toHaveLength(60);
    expect(new Set(ids).size).toBe(60);
    expect(await availableOf(test, concertId)).toEqual({ REGULAR: 0 });
    expect([...test.provider.books.values()]).toEqual(Array(30).fill(13_000));
    // Nobody is kept from buying something else.
    const outcomes = test.published('shopping-cart.closed').map(({ outcome }) => outcome);
    expect(outcomes.toSorted()).toEqual([...Array(20).fill('CANCELLED'), ...Array(30).fill('COMPLETED')]);
  }, 60_000);
});

describe('a level', () => {
  it('cannot shrink below what is reserved, and sells no more than it is to have', async () => {
    const test = await ticketingTest();
    const concertId = await test.concert({ REGULAR: { capacity: 10, price: euros(6_500) } });
    await test.reservations.create(reserve(concertId, 6));
    const change = (capacity: number) =>
      test.admin.updateTicketLevels({
        subject: concertId,
        data: {
          concertId,
          adminId: test.adminId,
          ticketLevels: { REGULAR: { capacity, price: euros(6_500) } },
        },
      });
    await change(5);
    await test.bus.settled();
    expect(failures(test, 'concerts')).toEqual(['FEWER_THAN_ARE_RESERVED']);
    await change(7);
    // Before the news has come to the reservations service.
    expect((await test.reservations.create(reserve(concertId, 1))).kind).toBe('accepted');
    await test.bus.settled();
    expect(await test.reservations.create(reserve(concertId, 1))).toMatchObject({
      code: 'TOO_FEW_TICKETS_ARE_AVAILABLE',
    });
  });
});

describe('roles', () => {
  it('make the programme a matter of admins', async () => {
    const test = await ticketingTest();
    const userId = await test.user();
    const concertId = await test.concert();
    const about = { concertId, adminId: userId, name: 'N', venue: 'V', startsAt: '2099-01-01T00:00:00Z' };
    const { admin } = test;
    const created = randomUUID();
    await admin.createConcert({
      subject: created,
      data: { ...about, concertId: created, ticketLevels: LEVELS },
    });
    await admin.updateConcert({ subject: concertId, data: about });
    await admin.updateTicketLevels({
      subject: concertId,
      data: { concertId, adminId: userId, ticketLevels: LEVELS },
    });
    await admin.cancelConcert({ subject: concertId, data: { concertId, adminId: userId, reason: 'Fun' } });
    await admin.updateUserRole({ subject: userId, data: { userId, adminId: userId, role: 'ADMIN' } });
    await test.bus.settled();
    expect(failures(test, 'concerts')).toEqual(Array(4).fill('THE_USER_IS_NOT_AN_ADMIN'));
    expect(failures(test, 'users')).toEqual(['THE_USER_IS_NOT_AN_ADMIN']);
    const shown = await test.bus.store.transaction((tx) => notices(tx).list());
    expect(shown).toHaveLength(5);
  });

  it('keep those out who are not logged in, or locked out', async () => {
    const test = await ticketingTest();
    const concertId = await test.concert();
    await test.buy(randomUUID(), { concertId });
    const userId = await test.user();
    const data = { userId, adminId: test.adminId, role: 'UNAUTHENTICATED' } as const;
    await test.admin.updateUserRole({ subject: userId, data });
    await test.bus.settled();
    await test.buy(userId, { concertId });
    expect(failures(test, 'shopping-carts')).toEqual(Array(2).fill('THE_USER_IS_NOT_LOGGED_IN'));
    expect(test.published('reservation.created')).toEqual([]);
  });

  it('do not let users touch the reservations of others', async () => {
    const test = await ticketingTest();
    const concertId = await test.concert();
    test.provider.answer = 'silence';
    const cartId = await test.buy(await test.user(), { concertId });
    const reservationId = reservationIdOf(cartId, concertId);
    const data = { reservationId, reason: 'CANCELLED_BY_USER', userId: await test.user() } as const;
    await test.website.cancelReservation({ subject: reservationId, data });
    await test.bus.settled();
    expect(failures(test, 'reservations')).toEqual(['THE_RESERVATION_BELONGS_TO_ANOTHER_USER']);
  });
});

describe('a user', () => {
  it('has one purchase under way, and then another', async () => {
    const test = await ticketingTest();
    const concertId = await test.concert();
    const userId = await test.user();
    const carts = [await test.cart({ concertId }), await test.cart({ concertId })];
    await Promise.all(carts.map((cartId) => test.confirm(userId, cartId)));
    await test.bus.settled();
    expect(failures(test, 'shopping-carts')).toEqual(['THE_USER_HAS_A_CONFIRMED_CART_ALREADY']);
    await test.confirm(userId, carts[1] ?? '');
    await test.bus.settled();
    expect(test.published('order.completed')).toHaveLength(2);
  });

  it('can buy again after a payment has failed', async () => {
    const test = await ticketingTest();
    const concertId = await test.concert();
    const userId = await test.user();
    test.provider.answer = 'declined';
    await test.buy(userId, { concertId });
    expect(await availableOf(test, concertId)).toMatchObject({ REGULAR: 100 });
    test.provider.answer = 'collected';
    await test.buy(userId, { concertId });
    expect(test.published('shopping-cart.closed').map(({ outcome }) => outcome)).toEqual([
      'CANCELLED',
      'COMPLETED',
    ]);
  });

  it('registers an e-mail address once, however it is written', async () => {
    const test = await ticketingTest();
    for (const email of ['grace@example.org', 'Grace@Example.org']) {
      const userId = randomUUID();
      await test.website.registerUser({ subject: userId, data: { userId, email, name: 'Grace' } });
    }
    await test.bus.settled();
    expect(failures(test, 'users')).toEqual(['THE_E_MAIL_ADDRESS_IS_REGISTERED_ALREADY']);
  });
});

describe('time and money', () => {
  it('keeps tickets that are paid, also when their time is up', async () => {
    const test = await ticketingTest();
    const concertId = await test.concert();
    await test.buy(await test.user(), { concertId, quantity: 3 });
    await test.pass(2 * RESERVATION_TIME);
    expect(test.published('reservation.expired')).toEqual([]);
    expect(await availableOf(test, concertId)).toMatchObject({ REGULAR: 97 });
  });

  it('gives money back that is collected after the time was up', async () => {
    const test = await ticketingTest();
    const concertId = await test.concert();
    test.provider.answer = 'silence';
    const cartId = await test.buy(await test.user(), { concertId });
    await test.pass(RESERVATION_TIME);
    test.provider.answer = 'collected';
    // In steps shorter than a handler may take, for the next try begins in the middle of one.
    for (let step = 0; step < 90; step += 1) await test.pass(50_000);
    const paymentId = paymentIdOf(cartId);
    expect(test.provider.books.get(paymentId)).toBe(0);
    expect(await test.bus.store.transaction((tx) => collected(tx).get(paymentId))).toBeDefined();
    expect(failures(test, 'payments')).toEqual(['THE_PAYMENT_IS_CONFIRMED_OR_REFUNDED_ALREADY']);
    expect(await availableOf(test, concertId)).toMatchObject({ REGULAR: 100 });
  });

  it('of two concerts, gives back what the cancelled one cost, and the other stays', async () => {
    const test = await ticketingTest();
    const first = await test.concert();
    const second = await test.concert({ REGULAR: { capacity: 5, price: euros(3_000) } });
    const userId = await test.user();
    const cartId = await test.buy(userId, { concertId: first }, { concertId: second, quantity: 2 });
    const data = { concertId: second, adminId: test.adminId, reason: 'Illness' };
    await test.admin.cancelConcert({ subject: second, data });
    await test.bus.settled();

    expect(test.provider.books.get(paymentIdOf(cartId))).toBe(6_500);
    expect(test.published('payment.refunded')).toMatchObject([
      { amount: euros(6_000), orderIds: [orderIdOf(cartId, second)], reason: 'CONCERT_CANCELLED' },
    ]);
    expect(test.published('invoice.updated').at(-1)).toMatchObject({ status: 'PAID', total: euros(6_500) });
    expect(test.published('user-financial-info.updated').at(-1)).toMatchObject({
      status: 'COMPLETED',
      completed: euros(6_500),
    });
    // And the other as well: nothing is left.
    await test.admin.cancelConcert({ subject: first, data: { ...data, concertId: first } });
    await test.bus.settled();
    expect(test.provider.books.get(paymentIdOf(cartId))).toBe(0);
    expect(test.published('invoice.updated').at(-1)).toMatchObject({ status: 'CANCELLED' });
    expect(test.published('user-financial-info.updated').at(-1)).toMatchObject({ completed: euros(0) });
  });

  it('sells nothing for a concert that is cancelled, from cart to reservation', async () => {
    const test = await ticketingTest();
    const concertId = await test.concert();
    const userId = await test.user();
    const cartId = await test.cart({ concertId });
    const data = { concertId, adminId: test.adminId, reason: 'Illness' };
    await test.admin.cancelConcert({ subject: concertId, data });
    await test.bus.settled();
    await test.confirm(userId, cartId);
    await test.bus.settled();
    await test.cart({ concertId });
    expect(failures(test, 'shopping-carts')).toEqual([
      'A_CONCERT_IN_THE_CART_IS_CANCELLED',
      'THE_CONCERT_IS_CANCELLED',
    ]);
    expect(await test.reservations.create(reserve(concertId, 1))).toMatchObject({
      code: 'THE_CONCERT_IS_CANCELLED',
    });
  });

  it('holds what cannot be entered for people to look at', async () => {
    const test = await ticketingTest();
    const concertId = await test.concert();
    const cartId = await test.buy(await test.user(), { concertId });
    await test.bus.settled();
    const [invoice] = test.published('invoice.created');
    const invoiceId = String(invoice?.invoiceId);
    const data = { invoiceId, paymentId: paymentIdOf(cartId), status: 'PAID' } as const;
    await purchaseProducer(test.bus).updateInvoice({ subject: invoiceId, data });
    await test.bus.settled();
    const shown = await test.bus.store.transaction((tx) => held(tx).list());
    expect(shown.map(({ document }) => document)).toMatchObject([
      { cartId, command: 'ticketing.invoice.update' },
    ]);
  });
});

describe('personal data', () => {
  it('is not to be read in stored events', async () => {
    const test = await ticketingTest();
    const printed = { concertId: await test.concert(), ticketType: 'PRINTED' } as const;
    await test.buy(await test.user(), printed, { concertId: printed.concertId });
    const stored = await test.bus.store.transaction(async (tx) =>
      JSON.stringify(await tx.events.readAll({ limit: 1_000 })),
    );
    expect(stored).toContain('TicketDeliveryPrepared');
    expect(stored).not.toMatch(/@example\.org|Hafenstraße|Grace|20457|tok_1/);
    const to = test.parcels.map((it) => it.to);
    expect(to).toContainEqual({ email: 'grace@example.org' });
    expect(to).toContainEqual(
      expect.objectContaining({ address: expect.objectContaining({ city: 'Hamburg' }) }),
    );
  });
});

describe('what people see after a day', () => {
  it('is what happened', async () => {
    const test = await ticketingTest();
    const concertId = await test.concert();
    const userId = await test.user();
    const cartId = await test.buy(userId, { concertId }, { concertId, ticketType: 'PRINTED' });
    const open = await test.cart({ concertId, quantity: 3 });
    const one = { cartId: open, concertId, level: 'REGULAR', ticketType: 'ONLINE', quantity: 1 } as const;
    await test.website.removeTicketFromCart({ subject: open, data: one });
    await test.bus.settled();
    const { id } = await test.website.removeTicketFromCart({ subject: open, data: { ...one, quantity: 9 } });
    const empty = await test.cart({ concertId });
    await test.website.clearCart({ subject: empty, data: { cartId: empty } });
    const about = { concertId, adminId: test.adminId };
    const moved = { ...about, name: 'The Who', venue: 'Leeds', startsAt: '2099-01-01T00:00:00Z' };
    await test.admin.updateConcert({ subject: concertId, data: moved });
    const data = { userId, adminId: test.adminId, role: 'ADMIN' } as const;
    await test.admin.updateUserRole({ subject: userId, data });
    await test.bus.settled();
    test.provider.answer = 'silence';
    const late = await test.buy(await test.user(), { concertId });
    await test.bus.store.transaction(async (tx) => {
      expect(await countdowns(tx).get(reservationIdOf(late, concertId))).toBeDefined();
    });
    await test.pass(RESERVATION_TIME);

    await test.bus.store.transaction(async (tx) => {
      expect(await programme(tx).get(concertId)).toMatchObject({
        name: 'The Who',
        prices: { REGULAR: 6_500, GOLDEN_CIRCLE: 12_000 },
      });
      expect(await cartPages(tx).get(cartId)).toEqual({ tickets: [], status: 'bought' });
      expect(await cartPages(tx).get(open)).toMatchObject({ tickets: [{ quantity: 2 }], status: 'open' });
      expect(await cartPages(tx).get(empty)).toEqual({ tickets: [], status: 'open' });
      expect(await cartPages(tx).get(late)).toEqual({ tickets: [], status: 'given up' });
      expect((await orderPages(tx).get(orderIdOf(cartId, concertId)))?.status).toMatch(/mail box|post/);
      expect(await orderPages(tx).get(orderIdOf(late, concertId))).toEqual({
        status: 'cancelled: RESERVATION_EXPIRED',
      });
      expect(await countdowns(tx).get(reservationIdOf(late, concertId))).toBeUndefined();
      const statuses = (await invoicePages(tx).list()).map(({ document }) => document.status);
      expect(statuses.toSorted()).toEqual(['CANCELLED', 'PAID']);
      expect(await accountPages(tx).get(userId)).toEqual({ ongoing: 0, completed: 13_000 });
      expect(await roles(tx).get(userId)).toEqual({ role: 'ADMIN' });
      expect(await messages(tx).get(id)).toEqual({ text: 'The cart holds 2 of them.' });
    });
  });
});

describe('a season, whatever happens in it', () => {
  type Act =
    | { readonly act: 'buy'; readonly who: number; readonly what: readonly number[] }
    | { readonly act: 'provider'; readonly says: 'collected' | 'declined' | 'silence' }
    | { readonly act: 'token'; readonly isKnown: boolean }
    | { readonly act: 'let-go' }
    | { readonly act: 'wait' }
    | { readonly act: 'cancel'; readonly concert: number };
  const act: fc.Arbitrary<Act> = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        act: fc.constant('buy' as const),
        who: fc.nat(3),
        what: fc.uniqueArray(fc.nat(1), { minLength: 1, maxLength: 2 }),
      }),
    },
    fc.record({
      act: fc.constant('provider' as const),
      says: fc.constantFrom('collected' as const, 'declined' as const, 'silence' as const),
    }),
    fc.record({ act: fc.constant('token' as const), isKnown: fc.boolean() }),
    fc.constant({ act: 'let-go' as const }),
    fc.constant({ act: 'wait' as const }),
    fc.record({ act: fc.constant('cancel' as const), concert: fc.nat(1) }),
  );

  it(
    'holds what was sold and no more, and as much money as that cost',
    () =>
      fc.assert(
        fc.asyncProperty(
          fc.array(fc.array(act, { minLength: 1, maxLength: 4 }), { maxLength: 5 }),
          async (days) => {
            const test = await beginTicketing();
            try {
              const capacity = 5;
              const level = { REGULAR: { capacity, price: euros(100) } };
              const concerts = [await test.concert(level), await test.concert(level)];
              const people = [await test.user(), await test.user(), await test.user(), await test.user()];
              const play = async (it: Act): Promise<void> => {
                switch (it.act) {
                  case 'buy': {
                    const wanted = it.what.map((n) => ({ concertId: concerts[n] ?? '', quantity: 2 }));
                    await test.confirm(people[it.who] ?? '', await test.cart(...wanted));
                    return;
                  }
                  case 'provider':
                    test.provider.answer = it.says;
                    return;
                  case 'token':
                    test.provider.isTokenKnown = it.isKnown;
                    return;
                  case 'let-go': {
                    const last = test.published('reservation.created').at(-1);
                    if (!last) return;
                    const { reservationId, userId } = last as { reservationId: string; userId: string };
                    const data = { reservationId, reason: 'CANCELLED_BY_USER', userId } as const;
                    await test.website.cancelReservation({ subject: reservationId, data });
                    return;
                  }
                  case 'wait':
                    await test.pass(RESERVATION_TIME);
                    return;
                  case 'cancel': {
                    const concertId = concerts[it.concert] ?? '';
                    const data = { concertId, adminId: test.adminId, reason: 'Illness' };
                    await test.admin.cancelConcert({ subject: concertId, data });
                    return;
                  }
                }
              };
              for (const day of days) {
                // The acts of a day are at once: the second does not wait for what the first leads to.
                await Promise.all(day.map(play));
                await test.bus.settled();
              }
              test.provider.answer = 'declined';
              for (let step = 0; step < 90; step += 1) await test.pass(50_000);

              const undone = new Set(test.published('order.cancelled').map(({ orderId }) => orderId));
              const sold = test.published('order.completed').filter(({ orderId }) => !undone.has(orderId));
              for (const concertId of concerts) {
                const tickets = sold.filter((it) => it.concertId === concertId).length * 2;
                expect(tickets).toBeLessThanOrEqual(capacity);
                const taken = capacity - ((await availableOf(test, concertId)).REGULAR ?? capacity - tickets);
                expect(taken).toBe(tickets);
              }
              const money = [...test.provider.books.values()].reduce((sum, it) => sum + it, 0);
              expect(money).toBe(sold.length * 200);
              expect(test.published('shopping-cart.closed')).toHaveLength(
                test.published('shopping-cart.confirmed').length,
              );
              const letters = test.observed.filter(({ kind }) => kind === 'dead-lettered');
              expect(letters).toEqual([]);
            } finally {
              await test.stop();
            }
          },
        ),
        { numRuns: 25 },
      ),
    120_000,
  );
});

it('a big concert that is cancelled is undone some purchases at a time', async () => {
  const test = await ticketingTest();
  const concertId = await test.concert();
  const carts: string[] = [];
  for (let n = 0; n < UNDONE_AT_ONCE + 5; n += 1)
    carts.push(await test.buy(await test.user(), { concertId, quantity: 1 }));
  const data = { concertId, adminId: test.adminId, reason: 'Rain.' };
  await test.admin.cancelConcert({ subject: concertId, data });
  await test.bus.settled();
  // A full page, the rest, and a look that finds nothing more.
  const steps = test.observed.filter(
    (it) => it.kind === 'deadline-reached' && it.process === 'purchase/undo-concert',
  );
  expect(steps).toHaveLength(3);
  expect(test.published('payment.refunded')).toHaveLength(carts.length);
  expect([...test.provider.books.values()]).toEqual(carts.map(() => 0));
});
