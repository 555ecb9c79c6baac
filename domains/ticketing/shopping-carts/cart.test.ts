import type { CartTicket, TicketType } from '@chirograph/generated/ticketing/types';
import { fold, isRefusal } from '@chirograph/runtime';
import { specification } from '@chirograph/runtime/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CartCommand, type CartEvent, type ConfirmCart, cart, MOST, type Offer } from './cart.ts';

const given = specification(cart);

const price = { amount: 6_500, currency: 'EUR' };
const concert: Offer = {
  ticketLevels: { REGULAR: { capacity: 100, price }, VIP: { capacity: 5, price } },
  isCancelled: false,
};
const created = (userId?: string): CartEvent => ({
  type: 'CartCreated',
  data: { cartId: 'k-1', ...(userId !== undefined && { userId }) },
});
const kind = (changes: Partial<CartTicket> = {}) =>
  ({ concertId: 'c-1', level: 'REGULAR', ticketType: 'ONLINE', quantity: 2, ...changes }) as const;
const add = (changes: Partial<CartTicket> = {}, offer: Offer | undefined = concert) =>
  ({ type: 'AddTicketToCart', ...kind(changes), concert: offer }) as const;
const remove = (changes: Partial<CartTicket> = {}) =>
  ({ type: 'RemoveTicketFromCart', ...kind(changes) }) as const;
const added = (changes: Partial<CartTicket> = {}): CartEvent => ({
  type: 'TicketAddedToCart',
  data: { cartId: 'k-1', unitPrice: price, ...kind(changes) },
});
const removed = (changes: Partial<CartTicket> = {}): CartEvent => ({
  type: 'TicketRemovedFromCart',
  data: { cartId: 'k-1', ...kind(changes) },
});
const cleared: CartEvent = { type: 'CartCleared', data: { cartId: 'k-1' } };
const recipient = {
  name: 'Grace',
  email: 'grace@example.org',
  address: { street: 'S 1', city: 'C', postalCode: '20457', country: 'DE' },
};
const confirm: ConfirmCart = {
  type: 'ConfirmCart',
  userId: 'u-1',
  recipient,
  paymentToken: 'tok_1',
  isLoggedIn: true,
  confirmedCartId: undefined,
  cancelledConcertIds: [],
};
const confirmed = (...tickets: readonly CartTicket[]): CartEvent => ({
  type: 'CartConfirmed',
  data: { cartId: 'k-1', userId: 'u-1', tickets, recipient, paymentToken: 'tok_1' },
});
const ticket = (changes: Partial<CartTicket> = {}): CartTicket => ({
  ...kind(),
  unitPrice: price,
  ...changes,
});
const closed: CartEvent = {
  type: 'CartClosed',
  data: { cartId: 'k-1', userId: 'u-1', outcome: 'COMPLETED' },
};
const close = { type: 'CloseCart', outcome: 'COMPLETED' } as const;
const bought = [created(), added(), confirmed(ticket())];

describe('a cart', () => {
  it('is opened for visitors and for users, once', () => {
    given().when({ type: 'CreateCart', cartId: 'k-1' }).then(created());
    given().when({ type: 'CreateCart', cartId: 'k-1', userId: 'u-1' }).then(created('u-1'));
    given(created())
      .when({ type: 'CreateCart', cartId: 'k-1' })
      .refuses('THERE_IS_A_CART_WITH_THIS_ID_ALREADY');
  });
  it('has to be there', () => {
    const clear = { type: 'ClearCart' } as const;
    for (const command of [add(), remove(), clear, confirm, close]) {
      given().when(command).refuses('CART_NOT_FOUND');
    }
  });
  it('changes no more once it is confirmed, or closed', () => {
    for (const history of [bought, [...bought, closed]]) {
      for (const command of [add(), remove(), { type: 'ClearCart' } as const, confirm]) {
        given(...history)
          .when(command)
          .refuses('THE_CART_IS_CONFIRMED');
      }
    }
  });
});

describe('adding tickets', () => {
  it('takes them at their price', () => given(created()).when(add()).then(added()));
  it('needs a concert that takes place', () => {
    given(created())
      .when({ ...add(), concert: undefined })
      .refuses('CONCERT_NOT_FOUND');
    given(created())
      .when(add({}, { ...concert, isCancelled: true }))
      .refuses('THE_CONCERT_IS_CANCELLED');
  });
  it('needs a level that the concert has', () =>
    given(created())
      .when(add({ level: 'BALCONY' }))
      .refuses('THE_CONCERT_DOES_NOT_HAVE_THE_LEVEL'));
  it('stops at what a cart can hold, of both types together', () => {
    const online = added({ quantity: 15 });
    given(created(), online)
      .when(add({ ticketType: 'PRINTED', quantity: MOST - 15 }))
      .then(added({ ticketType: 'PRINTED', quantity: MOST - 15 }));
    given(created(), online)
      .when(add({ ticketType: 'PRINTED', quantity: MOST - 14 }))
      .refuses('MORE_THAN_A_CART_CAN_HOLD');
    given(created(), online)
      .when(add({ level: 'VIP' }))
      .then(added({ level: 'VIP' }));
  });
  it('keeps to one currency', () => {
    const dollars = { REGULAR: { capacity: 1, price: { amount: 1, currency: 'USD' } } };
    given(created(), added())
      .when(add({ concertId: 'c-2' }, { ...concert, ticketLevels: dollars }))
      .refuses('THE_CURRENCY_IS_NOT_THAT_OF_THE_CART');
  });
});

