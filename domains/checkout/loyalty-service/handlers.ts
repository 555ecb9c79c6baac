/** The loyalty service: the cashback that an order will bring. */
import type { LoyaltyServiceHandlers } from '@chirograph/generated/checkout/consumers/loyalty-service';
import type { Log } from '@chirograph/runtime';
import { records } from '../records.ts';

/** In percent of what the user paid. The document names no rate. */
export const CASHBACK = 2;

/** By order. */
export const cashbacks = records<{ readonly user_id: string; readonly amount: number }>(
  'loyalty-service/cashbacks',
  'order.created',
);

export function loyaltyServiceHandlers(log: Log): LoyaltyServiceHandlers {
  return {
    async orderCreated({ timestamp, data: { order_id, user_id, pricing } }, context) {
      const amount = Math.floor((pricing.total * CASHBACK) / 100);
      await cashbacks.put(context.tx, order_id, { user_id, amount }, timestamp);
      log(context, `a cashback of ${amount} to come`);
    },
  };
}
