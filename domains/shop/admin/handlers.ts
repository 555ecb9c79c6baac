/** The admin service: what is to be ordered again. */
import type { AdminHandlers } from '@chirograph/generated/shop/consumers/admin';
import type { Log, Transaction } from '@chirograph/runtime';

/** How many there were when stock became low, by product. */
export function reorderList(tx: Transaction) {
  return tx.documents<{ readonly currentStock: number }>('admin/reorder-list');
}

export function adminHandlers(log: Log): AdminHandlers {
  return {
    async lowStockAlert({ data: { productId, currentStock } }, context) {
      await reorderList(context.tx).put(productId, { currentStock });
      log(context, 'puts the product on the reorder list');
    },
  };
}