describe('taking tickets out', () => {
  it('takes those that are there', () =>
    given(created(), added())
      .when(remove({ quantity: 1 }))
      .then(removed({ quantity: 1 })));
  it('takes no more than are there, and of their kind', () => {
    given(created(), added())
      .when(remove({ quantity: 3 }))
      .refuses('THE_CART_HOLDS_FEWER_TICKETS');
    given(created(), added())
      .when(remove({ ticketType: 'PRINTED', quantity: 1 }))
      .refuses('THE_CART_HOLDS_FEWER_TICKETS');
  });
  it('takes all, where there are any', () => {
    given(created(), added()).when({ type: 'ClearCart' }).then(cleared);
    given(created()).when({ type: 'ClearCart' }).then();
  });
});

describe('confirming', () => {
  it('buys what is in the cart, and makes the cart the user’s', () => {
    given(created(), added(), added())
      .when(confirm)
      .then(confirmed(ticket({ quantity: 4 })));
    given(created('u-1'), added()).when(confirm).then(confirmed(ticket()));
  });
  it('needs tickets', () => {
    given(created()).when(confirm).refuses('THE_CART_IS_EMPTY');
    given(created(), added(), cleared).when(confirm).refuses('THE_CART_IS_EMPTY');
    given(created(), added(), removed()).when(confirm).refuses('THE_CART_IS_EMPTY');
  });
  it('needs a user who is logged in', () =>
    given(created(), added())
      .when({ ...confirm, isLoggedIn: false })
      .refuses('THE_USER_IS_NOT_LOGGED_IN'));
  it('is not of somebody else’s cart', () =>
    given(created('u-2'), added()).when(confirm).refuses('THE_CART_BELONGS_TO_ANOTHER_USER'));
  it('waits for the end of another purchase', () =>
    given(created(), added())
      .when({ ...confirm, confirmedCartId: 'k-0' })
      .refuses('THE_USER_HAS_A_CONFIRMED_CART_ALREADY'));
  it('needs an address for printed tickets alone', () => {
    const without = { ...confirm, recipient: { name: 'Grace', email: 'grace@example.org' } };
    given(created(), added({ ticketType: 'PRINTED' }))
      .when(without)
      .refuses('PRINTED_TICKETS_NEED_A_POSTAL_ADDRESS');
    given(created(), added())
      .when(without)
      .then({
        type: 'CartConfirmed',
        data: {
          cartId: 'k-1',
          userId: 'u-1',
          tickets: [ticket()],
          recipient: without.recipient,
          paymentToken: 'tok_1',
        },
      });
  });
  it('buys nothing for a concert that is cancelled', () =>
    given(created(), added())
      .when({ ...confirm, cancelledConcertIds: ['c-1'] })
      .refuses('A_CONCERT_IN_THE_CART_IS_CANCELLED'));
});

describe('closing', () => {
  it('ends a purchase, once', () => {
    given(...bought)
      .when(close)
      .then(closed);
    given(...bought, closed)
      .when(close)
      .refuses('THE_CART_IS_NOT_CONFIRMED');
    given(created(), added()).when(close).refuses('THE_CART_IS_NOT_CONFIRMED');
  });
});

it('whatever is asked, a cart counts each kind once, never below one, and holds what was put into it', () => {
  const of = fc.record({
    concertId: fc.constantFrom('c-1', 'c-2'),
    level: fc.constantFrom('REGULAR', 'VIP'),
    ticketType: fc.constantFrom<TicketType>('ONLINE', 'PRINTED'),
    quantity: fc.integer({ min: 1, max: 12 }),
  });
  const command: fc.Arbitrary<CartCommand> = fc.oneof(
    { weight: 4, arbitrary: of.map((it) => add(it)) },
    { weight: 3, arbitrary: of.map((it) => remove(it)) },
    fc.constantFrom<CartCommand>({ type: 'ClearCart' }, confirm, close),
  );
  fc.assert(
    fc.property(fc.array(command, { maxLength: 30 }), (asked) => {
      const history: CartEvent[] = [created()];
      const model = new Map<string, number>();
      for (const it of asked) {
        const decision = cart.decide(it, fold(cart, history));
        if (isRefusal(decision)) continue;
        history.push(...decision);
        if ('quantity' in it) {
          const key = `${it.concertId} ${it.level} ${it.ticketType}`;
          const sign = it.type === 'AddTicketToCart' ? 1 : -1;
          model.set(key, (model.get(key) ?? 0) + sign * it.quantity);
        } else if (it.type === 'ClearCart') model.clear();
        const state = fold(cart, history);
        if (state.kind === 'unknown') throw new Error('the cart is gone');
        const counted = state.tickets.map(
          (one) => [`${one.concertId} ${one.level} ${one.ticketType}`, one.quantity] as const,
        );
        expect(counted.toSorted()).toEqual([...model].filter(([, count]) => count !== 0).sort());
        expect(counted.every(([, count]) => count >= 1)).toBe(true);
        for (const level of ['REGULAR', 'VIP']) {
          for (const concertId of ['c-1', 'c-2']) {
            const together = state.tickets.filter(
              (one) => one.level === level && one.concertId === concertId,
            );
            expect(together.reduce((sum, one) => sum + one.quantity, 0)).toBeLessThanOrEqual(MOST);
          }
        }
      }
    }),
  );
});
