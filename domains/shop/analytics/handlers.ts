/** The analytics service: figures of the shop, without persons. */
import type { AnalyticsHandlers } from '@chirograph/generated/shop/consumers/analytics';
import type { HandlerContext, Log, Transaction } from '@chirograph/runtime';
import { tally } from '../../shared/tally.ts';

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

type Noted =
  | { readonly type: 'Registered' | 'Refunded' }
  | { readonly type: 'Ordered'; readonly amount: number }
  | { readonly type: 'Shipped'; readonly took: number }
  | { readonly type: 'Cancelled'; readonly reason: string };

/** Under `shop`. */
export const figures = tally<Noted, Figures>({
  name: 'analytics',
  version: '1',
  none: noFigures,
  keyOf: () => 'shop',
  add(was, noted) {
    const { registrations, orders, revenue, cancellations, refunds, timesToShipping } = was;
    switch (noted.type) {
      case 'Registered':
        return { ...was, registrations: registrations + 1 };
      case 'Ordered':
        return { ...was, orders: orders + 1, revenue: revenue + noted.amount };
      case 'Shipped':
        return { ...was, timesToShipping: [...timesToShipping, noted.took] };
      case 'Cancelled': {
        const { reason } = noted;
        return { ...was, cancellations: { ...cancellations, [reason]: (cancellations[reason] ?? 0) + 1 } };
      }
      case 'Refunded':
        return { ...was, refunds: refunds + 1 };
    }
  },
});

/** When an order was placed, by order: milliseconds since 1970-01-01T00:00Z. */
function placedAt(tx: Transaction) {
  return tx.documents<{ readonly at: number }>('analytics/placed');
}

export function analyticsHandlers(log: Log): AnalyticsHandlers {
  async function count(
    { time, subject }: { readonly time: string; readonly subject: string },
    noted: Noted,
    context: HandlerContext,
    what: string,
  ): Promise<void> {
    await figures.note(context.tx, subject, noted, time);
    log(context, `counts ${what}`);
  }

  return {
    customerRegisteredNotification: (message, context) =>
      count(message, { type: 'Registered' }, context, 'a registration'),
    async orderPlacedNotification(message, context) {
      const { orderId, totalAmount } = message.data;
      await placedAt(context.tx).put(orderId, { at: Date.parse(message.time) });
      await count(message, { type: 'Ordered', amount: totalAmount.amount }, context, 'an order');
    },
    async orderShippedNotification(message, context) {
      const { orderId } = message.data;
      const placed = await placedAt(context.tx).get(orderId);
      if (!placed) throw new Error(`order ${orderId} is shipped, and its placing was not told yet`);
      const took = Date.parse(message.time) - placed.at;
      await count(message, { type: 'Shipped', took }, context, 'the time to shipping');
    },
    orderCancelledNotification: (message, context) =>
      count(message, { type: 'Cancelled', reason: message.data.reason }, context, 'a cancellation'),
    refundProcessedNotification: (message, context) =>
      count(message, { type: 'Refunded' }, context, 'a refund'),
  };
}
