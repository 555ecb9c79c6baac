/** The analytics service: figures of the shop, without persons. */
import type { AnalyticsHandlers } from '@chirograph/generated/shop/consumers/analytics';
import type { HandlerContext, Log, Transaction } from '@chirograph/runtime';

export interface Figures {
  readonly registrations: number;
  readonly orders: number;
  /** In the minor unit of the currency. */
  readonly revenue: number;
  /** By the reason that was given. */
  readonly cancellations: Readonly<Record<string, number>>;
  readonly refunds: number;
  /** Of all orders shipped so far, in milliseconds each from placing to shipping. */
  readonly timesToShipping: readonly number[];
}

export const noFigures: Figures = {
  registrations: 0,
  orders: 0,
  revenue: 0,
  cancellations: {},
  refunds: 0,
  timesToShipping: [],
};

export function figures(tx: Transaction) {
  return tx.documents<Figures>('analytics/figures');
}

/** When an order was placed, by order: milliseconds since 1970-01-01T00:00Z. */
function placedAt(tx: Transaction) {
  return tx.documents<{ readonly at: number }>('analytics/placed');
}

export function analyticsHandlers(log: Log): AnalyticsHandlers {
  async function count(
    context: HandlerContext,
    what: string,
    change: (was: Figures) => Partial<Figures>,
  ): Promise<void> {
    const was = (await figures(context.tx).get('shop')) ?? noFigures;
    await figures(context.tx).put('shop', { ...was, ...change(was) });
    log(context, `counts ${what}`);
  }

  return {
    customerRegisteredNotification: (_, context) =>
      count(context, 'a registration', ({ registrations }) => ({ registrations: registrations + 1 })),
    async orderPlacedNotification({ time, data: { orderId, totalAmount } }, context) {
      await placedAt(context.tx).put(orderId, { at: Date.parse(time) });
      await count(context, 'an order', ({ orders, revenue }) => ({
        orders: orders + 1,
        revenue: revenue + totalAmount.amount,
      }));
    },
    async orderShippedNotification({ time, data: { orderId } }, context) {
      const placed = await placedAt(context.tx).get(orderId);
      if (!placed) throw new Error(`order ${orderId} is shipped, and its placing was not told yet`);
      const took = Date.parse(time) - placed.at;
      await count(context, 'the time to shipping', ({ timesToShipping }) => ({
        timesToShipping: [...timesToShipping, took],
      }));
    },
    orderCancelledNotification: ({ data: { reason } }, context) =>
      count(context, 'a cancellation', ({ cancellations }) => ({
        cancellations: { ...cancellations, [reason]: (cancellations[reason] ?? 0) + 1 },
      })),
    refundProcessedNotification: (_, context) =>
      count(context, 'a refund', ({ refunds }) => ({ refunds: refunds + 1 })),
  };
}
