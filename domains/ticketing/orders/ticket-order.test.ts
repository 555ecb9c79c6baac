import { fold, isRefusal } from '@chirograph/runtime';
import { specification } from '@chirograph/runtime/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type OrderCommand, type OrderEvent, ticketOrder } from './ticket-order.ts';

const given = specification(ticketOrder);

const unitPrice = { amount: 6_500, currency: 'EUR' };
const tickets = [{ level: 'REGULAR', ticketType: 'ONLINE', quantity: 2, unitPrice }] as const;
const about = { orderId: 'o-1', cartId: 'k-1', userId: 'u-1', concertId: 'c-1', reservationId: 'r-1' };
const data = { ...about, tickets, totalAmount: { amount: 13_000, currency: 'EUR' } };
const setAside = { userId: 'u-1', concertId: 'c-1', tickets };

const create = { type: 'CreateOrder', ...data, setAside } as const;
const created: OrderEvent = { type: 'OrderCreated', data };
const complete = { type: 'CompleteOrder', paymentId: 'p-1', isPaid: true } as const;
const completed: OrderEvent = { type: 'OrderCompleted', data: { ...about, paymentId: 'p-1', tickets } };
const cancel = { type: 'CancelOrder', reason: 'RESERVATION_EXPIRED' } as const;
const compensate = { type: 'CompensateOrder', reason: 'CONCERT_CANCELLED' } as const;
const cancelled = (reason: 'RESERVATION_EXPIRED' | 'CONCERT_CANCELLED'): OrderEvent => ({
  type: 'OrderCancelled',
  data: { ...about, reason },
});

describe('an order', () => {
  it('is of what is set aside', () => given().when(create).then(created));
  it.each([
    ['of nothing', undefined],
    ['of what is set aside for somebody else', { ...setAside, userId: 'u-2' }],
    ['of another concert', { ...setAside, concertId: 'c-2' }],
    ['of more than is set aside', { ...setAside, tickets: [{ ...tickets[0], quantity: 1 }] }],
  ])('is not %s', (_, other) =>
    given()
      .when({ ...create, setAside: other })
      .refuses('THE_TICKETS_ARE_NOT_SET_ASIDE'),
  );
  it('costs what its tickets cost', () => {
    for (const totalAmount of [
      { amount: 12_999, currency: 'EUR' },
      { amount: 13_000, currency: 'USD' },
    ]) {
      given()
        .when({ ...create, totalAmount })
        .refuses('THE_TOTAL_IS_NOT_THE_PRICE_OF_THE_TICKETS');
    }
  });
  it('is made once under an id', () =>
    given(created).when(create).refuses('THERE_IS_AN_ORDER_WITH_THIS_ID_ALREADY'));
  it('has to be there', () => {
    for (const command of [complete, cancel, compensate]) given().when(command).refuses('ORDER_NOT_FOUND');
  });

  it('is completed when it is paid, once', () => {
    given(created).when(complete).then(completed);
    given(created, completed).when(complete).then();
  });
  it('is not completed before', () =>
    given(created)
      .when({ ...complete, isPaid: false })
      .refuses('THE_PAYMENT_IS_NOT_CONFIRMED'));
  it('is not completed when it is cancelled', () =>
    given(created, cancelled('RESERVATION_EXPIRED')).when(complete).refuses('THE_ORDER_IS_CANCELLED'));

  it('is cancelled while it is open, once', () => {
    given(created).when(cancel).then(cancelled('RESERVATION_EXPIRED'));
    given(created, completed).when(cancel).refuses('THE_ORDER_IS_COMPLETE_ALREADY');
    given(created, cancelled('RESERVATION_EXPIRED')).when(cancel).refuses('THE_ORDER_IS_CANCELLED_ALREADY');
  });
  it('is compensated, complete or not, once', () => {
    given(created).when(compensate).then(cancelled('CONCERT_CANCELLED'));
    given(created, completed).when(compensate).then(cancelled('CONCERT_CANCELLED'));
    given(created, cancelled('CONCERT_CANCELLED')).when(compensate).refuses('THE_ORDER_IS_CANCELLED_ALREADY');
  });
});

it('whatever is asked, no order is complete that is not paid, and none comes back', () => {
  const command: fc.Arbitrary<OrderCommand> = fc.oneof(
    fc.constantFrom<OrderCommand>(create, cancel, compensate),
    fc.boolean().map((isPaid) => ({ ...complete, isPaid })),
  );
  fc.assert(
    fc.property(fc.array(command, { maxLength: 15 }), (asked) => {
      const history: OrderEvent[] = [];
      for (const it of asked) {
        const decision = ticketOrder.decide(it, fold(ticketOrder, history));
        if (isRefusal(decision)) continue;
        if (decision.some(({ type }) => type === 'OrderCompleted'))
          expect(it).toMatchObject({ isPaid: true });
        history.push(...decision);
      }
      const life = history.map(({ type }) => type.slice('Order'.length)).join(' ');
      expect(life).toMatch(/^(Created( Completed)?( Cancelled)?)?$/);
    }),
  );
});
