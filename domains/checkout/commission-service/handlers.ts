/** The commission service: what merchants owe for their orders. */
import type { CommissionServiceHandlers } from '@chirograph/generated/checkout/consumers/commission-service';
import type { Log } from '@chirograph/runtime';
import { records } from '../records.ts';

/** In percent of what the user paid. The document names no rate. */
export const COMMISSION = 5;

/** By order. */
export const commissions = records<{ readonly merchant_id: string; readonly amount: number }>(
  'commission-service/commissions',
  'order.created',
);

export function commissionServiceHandlers(log: Log): CommissionServiceHandlers {
  return {
    async orderCreated({ timestamp, data: { order_id, merchant_id, pricing } }, context) {
      const amount = Math.floor((pricing.total * COMMISSION) / 100);
      await commissions.put(context.tx, order_id, { merchant_id, amount }, timestamp);
      log(context, `a commission of ${amount}`);
    },
  };
}
