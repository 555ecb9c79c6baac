/** The delivery service: it makes tickets of complete orders, and sends them by the method of their type. */
import type { TicketDeliveryProducer } from '@chirograph/generated/ticketing/producers/ticket-delivery';
import type {
  DeliverOnlineTicketData,
  DeliverPrintedTicketData,
  PrepareTicketDeliveryData,
} from '@chirograph/generated/ticketing/types';
import {
  type Clock,
  type CommandContext,
  type Entities,
  entities,
  type Outcome,
  personalData,
  type Store,
  type Transaction,
} from '@chirograph/runtime';
import type { Courier } from './courier.ts';
import {
  type Delivery,
  type DeliveryCommand,
  type DeliveryEvent,
  type DeliveryFailure,
  delivery,
} from './delivery.ts';

export type DeliveryOutcome = Outcome<DeliveryEvent, DeliveryFailure>;

export interface TicketDeliveryService {
  prepare(request: PrepareTicketDeliveryData, context?: CommandContext): Promise<DeliveryOutcome>;
  deliverOnline(request: DeliverOnlineTicketData, context?: CommandContext): Promise<DeliveryOutcome>;
  deliverPrinted(request: DeliverPrintedTicketData, context?: CommandContext): Promise<DeliveryOutcome>;
}

export interface TicketDeliveryServiceOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly producer: TicketDeliveryProducer;
  readonly courier: Courier;
  readonly outlook: { isComplete(tx: Transaction, orderId: string): Promise<boolean> };
}

export function ticketDeliveryService(options: TicketDeliveryServiceOptions): TicketDeliveryService {
  const { store, clock, producer, courier, outlook } = options;
  const deliveries: Entities<Delivery, DeliveryCommand, DeliveryEvent, DeliveryFailure> = entities({
    name: 'delivery',
    store,
    clock,
    decider: delivery,
    stored: personalData<DeliveryEvent>({ subjectOf: ({ data }) => data.userId, places: personalPlacesOf }),
    async publish(event, context) {
      const { id: subject } = context;
      if (event.type === 'TicketDeliveryPrepared') {
        await producer.ticketDeliveryPrepared({ subject, data: event.data }, context);
      } else if (event.type === 'OnlineTicketDelivered') {
        const { deliveryId, tickets, email } = event.data;
        await courier({ deliveryId, tickets, to: { email } });
        await producer.onlineTicketDelivered({ subject, data: event.data }, context);
      } else {
        const { deliveryId, tickets, address } = event.data;
        await courier({ deliveryId, tickets, to: { address } });
        await producer.printedTicketDelivered({ subject, data: event.data }, context);
      }
    },
  });

  return {
    prepare: (request, context) =>
      deliveries.decide(
        request.deliveryId,
        async (tx) => {
          const isOrderComplete = await outlook.isComplete(tx, request.orderId);
          return { type: 'PrepareTicketDelivery', ...request, isOrderComplete };
        },
        context,
      ),
    deliverOnline: ({ deliveryId, email }, context) =>
      deliveries.decide(deliveryId, (_, at) => ({ type: 'DeliverOnlineTicket', email, at }), context),
    deliverPrinted: ({ deliveryId, address }, context) =>
      deliveries.decide(deliveryId, (_, at) => ({ type: 'DeliverPrintedTicket', address, at }), context),
  };
}

/** Where a delivery's events hold what the contracts mark as personal. */
export function personalPlacesOf({ type }: Pick<DeliveryEvent, 'type'>): readonly (readonly string[])[] {
  switch (type) {
    case 'TicketDeliveryPrepared':
      return [['data', 'recipient']];
    case 'OnlineTicketDelivered':
      return [['data', 'email']];
    case 'PrintedTicketDelivered':
      return [['data', 'address']];
  }
}
