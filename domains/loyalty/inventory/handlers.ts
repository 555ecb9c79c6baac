/** The inventory service: the stock of physical rewards. */
import type { InventoryHandlers } from '@chirograph/generated/loyalty/consumers/inventory';
import type { Log, Transaction } from '@chirograph/runtime';
import { takeTurn } from '../../shared/turn.ts';

/** A reward as the stockroom knows it, by reward. */
export type Stock =
  | { readonly kind: 'digital'; readonly name: string }
  | {
      readonly kind: 'physical';
      readonly name: string;
      readonly left: number;
      /** Promised to customers, and still to be bought. */
      readonly owed: number;
    };

export function stock(tx: Transaction) {
  return tx.documents<Stock>('inventory/stock');
}

/** Throws for a reward that the stockroom has never heard of: someone has to tell it, and redrive the message. */
export function inventoryHandlers(log: Log): InventoryHandlers {
  return {
    async pointsRedeemed({ data: { rewardId, rewardName } }, context) {
      await takeTurn(context.tx, 'reward-stock', rewardId);
      const item = await stock(context.tx).get(rewardId);
      if (!item) throw new Error(`no stock item for ${rewardName}`);
      if (item.kind === 'digital') {
        log(context, `${item.name} needs no stock`);
        return;
      }
      const { left, owed } = item;
      await stock(context.tx).put(
        rewardId,
        left > 0 ? { ...item, left: left - 1 } : { ...item, owed: owed + 1 },
      );
      log(context, left > 0 ? `takes 1 ${item.name} out of stock, ${left - 1} left` : `owes 1 ${item.name}`);
    },
  };
}
