/** The fulfillment system: what is to be picked. */
import type { FulfillmentHandlers } from '@chirograph/generated/shop/consumers/fulfillment';
import type { Log, Transaction } from '@chirograph/runtime';

/** How many items are to be picked, by order. */
export function pickings(tx: Transaction) {
  return tx.documents<{ readonly orderNumber: string; readonly itemCount: number }>('fulfillment/pickings');
}

export function fulfillmentHandlers(log: Log): FulfillmentHandlers {
  return {
    async orderPlacedNotification({ data: { orderId, orderNumber, itemCount } }, context) {
      await pickings(context.tx).put(orderId, { orderNumber, itemCount });
      log(context, `plans the picking of ${itemCount} items`);
    },
  };
}
