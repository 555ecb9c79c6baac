import type { CartConfirmedData, CartTicket } from '@chirograph/generated/ticketing/types';
import { fold } from '@chirograph/runtime';
import { specification } from '@chirograph/runtime/testing';
import { describe, expect, it } from 'vitest';
import { orderIdOf, type PurchaseCommand, type PurchaseEvent, purchase } from './purchase.ts';

const given = specification(purchase);

const unitPrice = { amount: 100, currency: 'EUR' };
const ticket = (concertId: string, ticketType: 'ONLINE' | 'PRINTED' = 'ONLINE'): CartTicket => ({
  concertId,
  level: 'REGULAR',
  ticketType,
  quantity: 1,
  unitPrice,
});
const cart = (...tickets: readonly CartTicket[]): CartConfirmedData => ({
  cartId: 'k-1',
  userId: 'u-1',
  tickets,
  recipient: { name: 'Grace', email: 'grace@example.org' },
  paymentToken: 'tok_1',
});
const begun = (...tickets: readonly CartTicket[]): PurchaseEvent => ({
  type: 'PurchaseBegun',
  data: cart(...tickets),
});
const one = begun(ticket('c-1'));
const two = begun(ticket('c-1'), ticket('c-2'));

const of = <Type extends string>(type: Type, concertId = 'c-1') => ({ type, concertId });
const reserved = (concertId = 'c-1', isTooLate = false): PurchaseEvent => ({
  ...of('TicketsReserved', concertId),
  isTooLate,
});
const due: PurchaseEvent = { type: 'PaymentDue' };
const ongoing: PurchaseEvent = { type: 'PaymentOngoing' };
const paid: PurchaseEvent = { type: 'PurchasePaid' };
const complete = (concertId = 'c-1', isToUndo = false): PurchaseEvent => ({
  ...of('OrderCompleted', concertId),
  isToUndo,
});
const delivered = (concertId = 'c-1', ticketType: 'ONLINE' | 'PRINTED' = 'ONLINE'): PurchaseEvent => ({
  ...of('TicketsDelivered', concertId),
  ticketType,
});
const ended = (outcome: 'COMPLETED' | 'CANCELLED'): PurchaseEvent => ({ type: 'PurchaseEnded', outcome });
type Reason = Extract<PurchaseEvent, { type: 'PurchaseGivenUp' }>['reason'];
const givenUp = (reason: Reason): PurchaseEvent => ({ type: 'PurchaseGivenUp', reason });
const undo = (
  reason: Reason,
  by: 'cancelling' | 'compensating' = 'cancelling',
  concertId = 'c-1',
): PurchaseEvent => ({ ...of('OrderToUndo', concertId), by, reason });
const toFree = (reason: Reason, concertId = 'c-1'): PurchaseEvent => ({
  ...of('TicketsToFree', concertId),
  reason,
});
const over = (concertId = 'c-1'): PurchaseEvent => of('ReservationOver', concertId);
const orderOver = (concertId = 'c-1'): PurchaseEvent => of('OrderOver', concertId);
const toReturn = (reason: Reason, orderIds?: readonly string[]): PurchaseEvent => ({
  type: 'MoneyToReturn',
  reason,
  ...(orderIds && { orderIds }),
});
const order = (concertId = 'c-1') => orderIdOf('k-1', concertId);
const returned = (left: number, ...concertIds: readonly string[]): PurchaseEvent => ({
  type: 'MoneyReturned',
  orderIds: concertIds.map(order),
  left,
});

const noteReserved = (concertId = 'c-1', isConcertCancelled = false): PurchaseCommand => ({
  ...of('NoteReserved', concertId),
  isConcertCancelled,
});
const noteEnded = (reason: Reason, concertId = 'c-1'): PurchaseCommand => ({
  ...of('NoteReservationEnded', concertId),
  reason,
});
const noteCancelled = (reason: Reason, concertId = 'c-1'): PurchaseCommand => ({
  ...of('NoteOrderCancelled', concertId),
  reason,
});
const noteRefunded = (...concertIds: readonly string[]): PurchaseCommand => ({
  type: 'NoteRefunded',
  orderIds: concertIds.map(order),
});
const noteDelivered = (concertId = 'c-1', ticketType: 'ONLINE' | 'PRINTED' = 'ONLINE'): PurchaseCommand => ({
  ...of('NoteDelivered', concertId),
  ticketType,
});

const opened = [one, reserved(), of('OrderOpened')] as const;
const waiting = [...opened, due, ongoing] as const;
const bought = [...waiting, paid, complete()] as const;
const bothBought = [
  ...[two, reserved(), reserved('c-2'), of('OrderOpened'), of('OrderOpened', 'c-2')],
  ...[due, ongoing, paid, complete(), complete('c-2')],
] as const;

