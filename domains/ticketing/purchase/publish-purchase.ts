import type { PurchaseProducer } from '@chirograph/generated/ticketing/producers/purchase';
import type {
  CompensationReason,
  OrderCancellationReason,
  RefundReason,
} from '@chirograph/generated/ticketing/types';
import type { PublishContext } from '@chirograph/runtime';
import { linesOf, priceOf } from '../price.ts';
import {
  deliveryIdOf,
  invoiceIdOf,
  type KnownPurchase,
  type Leg,
  orderIdOf,
  type Purchase,
  type PurchaseEvent,
  paymentIdOf,
  reservationIdOf,
  typesOf,
} from './purchase.ts';

/** Asks others for what a purchase needs next. */
export function publishPurchase(producer: PurchaseProducer) {
  return async (event: PurchaseEvent, context: PublishContext<Purchase>): Promise<void> => {
    const { state } = context;
    if (state.kind === 'unknown') throw new Error(`${event.type} left no purchase behind`);
    const { cartId, userId, recipient, paymentToken } = state.data;
    const paymentId = paymentIdOf(cartId);
    const invoiceId = invoiceIdOf(cartId);
    switch (event.type) {
      case 'PurchaseBegun':
        for (const { concertId, tickets } of state.legs.values()) {
          const reservationId = reservationIdOf(cartId, concertId);
          const data = { reservationId, cartId, userId, concertId, tickets };
          await producer.createReservation({ subject: reservationId, data }, context);
        }
        return;
      case 'TicketsReserved': {
        if (event.isTooLate) return;
        const { concertId, tickets } = legOf(state, event);
        const orderId = orderIdOf(cartId, concertId);
        const reservationId = reservationIdOf(cartId, concertId);
        const about = { orderId, cartId, userId, concertId, reservationId };
        const data = { ...about, tickets, totalAmount: priceOf(tickets) };
        await producer.createOrder({ subject: orderId, data }, context);
        return;
      }
      case 'TicketsToFree': {
        const reservationId = reservationIdOf(cartId, event.concertId);
        const data = { reservationId, reason: event.reason };
        await producer.cancelReservation({ subject: reservationId, data }, context);
        return;
      }
      case 'PaymentDue': {
        const orderIds = [...state.legs.keys()].map((it) => orderIdOf(cartId, it));
        const amount = totalOf(state);
        const due = { paymentId, cartId, orderIds, userId, amount, paymentToken };
        await producer.initiatePayment({ subject: paymentId, data: due }, context);
        const lines = [...state.legs.values()].flatMap((leg) =>
          linesOf({ ...leg, orderId: orderIdOf(cartId, leg.concertId) }),
        );
        const data = { invoiceId, cartId, userId, lines, total: amount };
        await producer.createInvoice({ subject: invoiceId, data }, context);
        return;
      }
      case 'PaymentOngoing': {
        const data = { userId, paymentId, amount: totalOf(state), status: 'ONGOING' } as const;
        await producer.updateUserFinancialInfo({ subject: userId, data }, context);
        return;
      }
      case 'PaymentRefused': {
        const data = { invoiceId, paymentId, status: 'CANCELLED' } as const;
        await producer.updateInvoice({ subject: invoiceId, data }, context);
        return;
      }
      case 'PurchasePaid': {
        const paid = { invoiceId, paymentId, status: 'PAID' } as const;
        await producer.updateInvoice({ subject: invoiceId, data: paid }, context);
        const entry = { userId, paymentId, amount: totalOf(state), status: 'COMPLETED' } as const;
        await producer.updateUserFinancialInfo({ subject: userId, data: entry }, context);
        for (const concertId of state.legs.keys()) {
          const orderId = orderIdOf(cartId, concertId);
          await producer.completeOrder({ subject: orderId, data: { orderId, paymentId } }, context);
        }
        return;
      }
      case 'OrderCompleted': {
        if (event.isToUndo) return;
        const leg = legOf(state, event);
        const { concertId } = leg;
        const orderId = orderIdOf(cartId, concertId);
        for (const ticketType of typesOf(leg)) {
          const deliveryId = deliveryIdOf(orderId, ticketType);
          const tickets = leg.tickets.filter((it) => it.ticketType === ticketType);
          const data = { deliveryId, orderId, userId, concertId, ticketType, tickets, recipient };
          await producer.prepareTicketDelivery({ subject: deliveryId, data }, context);
        }
        return;
      }
      case 'OrderToUndo': {
        const orderId = orderIdOf(cartId, event.concertId);
        if (event.by === 'cancelling') {
          await producer.cancelOrder({ subject: orderId, data: { orderId, reason: event.reason } }, context);
        } else {
          const data = { orderId, paymentId, reason: compensationReasonOf(event.reason) };
          await producer.compensateOrder({ subject: orderId, data }, context);
        }
        return;
      }
      case 'MoneyToReturn': {
        const { orderIds } = event;
        const data = { paymentId, reason: refundReasonOf(event.reason), ...(orderIds && { orderIds }) };
        await producer.refundPayment({ subject: paymentId, data }, context);
        return;
      }
      case 'MoneyReturned': {
        const { orderIds } = event;
        const isPart = state.payment === 'paid';
        const closed = { invoiceId, paymentId, status: 'CANCELLED', ...(isPart && { orderIds }) } as const;
        await producer.updateInvoice({ subject: invoiceId, data: closed }, context);
        const total = totalOf(state);
        const entry = isPart
          ? ({ status: 'COMPLETED', amount: { ...total, amount: event.left } } as const)
          : ({ status: 'REFUNDED', amount: total } as const);
        const data = { userId, paymentId, ...entry };
        await producer.updateUserFinancialInfo({ subject: userId, data }, context);
        return;
      }
      case 'PurchaseEnded':
        await producer.closeCart({ subject: cartId, data: { cartId, outcome: event.outcome } }, context);
        return;
      case 'ReservationOver':
      case 'OrderOpened':
      case 'TicketsDelivered':
      case 'PurchaseGivenUp':
      case 'CancellingMissed':
      case 'OrderOver':
        return;
    }
  };
}

function legOf({ legs }: KnownPurchase, { concertId }: { readonly concertId: string }): Leg {
  const leg = legs.get(concertId);
  if (!leg) throw new Error(`the purchase has no tickets of concert ${concertId}`);
  return leg;
}

function totalOf({ legs }: KnownPurchase) {
  return priceOf([...legs.values()].flatMap(({ tickets }) => tickets));
}

/** Tickets that were sold out were never paid. */
function compensationReasonOf(reason: OrderCancellationReason): CompensationReason {
  if (reason === 'SOLD_OUT') throw new Error('an order is compensated that has no tickets');
  return reason;
}

function refundReasonOf(reason: OrderCancellationReason): RefundReason {
  return reason === 'PAYMENT_FAILED' || reason === 'CONCERT_CANCELLED' ? reason : 'ORDER_CANCELLED';
}
