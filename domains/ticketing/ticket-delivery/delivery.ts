/** The delivery of the tickets of one type of an order. Pure. */
import type {
  Address,
  ConcertTicket,
  OnlineTicketDeliveredData,
  PrepareTicketDeliveryData,
  PrintedTicketDeliveredData,
  TicketDeliveryCommandRefusedData,
  TicketDeliveryPreparedData,
  Tickets,
} from '@chirograph/generated/ticketing/types';
import { type Decider, derivedId, type Refusal, refuse } from '@chirograph/runtime';

/** `at`: milliseconds since 1970-01-01T00:00Z. */
export type DeliveryCommand =
  | (PrepareTicketDeliveryData & {
      readonly type: 'PrepareTicketDelivery';
      readonly isOrderComplete: boolean;
    })
  | { readonly type: 'DeliverOnlineTicket'; readonly email: string; readonly at: number }
  | { readonly type: 'DeliverPrintedTicket'; readonly address: Address; readonly at: number };

export type DeliveryEvent =
  | { readonly type: 'TicketDeliveryPrepared'; readonly data: TicketDeliveryPreparedData }
  | { readonly type: 'OnlineTicketDelivered'; readonly data: OnlineTicketDeliveredData }
  | { readonly type: 'PrintedTicketDelivered'; readonly data: PrintedTicketDeliveredData };

export type DeliveryFailure = TicketDeliveryCommandRefusedData['failure'];

export type Delivery =
  | { readonly kind: 'unknown' }
  | (TicketDeliveryPreparedData & { readonly kind: 'prepared' | 'delivered' });

export const delivery: Decider<Delivery, DeliveryCommand, DeliveryEvent, DeliveryFailure> = {
  initialState: () => ({ kind: 'unknown' }),

  decide(command, state) {
    if (command.type === 'PrepareTicketDelivery') return prepare(command, state);
    if (state.kind === 'unknown') return refuse('DELIVERY_NOT_FOUND', 'There is no such delivery.');
    const { deliveryId, orderId, userId, ticketType, tickets } = state;
    const isOnline = command.type === 'DeliverOnlineTicket';
    if (isOnline && ticketType !== 'ONLINE') {
      return refuse('THE_TICKETS_ARE_PRINTED_TICKETS', 'Printed tickets go by post.');
    }
    if (!isOnline && ticketType !== 'PRINTED') {
      return refuse('THE_TICKETS_ARE_ONLINE_TICKETS', 'Online tickets go by e-mail.');
    }
    if (state.kind === 'delivered') {
      return refuse('THE_TICKETS_ARE_DELIVERED_ALREADY', 'The tickets are on their way already.');
    }
    const about = { deliveryId, orderId, userId, tickets, deliveredAt: iso(command.at) };
    if (command.type === 'DeliverOnlineTicket') {
      const { email } = command;
      return [{ type: 'OnlineTicketDelivered', data: { ...about, ticketType: 'ONLINE', email } }];
    }
    const { address } = command;
    return [{ type: 'PrintedTicketDelivered', data: { ...about, ticketType: 'PRINTED', address } }];
  },

  evolve(state, event) {
    if (event.type === 'TicketDeliveryPrepared') return { kind: 'prepared', ...event.data };
    if (state.kind === 'unknown') throw new Error(`${event.type}, and was never prepared`);
    return { ...state, kind: 'delivered' };
  },
};

function prepare(
  command: Extract<DeliveryCommand, { type: 'PrepareTicketDelivery' }>,
  { kind }: Delivery,
): readonly DeliveryEvent[] | Refusal<DeliveryFailure> {
  const { deliveryId, orderId, userId, concertId, ticketType, recipient } = command;
  if (kind !== 'unknown') {
    return refuse('THERE_IS_A_DELIVERY_WITH_THIS_ID_ALREADY', 'There is a delivery with this id.');
  }
  if (!command.isOrderComplete) return refuse('THE_ORDER_IS_NOT_COMPLETE', 'The order is not complete.');
  if (ticketType === 'PRINTED' && !recipient.address) {
    return refuse('PRINTED_TICKETS_NEED_A_POSTAL_ADDRESS', 'Printed tickets go to a postal address.');
  }
  const tickets = ticketsOf(deliveryId, command.tickets);
  const data = { deliveryId, orderId, userId, concertId, ticketType, tickets, recipient };
  return [{ type: 'TicketDeliveryPrepared', data }];
}

/** One ticket each, whose id follows from the delivery: prepared twice, they are the same. */
function ticketsOf(deliveryId: string, tickets: readonly ConcertTicket[]): Tickets {
  const levels = tickets.flatMap(({ level, quantity }) => Array<string>(quantity).fill(level));
  return levels.map((level, index) => ({ ticketId: derivedId('ticket', deliveryId, String(index)), level }));
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