describe('a purchase', () => {
  it('begins with a confirmed cart, once', () => {
    given()
      .when({ type: 'Begin', data: cart(ticket('c-1')) })
      .then(one);
    given(one)
      .when({ type: 'Begin', data: cart(ticket('c-1')) })
      .then();
  });
  it('leaves alone what is about no purchase, or about no concert of it', () => {
    given().when(noteReserved()).then();
    given(one).when(noteReserved('c-9')).then();
  });
  it('orders what is set aside, and pays when all orders are open', () => {
    given(two).when(noteReserved()).then(reserved());
    given(two, reserved(), reserved('c-2')).when(of('NoteOrdered')).then(of('OrderOpened'));
    given(two, reserved(), reserved('c-2'), of('OrderOpened'))
      .when(of('NoteOrdered', 'c-2'))
      .then(of('OrderOpened', 'c-2'), due);
  });
  it('is paid, completed, delivered, and over', () => {
    given(...opened, due)
      .when({ type: 'NotePaymentInitiated' })
      .then(ongoing);
    given(...waiting)
      .when({ type: 'NotePaid' })
      .then(paid);
    given(...waiting, paid)
      .when(of('NoteOrderCompleted'))
      .then(complete());
    given(...bought)
      .when(noteDelivered())
      .then(delivered(), ended('COMPLETED'));
  });
  it('is over when all has arrived, of both types and all concerts', () => {
    const both = [
      begun(ticket('c-1'), ticket('c-1', 'PRINTED')),
      reserved(),
      of('OrderOpened'),
      due,
      ongoing,
    ];
    given(...both, paid, complete())
      .when(noteDelivered())
      .then(delivered());
    given(...both, paid, complete(), delivered())
      .when(noteDelivered('c-1', 'PRINTED'))
      .then(delivered('c-1', 'PRINTED'), ended('COMPLETED'));
    given(...bothBought)
      .when(noteDelivered())
      .then(delivered());
  });
  it('hears everything once', () => {
    given(...opened)
      .when(noteReserved())
      .then();
    given(...waiting)
      .when(of('NoteOrdered'))
      .then();
    given(...waiting)
      .when({ type: 'NotePaymentInitiated' })
      .then();
    given(...bought)
      .when({ type: 'NotePaid' })
      .then();
    given(...bought)
      .when(of('NoteOrderCompleted'))
      .then();
    given(...bought, delivered(), ended('COMPLETED'))
      .when(noteDelivered())
      .then();
  });
  it('may hear that it is paid before it hears that it is to be', () =>
    given(...opened, due)
      .when({ type: 'NotePaid' })
      .then(paid));
});

describe('before it is paid, it is given up as a whole', () => {
  const refused = (concertId: string): PurchaseCommand => ({
    ...of('NoteReservationRefused', concertId),
    reason: 'SOLD_OUT',
  });

  it('when tickets of one concert cannot be had', () => {
    given(one).when(refused('c-1')).then(over(), givenUp('SOLD_OUT'), ended('CANCELLED'));
    given(two, reserved()).when(refused('c-2')).then(over('c-2'), givenUp('SOLD_OUT'), undo('SOLD_OUT'));
  });
  it('when an order is refused: its tickets are no longer set aside', () =>
    given(one, reserved())
      .when(of('NoteOrderRefused'))
      .then(orderOver(), givenUp('RESERVATION_EXPIRED'), toFree('RESERVATION_EXPIRED')));
  it('when the time is up, or the user lets go', () => {
    for (const reason of ['RESERVATION_EXPIRED', 'CANCELLED_BY_USER'] as const) {
      given(...waiting)
        .when(noteEnded(reason))
        .then(over(), givenUp(reason), undo(reason));
    }
  });
  it('when the payment cannot begin', () =>
    given(...opened, due)
      .when({ type: 'NotePaymentRefused' })
      .then({ type: 'PaymentRefused' }, givenUp('PAYMENT_FAILED'), undo('PAYMENT_FAILED')));
  it('when the provider cannot collect: the orders are compensated', () =>
    given(...waiting)
      .when(noteRefunded('c-1'))
      .then(returned(0, 'c-1'), givenUp('PAYMENT_FAILED'), undo('PAYMENT_FAILED', 'compensating')));
  it('when a concert is cancelled', () => {
    given(...waiting)
      .when(of('NoteConcertCancelled'))
      .then(givenUp('CONCERT_CANCELLED'), undo('CONCERT_CANCELLED'));
    given(one)
      .when(noteReserved('c-1', true))
      .then(reserved('c-1', true), givenUp('CONCERT_CANCELLED'), toFree('CONCERT_CANCELLED'));
  });
  it('when an order is cancelled', () =>
    given(...opened)
      .when(noteCancelled('CANCELLED_BY_USER'))
      .then(orderOver(), givenUp('CANCELLED_BY_USER'), toFree('CANCELLED_BY_USER')));
  it('once', () =>
    given(...waiting, givenUp('CANCELLED_BY_USER'), undo('CANCELLED_BY_USER'))
      .when(of('NoteConcertCancelled'))
      .then());
});

