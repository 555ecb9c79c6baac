import type { InventoryProducer } from '@chirograph/generated/shop/producers/inventory';
import type { PublishContext } from '@chirograph/runtime';
import type { Stock, StockEvent } from './stock.ts';

/** Tells others what happened to the stock of a product, systems outside of low stock and of none. */
export function publishStock(producer: InventoryProducer) {
  return async (event: StockEvent, context: PublishContext<Stock>): Promise<void> => {
    const { state } = context;
    if (state.kind === 'unknown') throw new Error(`${event.type} left no stock record behind`);
    const { inventoryId: subject, productName } = state;
    switch (event.type) {
      case 'InventoryQuantitySet':
        await producer.inventoryQuantitySet({ subject, data: event.data }, context);
        return;
      case 'InventoryAdjusted':
        await producer.inventoryAdjusted({ subject, data: event.data }, context);
        return;
      case 'InventoryReserved':
        await producer.inventoryReserved({ subject, data: event.data }, context);
        return;
      case 'InventoryReleased':
        await producer.inventoryReleased({ subject, data: event.data }, context);
        return;
      case 'InventoryDeducted':
        await producer.inventoryDeducted({ subject, data: event.data }, context);
        return;
      case 'LowStockAlert': {
        const { data } = event;
        const { productId, currentStock, threshold } = data;
        await producer.lowStockAlert({ subject, data }, context);
        const told = { productId, productName, currentStock, threshold };
        await producer.lowStockNotification({ subject, data: told }, context);
        return;
      }
      case 'OutOfStock': {
        const { data } = event;
        await producer.outOfStock({ subject, data }, context);
        const told = { productId: data.productId, productName };
        await producer.outOfStockNotification({ subject, data: told }, context);
        return;
      }
      case 'RecordOpened':
      case 'RecordClosed':
      case 'ReservationTied':
        return;
    }
  };
}
