/** What a visitor asks of a cart and of reservations, refused for each failure. */
import { reservationIdOf } from '../purchase/purchase.ts';
import {
  bought,
  cancelled,
  concertId,
  confirmOf,
  inDollars,
  nothing,
  open,
  reservationOf,
  services,
  test,
  testRefusals,
  ticketOf,
  userId,
  waiting,
} from './fixture.ts';

testRefusals([
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
]);
