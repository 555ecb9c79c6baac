/** Where the staff see what became of an order. */
import type { CustomerSupportHandlers } from '@chirograph/generated/checkout/consumers/customer-support';
import type { FailureStage, OrderFailureReason } from '@chirograph/generated/checkout/types';
import type { Log } from '@chirograph/runtime';
import { records } from '../records.ts';

export type Case =
  | { readonly kind: 'created'; readonly user_id: string; readonly bizone_order_id: string }
  | {
      readonly kind: 'failed';
      readonly user_id: string;
      readonly stage: FailureStage;
      readonly reason: OrderFailureReason;
      readonly rollback_completed: boolean;
    };

/** By order. */
export const cases = records<Case>('customer-support/orders', 'order.created');

export function customerSupportHandlers(log: Log): CustomerSupportHandlers {
  return {
    async orderCreated({ timestamp, data: { order_id, user_id, external_references } }, context) {
      const { bizone_order_id } = external_references;
      await cases.put(context.tx, order_id, { kind: 'created', user_id, bizone_order_id }, timestamp);
      log(context, 'sees the order');
    },
    async orderFailed({ timestamp, data }, context) {
      const { order_id, user_id, failure_stage: stage, failure_reason: reason, rollback_completed } = data;
      const failed = { kind: 'failed', user_id, stage, reason, rollback_completed } as const;
      await cases.put(context.tx, order_id, failed, timestamp);
      log(context, `sees the failed order: ${reason}`);
    },
  };
}
