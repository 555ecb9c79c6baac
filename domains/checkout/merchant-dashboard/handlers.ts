/** The dashboard on which a merchant sees new orders. */
import type { MerchantDashboardHandlers } from '@chirograph/generated/checkout/consumers/merchant-dashboard';
import type { OrderItem } from '@chirograph/generated/checkout/types';
import type { Log } from '@chirograph/runtime';
import { records } from '../records.ts';

/** By order. */
export const newOrders = records<{
  readonly merchant_id: string;
  readonly items: readonly OrderItem[];
  readonly total: number;
}>('merchant-dashboard/orders', 'order.created');

export function merchantDashboardHandlers(log: Log): MerchantDashboardHandlers {
  return {
    async orderCreated(
      { timestamp, data: { order_id, merchant_id, merchant_name, items, pricing } },
      context,
    ) {
      await newOrders.put(context.tx, order_id, { merchant_id, items, total: pricing.total }, timestamp);
      log(context, `shows ${merchant_name} the order`);
    },
  };
}
