/** What the inventory does with messages: its commands, the life of products and orders, and the stock ledger. */
import type { InventoryHandlers } from '@chirograph/generated/shop/consumers/inventory';
import type { InventoryProducer } from '@chirograph/generated/shop/producers/inventory';
import type { InventoryCommandRefusedData } from '@chirograph/generated/shop/types';
import type { HandlerContext, Log, Transaction } from '@chirograph/runtime';
import { answering } from '../../shared/answer.ts';
import { adminOf } from '../caller.ts';
import { type InventoryService, inventoryIdOf } from './inventory-service.ts';

/** One change of stock, for the auditors, by the message that told of it. */
export interface LedgerEntry {
  readonly productId: string;
  readonly change: number;
  readonly reason: string;
  readonly by: string | undefined;
}

export function stockLedger(tx: Transaction) {
  return tx.documents<LedgerEntry>('inventory/ledger');
}

/** The products of an order that stands, by order: its later events do not name them. */
function tiedProducts(tx: Transaction) {
  return tx.documents<{ readonly productIds: readonly string[] }>('inventory/tied');
}

export function inventoryHandlers(
  service: InventoryService,
  producer: InventoryProducer,
  log: Log,
): InventoryHandlers {
  const answer = answering<InventoryCommandRefusedData>(producer.inventoryCommandRefused, log);

  async function enter(context: HandlerContext, entry: LedgerEntry): Promise<void> {
    await stockLedger(context.tx).put(context.causedBy.id, entry);
    log(context, `ledger: ${entry.change > 0 ? '+' : ''}${entry.change}, ${entry.reason}`);
  }

  return {
    setInventoryQuantity: async (command, context) => {
      const { productId, quantity, reason } = command.data;
      const asked = { type: 'SetQuantity', quantity, reason, admin: adminOf(command) } as const;
      await answer(
        command,
        await service.decide(productId, asked, context),
        context,
        ofProduct({ productId }),
      );
    },
    adjustInventory: async (command, context) => {
      const { productId, adjustment, reason } = command.data;
      const asked = { type: 'Adjust', adjustment, reason, admin: adminOf(command) } as const;
      await answer(
        command,
        await service.decide(productId, asked, context),
        context,
        ofProduct({ productId }),
      );
    },
    reserveInventory: async (command, context) => {
      const { productId, orderId, quantity } = command.data;
      const outcome = await service.decide(productId, { type: 'Reserve', orderId, quantity }, context);
      await answer(command, outcome, context, ofProduct({ productId, orderId }));
    },
    releaseInventory: async (command, context) => {
      const { productId, orderId, quantity, reason } = command.data;
      const asked = { type: 'Release', orderId, quantity, reason } as const;
      await answer(
        command,
        await service.decide(productId, asked, context),
        context,
        ofProduct({ productId, orderId }),
      );
    },
    async productCreated({ data: { productId, name } }, context) {
      const inventoryId = inventoryIdOf(productId);
      await service.decide(productId, { type: 'OpenRecord', inventoryId, productId, name }, context);
      log(context, `opens a stock record for ${name}`);
    },
    async productDeleted({ data: { productId } }, context) {
      await service.decide(productId, { type: 'CloseRecord' }, context);
      log(context, 'closes the stock record');
    },
    async orderPlaced({ data: { orderId, lineItems } }, context) {
      const productIds = [...new Set(lineItems.map(({ productId }) => productId))];
      await tiedProducts(context.tx).put(orderId, { productIds });
      for (const productId of productIds) await service.decide(productId, { type: 'Tie', orderId }, context);
      log(context, `ties the stock of ${productIds.length} products to the order`);
    },
    async orderShipped({ data: { orderId } }, context) {
      const tied = await tiedProducts(context.tx).get(orderId);
      // It is tried again: the order's placing is on another channel and may come later.
      if (!tied) throw new Error(`order ${orderId} is shipped, and was not placed`);
      const { productIds } = tied;
      for (const productId of productIds)
        await service.decide(productId, { type: 'Deduct', orderId }, context);
      log(context, `takes the stock of ${productIds.length} products out`);
    },
    async orderCancelled({ data: { orderId, lineItems } }, context) {
      const productIds = [...new Set(lineItems.map(({ productId }) => productId))];
      for (const productId of productIds) {
        await service.decide(productId, { type: 'ReleaseOrder', orderId }, context);
      }
      log(context, `releases the stock of ${productIds.length} products`);
    },
    inventoryQuantitySet: ({ data }, context) => {
      const { productId, previousValue, newValue, reason, userId: by } = data;
      return enter(context, { productId, change: newValue - previousValue, reason, by });
    },
    inventoryAdjusted: ({ data }, context) => {
      const { productId, adjustment: change, reason, userId: by } = data;
      return enter(context, { productId, change, reason, by });
    },
    inventoryDeducted: ({ data: { productId, quantity, orderId } }, context) =>
      enter(context, { productId, change: -quantity, reason: `order ${orderId} shipped`, by: undefined }),
  };
}

function ofProduct(about: { readonly productId: string; readonly orderId?: string }) {
  return { subject: inventoryIdOf(about.productId), ...about };
}
