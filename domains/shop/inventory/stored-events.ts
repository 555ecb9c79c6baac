import * as contracts from '@chirograph/generated/shop/messages';
import { dataEvent, type EventSchema, eventSchema } from '@chirograph/runtime';
import { fields } from '../../shared/fields.ts';
import type { StockEvent } from './stock.ts';

/** How the events of stocks are stored: `data` by the contracts. A new shape is a new version here, with the way from the one before. */
export const stockEvents: EventSchema<StockEvent> = eventSchema<StockEvent>({
  RecordOpened: {
    version: '1.0',
    check: fields({ inventoryId: 'string', productId: 'string', productName: 'string' }),
  },
  RecordClosed: { version: '1.0', check: fields({}) },
  InventoryQuantitySet: dataEvent(contracts.inventoryQuantitySet),
  InventoryAdjusted: dataEvent(contracts.inventoryAdjusted),
  InventoryReserved: dataEvent(contracts.inventoryReserved),
  ReservationTied: { version: '1.0', check: fields({ orderId: 'string' }) },
  InventoryReleased: dataEvent(contracts.inventoryReleased),
  InventoryDeducted: dataEvent(contracts.inventoryDeducted),
  LowStockAlert: dataEvent(contracts.lowStockAlert),
  OutOfStock: dataEvent(contracts.outOfStock),
});