describe('what was given up is undone', () => {
  const lost = [...waiting, over(), givenUp('RESERVATION_EXPIRED'), undo('RESERVATION_EXPIRED')] as const;

  it('money last: the cart is closed when nothing is owed', () => {
    given(...lost)
      .when(noteCancelled('RESERVATION_EXPIRED'))
      .then(orderOver(), toReturn('RESERVATION_EXPIRED'));
    given(...lost, orderOver(), toReturn('RESERVATION_EXPIRED'))
      .when(noteRefunded('c-1'))
      .then(returned(0, 'c-1'), ended('CANCELLED'));
  });
  it('what comes too late is given back', () => {
    const early = [two, over('c-2'), givenUp('SOLD_OUT')] as const;
    given(...early)
      .when(noteReserved())
      .then(reserved('c-1', true), toFree('SOLD_OUT'));
    given(...early, reserved('c-1', true), toFree('SOLD_OUT'))
      .when(noteEnded('SOLD_OUT'))
      .then(over(), ended('CANCELLED'));
    const unpaid = [...opened, due, givenUp('CONCERT_CANCELLED'), undo('CONCERT_CANCELLED')] as const;
    given(...unpaid)
      .when({ type: 'NotePaymentInitiated' })
      .then(ongoing, toReturn('CONCERT_CANCELLED'));
  });
  it('what is paid in the meantime goes back, asked for once', () => {
    given(...lost)
      .when({ type: 'NotePaid' })
      .then(toReturn('RESERVATION_EXPIRED'));
    given(...lost, orderOver(), toReturn('RESERVATION_EXPIRED'))
      .when({ type: 'NotePaid' })
      .then();
  });
  it('an order that was not there yet when it was cancelled is cancelled again', () => {
    const missed: PurchaseEvent = of('CancellingMissed');
    const early = [two, reserved(), over('c-2'), givenUp('SOLD_OUT'), undo('SOLD_OUT')] as const;
    given(...early)
      .when(of('NoteNothingToCancel'))
      .then(missed);
    given(...early, missed)
      .when(of('NoteOrdered'))
      .then(of('OrderOpened'), undo('SOLD_OUT'));
    given(...early, of('OrderOpened'))
      .when(of('NoteNothingToCancel'))
      .then(missed, undo('SOLD_OUT'));
    given(...early)
      .when(of('NoteOrdered'))
      .then(of('OrderOpened'));
  });
});

describe('after it is paid, one concert is undone', () => {
  it('when it is cancelled, and the money of its order goes back', () => {
    const both = [...bothBought, delivered(), delivered('c-2'), ended('COMPLETED')];
    given(...both)
      .when(of('NoteConcertCancelled', 'c-2'))
      .then(undo('CONCERT_CANCELLED', 'compensating', 'c-2'));
    const undone = [...both, undo('CONCERT_CANCELLED', 'compensating', 'c-2')];
    given(...undone)
      .when(noteCancelled('CONCERT_CANCELLED', 'c-2'))
      .then(
        orderOver('c-2'),
        toFree('CONCERT_CANCELLED', 'c-2'),
        toReturn('CONCERT_CANCELLED', [order('c-2')]),
      );
    given(...undone, orderOver('c-2'), toReturn('CONCERT_CANCELLED', [order('c-2')]))
      .when(noteRefunded('c-2'))
      .then(returned(100, 'c-2'));
  });
  it('when its reservation has ended all the same', () =>
    given(...bought)
      .when(noteEnded('RESERVATION_EXPIRED'))
      .then(over(), undo('RESERVATION_EXPIRED', 'compensating')));
  it('and the other is delivered: the purchase is complete', () => {
    const half = [
      ...bothBought,
      undo('CONCERT_CANCELLED', 'compensating', 'c-2'),
      orderOver('c-2'),
      over('c-2'),
    ];
    given(...half, returned(100, 'c-2'))
      .when(noteDelivered())
      .then(delivered(), ended('COMPLETED'));
    given(...half, delivered())
      .when(noteRefunded('c-2'))
      .then(returned(100, 'c-2'), ended('COMPLETED'));
  });
  it('and if there is no other, nothing is complete', () => {
    const undone = [...bought, undo('CONCERT_CANCELLED', 'compensating'), orderOver(), over()];
    given(...undone)
      .when(noteRefunded('c-1'))
      .then(returned(0, 'c-1'), ended('CANCELLED'));
  });
  it('what is to be undone is not delivered', () =>
    given(...waiting, paid, undo('CONCERT_CANCELLED', 'compensating'))
      .when(of('NoteOrderCompleted'))
      .then(complete('c-1', true)));
  it('once', () => {
    const undone = [...bought, undo('CONCERT_CANCELLED', 'compensating')];
    given(...undone)
      .when(of('NoteConcertCancelled'))
      .then();
    given(...undone, orderOver(), toReturn('CONCERT_CANCELLED'))
      .when(noteCancelled('CONCERT_CANCELLED'))
      .then();
  });
});

it('knows what it needs to decide from its events alone', () =>
  expect(fold(purchase, [...bothBought])).toMatchObject({
    payment: 'paid',
    wasPaid: true,
    ended: undefined,
  }));
