/** The admin dashboard: what admins see without asking. */
import type { AdminDashboardHandlers } from '@chirograph/generated/shop/consumers/admin-dashboard';
import type { HandlerContext, Log, Transaction } from '@chirograph/runtime';

/** A line of the dashboard, by the message that led to it. */
export interface Notice {
  readonly kind: 'refused' | 'stock' | 'payment';
  readonly text: string;
}

export function notices(tx: Transaction) {
  return tx.documents<Notice>('admin-dashboard/notices');
}

export function adminDashboardHandlers(log: Log): AdminDashboardHandlers {
  async function show(context: HandlerContext, kind: Notice['kind'], text: string): Promise<void> {
    await notices(context.tx).put(context.causedBy.id, { kind, text });
    log(context, `shows: ${text}`);
  }
  const refused = (
    { data: { command, message } }: { readonly data: { readonly command: string; readonly message: string } },
    context: HandlerContext,
  ) => show(context, 'refused', `${command}: ${message}`);

  return {
    catalogCommandRefused: refused,
    inventoryCommandRefused: refused,
    orderCommandRefused: refused,
    paymentCommandRefused: refused,
    lowStockNotification: ({ data: { productName, currentStock } }, context) =>
      show(context, 'stock', `${currentStock} of ${productName} left`),
    outOfStockNotification: ({ data: { productName } }, context) =>
      show(context, 'stock', `no ${productName} left`),
    paymentFailedNotification: ({ data: { failureReason } }, context) =>
      show(context, 'payment', `a payment has failed: ${failureReason}`),
  };
}
