/** The notification service: reminders to customers, alerts to buyers. */
import type { NotificationHandlers } from '@chirograph/generated/shop/consumers/notification';
import type { Log, Transaction } from '@chirograph/runtime';

/** What was told to whom, by the message that led to it. */
export function reminders(tx: Transaction) {
  return tx.documents<{ readonly to: string; readonly text: string }>('notification/reminders');
}

export function notificationHandlers(log: Log): NotificationHandlers {
  return {
    async cartExpired({ data: { customerId } }, context) {
      if (customerId === undefined) {
        log(context, "a guest's cart: there is nobody to remind");
        return;
      }
      const text = 'Your cart was emptied; what you liked is still in the shop.';
      await reminders(context.tx).put(context.causedBy.id, { to: customerId, text });
      log(context, 'reminds the customer of the cart');
    },
    async lowStockAlert({ data: { currentStock, threshold } }, context) {
      const text = `${currentStock} left, below ${threshold}`;
      await reminders(context.tx).put(context.causedBy.id, { to: 'buyers', text });
      log(context, `tells the buyers: ${text}`);
    },
    async outOfStock(_, context) {
      await reminders(context.tx).put(context.causedBy.id, { to: 'buyers', text: 'none left' });
      log(context, 'tells the buyers: none left');
    },
  };
}
