/** The orders service: courses are ordered, paid, cancelled, and given back. */
import type { OrdersProducer } from '@chirograph/generated/learning-platform/producers/orders';
import type { RefundReason } from '@chirograph/generated/learning-platform/types';
import {
  type Clock,
  type CommandContext,
  type DeadlineOptions,
  type Deadlines,
  type Entities,
  entities,
  entityDeadlines,
  type Outcome,
  type Store,
  type Transaction,
  within,
} from '@chirograph/runtime';
import type { Asked } from '../asked.ts';
import type { PaymentProvider } from '../payment/payment-provider.ts';
import {
  type Offer,
  type Order,
  type OrderCommand,
  type OrderEvent,
  type OrderFailure,
  order,
  paymentDueAt,
  type Standing,
} from './order.ts';

export type OrderOutcome = Outcome<OrderEvent, OrderFailure>;

export interface OrdersService {
  place(
    request: { readonly orderId: string; readonly userId: string; readonly courseIds: readonly string[] },
    asked?: Asked,
  ): Promise<OrderOutcome>;
  pay(orderId: string, paymentId: string, context?: CommandContext): Promise<OrderOutcome>;
  cancel(orderId: string, asked?: Asked): Promise<OrderOutcome>;
  refund(orderId: string, reason: RefundReason, asked?: Asked): Promise<OrderOutcome>;
  /** Cancels orders that are not paid in time, and gives back the money of those that are refunded. */
  watch(options: DeadlineOptions): readonly Deadlines[];
}

export interface OrdersServiceOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly producer: OrdersProducer;
  readonly provider: Pick<PaymentProvider, 'giveBack'>;
  /** What the orders service asks others, at the moment in which it decides. */
  readonly outlook: {
    isUserKnown(tx: Transaction, userId: string): Promise<boolean>;
    offerOf(tx: Transaction, courseId: string, userId: string, at: number): Promise<Offer>;
    standingOf(tx: Transaction, courseId: string, userId: string): Promise<Standing>;
  };
}

export function ordersService(options: OrdersServiceOptions): OrdersService {
  const { store, clock, producer, provider, outlook } = options;
  const unpaid = entityDeadlines('unpaid-orders', paymentDueAt);
  // The provider is asked when the refund is stored for good, and again until it answers: money that is given back cannot be rolled back.
  const owed = entityDeadlines<number>('refunds-owed', (at) => at);
  const orders: Entities<Order, OrderCommand, OrderEvent, OrderFailure> = entities({
    name: 'order',
    store,
    clock,
    decider: order,
    async publish({ type, data }, context) {
      const { id: aggregate_id } = context;
      await unpaid.note(context.tx, aggregate_id, context.state);
      switch (type) {
        case 'OrderPlaced':
          await producer.orderPlaced({ aggregate_id, payload: data }, context);
          return;
        case 'OrderPaid':
          await producer.orderPaid({ aggregate_id, payload: data }, context);
          return;
        case 'OrderCancelled':
          await producer.orderCancelled({ aggregate_id, payload: data }, context);
          return;
        case 'OrderRefunded':
          await owed.note(context.tx, aggregate_id, clock.now());
          await producer.orderRefunded({ aggregate_id, payload: data }, context);
          return;
      }
    },
  });

  return {
    place: ({ courseIds, ...request }, { by, ...context } = {}) =>
      orders.decide(
        request.orderId,
        async (tx, at) => {
          const offers: Offer[] = [];
          for (const id of courseIds) offers.push(await outlook.offerOf(tx, id, request.userId, at));
          const isUserKnown = await outlook.isUserKnown(tx, request.userId);
          return { type: 'PlaceOrder', by, ...request, isUserKnown, offers, at };
        },
        context,
      ),
    pay: (orderId, paymentId, context) =>
      orders.decide(orderId, (_, at) => ({ type: 'PayOrder', paymentId, at }), context),
    cancel: (orderId, { by, ...context } = {}) =>
      orders.decide(orderId, { type: 'CancelOrder', by }, context),
    refund: (orderId, reason, { by, ...context } = {}) =>
      within(store, context, async (tx) => {
        const state = await orders.load(tx, orderId);
        const standings: Standing[] = [];
        if (state.kind !== 'unknown') {
          for (const { courseId } of state.lines) {
            standings.push(await outlook.standingOf(tx, courseId, state.userId));
          }
        }
        return orders.decide(orderId, (_, at) => ({ type: 'RefundOrder', by, reason, standings, at }), {
          ...context,
          tx,
        });
      }),
    watch: (watching) => [
      unpaid.watch(
        store,
        (tx, id) => orders.decide(id, (_, at) => ({ type: 'CancelUnpaid', at }), { tx }),
        watching,
      ),
      owed.watch(
        store,
        async (tx, id) => {
          const state = await orders.load(tx, id);
          // The provider does it once for one id.
          if (state.kind !== 'unknown' && state.owed) await provider.giveBack({ id, amount: state.owed });
        },
        watching,
      ),
    ],
  };
}
