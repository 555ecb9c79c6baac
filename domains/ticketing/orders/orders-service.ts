/** The orders service: it opens orders for what is set aside, and completes those that are paid. */
import type { OrdersProducer } from '@chirograph/generated/ticketing/producers/orders';
import type {
  CancelOrderData,
  CompensateOrderData,
  CompleteOrderData,
  CreateOrderData,
} from '@chirograph/generated/ticketing/types';
import {
  type Clock,
  type CommandContext,
  type Entities,
  entities,
  type Outcome,
  type Store,
  type Transaction,
} from '@chirograph/runtime';
import {
  type OrderCommand,
  type OrderEvent,
  type OrderFailure,
  type SetAside,
  type TicketOrder,
  ticketOrder,
} from './ticket-order.ts';

export type OrderOutcome = Outcome<OrderEvent, OrderFailure>;

export interface OrdersService {
  create(request: CreateOrderData, context?: CommandContext): Promise<OrderOutcome>;
  complete(request: CompleteOrderData, context?: CommandContext): Promise<OrderOutcome>;
  cancel(request: CancelOrderData, context?: CommandContext): Promise<OrderOutcome>;
  compensate(request: CompensateOrderData, context?: CommandContext): Promise<OrderOutcome>;
  find(tx: Transaction, orderId: string): Promise<TicketOrder>;
}

/** What the orders service asks others, at the moment in which it decides. */
export interface OrdersOutlook {
  setAsideFor(tx: Transaction, reservationId: string): Promise<SetAside | undefined>;
  isPaid(tx: Transaction, paymentId: string, orderId: string): Promise<boolean>;
}

export interface OrdersServiceOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly producer: OrdersProducer;
  readonly outlook: OrdersOutlook;
}

export function ordersService({ store, clock, producer, outlook }: OrdersServiceOptions): OrdersService {
  const orders: Entities<TicketOrder, OrderCommand, OrderEvent, OrderFailure> = entities({
    name: 'order',
    store,
    clock,
    decider: ticketOrder,
    async publish(event, context) {
      const { id: subject } = context;
      if (event.type === 'OrderCreated') await producer.orderCreated({ subject, data: event.data }, context);
      else if (event.type === 'OrderCompleted') {
        await producer.orderCompleted({ subject, data: event.data }, context);
      } else await producer.orderCancelled({ subject, data: event.data }, context);
    },
  });

  return {
    create: (request, context) =>
      orders.decide(
        request.orderId,
        async (tx) => {
          const setAside = await outlook.setAsideFor(tx, request.reservationId);
          return { type: 'CreateOrder', ...request, setAside };
        },
        context,
      ),
    complete: ({ orderId, paymentId }, context) =>
      orders.decide(
        orderId,
        async (tx) => {
          const isPaid = await outlook.isPaid(tx, paymentId, orderId);
          return { type: 'CompleteOrder', paymentId, isPaid };
        },
        context,
      ),
    cancel: ({ orderId, reason }, context) =>
      orders.decide(orderId, { type: 'CancelOrder', reason }, context),
    compensate: ({ orderId, reason }, context) =>
      orders.decide(orderId, { type: 'CompensateOrder', reason }, context),
    find: (tx, orderId) => orders.load(tx, orderId),
  };
}
