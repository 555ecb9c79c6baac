/** The data warehouse: orders, without what is personal. */
import type { DataWarehouseHandlers } from '@chirograph/generated/checkout/consumers/data-warehouse';
import type { OrderCreatedData } from '@chirograph/generated/checkout/types';
import type { Log } from '@chirograph/runtime';
import { records } from '../records.ts';

export type WarehouseRow = Omit<OrderCreatedData, 'user_name' | 'user_phone' | 'delivery'>;

/** By order. */
export const rows = records<WarehouseRow>('data-warehouse/orders', 'order.created');

export function dataWarehouseHandlers(log: Log): DataWarehouseHandlers {
  return {
    async orderCreated({ timestamp, data }, context) {
      const { user_name: _name, user_phone: _phone, delivery: _delivery, ...row } = data;
      await rows.put(context.tx, data.order_id, row, timestamp);
      log(context, 'syncs the order');
    },
  };
}
