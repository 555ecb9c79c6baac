/** The order of the tickets of one concert, from the reservation to its completion or its end. Pure. */

import { isDeepStrictEqual } from 'node:util';
import type {
  CompensationReason,
  ConcertTicket,
  CreateOrderData,
  OrderCancellationReason,
  OrderCancelledData,
  OrderCompletedData,
  OrderCreatedData,
  OrdersCommandRefusedData,
} from '@chirograph/generated/ticketing/types';
import { type Decider, type Refusal, refuse } from '@chirograph/runtime';
import { priceOf } from '../price.ts';

export type OrderCommand =
  | (CreateOrderData & {
      readonly type: 'CreateOrder';
      /** What is set aside under the reservation's id; undefined when nothing is. */
      readonly setAside: SetAside | undefined;
    })
  | {
      readonly type: 'CompleteOrder';
      readonly paymentId: string;
      /** Whether the payment is confirmed, and for this order. */
      readonly isPaid: boolean;
    }
  | { readonly type: 'CancelOrder'; readonly reason: OrderCancellationReason }
  | { readonly type: 'CompensateOrder'; readonly reason: CompensationReason };

export interface SetAside {
  readonly userId: string;
  readonly concertId: string;
  readonly tickets: readonly ConcertTicket[];
}

export type OrderEvent =
  | { readonly type: 'OrderCreated'; readonly data: OrderCreatedData }
  | { readonly type: 'OrderCompleted'; readonly data: OrderCompletedData }
  | { readonly type: 'OrderCancelled'; readonly data: OrderCancelledData };

export type OrderFailure = OrdersCommandRefusedData['failure'];

export type TicketOrder =
  | { readonly kind: 'unknown' }
  | (OrderCreatedData & { readonly kind: 'open' | 'complete' | 'cancelled' });

export const ticketOrder: Decider<TicketOrder, OrderCommand, OrderEvent, OrderFailure> = {
  initialState: () => ({ kind: 'unknown' }),

  decide(command, state) {
    if (command.type === 'CreateOrder') return create(command, state);
    if (state.kind === 'unknown') return refuse('ORDER_NOT_FOUND', 'There is no such order.');
    const { orderId, cartId, userId, concertId, reservationId, tickets } = state;
    const about = { orderId, cartId, userId, concertId, reservationId };
    switch (command.type) {
      case 'CompleteOrder': {
        const { paymentId, isPaid } = command;
        if (state.kind === 'cancelled') return refuse('THE_ORDER_IS_CANCELLED', 'The order is cancelled.');
        if (!isPaid) return refuse('THE_PAYMENT_IS_NOT_CONFIRMED', 'The order is not paid.');
        if (state.kind === 'complete') return [];
        return [{ type: 'OrderCompleted', data: { ...about, paymentId, tickets } }];
      }
      case 'CancelOrder':
        if (state.kind === 'complete') {
          return refuse(
            'THE_ORDER_IS_COMPLETE_ALREADY',
            'The order is complete; it can be compensated alone.',
          );
        }
        return cancel(state, { ...about, reason: command.reason });
      case 'CompensateOrder':
        return cancel(state, { ...about, reason: command.reason });
    }
  },

  evolve(state, event) {
    if (event.type === 'OrderCreated') return { kind: 'open', ...event.data };
    if (state.kind === 'unknown') throw new Error(`${event.type} of an order that was never created`);
    return { ...state, kind: event.type === 'OrderCompleted' ? 'complete' : 'cancelled' };
  },
};

type Decision = readonly OrderEvent[] | Refusal<OrderFailure>;

function create(command: Extract<OrderCommand, { type: 'CreateOrder' }>, { kind }: TicketOrder): Decision {
  const { orderId, cartId, userId, concertId, reservationId, tickets, totalAmount, setAside } = command;
  if (kind !== 'unknown') {
    return refuse('THERE_IS_AN_ORDER_WITH_THIS_ID_ALREADY', 'There is an order with this id.');
  }
  if (!isDeepStrictEqual(setAside, { userId, concertId, tickets })) {
    return refuse('THE_TICKETS_ARE_NOT_SET_ASIDE', 'The tickets are not set aside for this order.');
  }
  if (!isDeepStrictEqual(totalAmount, priceOf(tickets))) {
    return refuse('THE_TOTAL_IS_NOT_THE_PRICE_OF_THE_TICKETS', 'The tickets cost something else.');
  }
  const data = { orderId, cartId, userId, concertId, reservationId, tickets, totalAmount };
  return [{ type: 'OrderCreated', data }];
}

function cancel({ kind }: TicketOrder, data: OrderCancelledData): Decision {
  return kind === 'cancelled'
    ? refuse('THE_ORDER_IS_CANCELLED_ALREADY', 'The order is cancelled already.')
    : [{ type: 'OrderCancelled', data }];
}
