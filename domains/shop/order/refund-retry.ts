import {
  type DeadlineOptions,
  type Deadlines,
  deadlines,
  type Store,
  type Transaction,
} from '@chirograph/runtime';
import type { OrderState } from './order.ts';
import type { OrderService } from './order-service.ts';

const OWNER = 'refund-retry';

/** Sets the order's deadline to the moment at which its refund is asked for again; to be called after each event. */
export async function noteRefundRetry(tx: Transaction, orderId: string, state: OrderState): Promise<void> {
  const dueAt = state.kind === 'known' ? state.refund.retryAt : undefined;
  if (dueAt === undefined) await tx.timers.clear(OWNER, orderId);
  else await tx.timers.set({ owner: OWNER, id: orderId, dueAt, attempts: 0 });
}

/** Asks again for refunds that have failed. What follows is caused by the failure, which the store no longer knows. */
export function refundRetry(
  store: Store,
  orders: Pick<OrderService, 'note'>,
  options: DeadlineOptions,
): Deadlines {
  const process = {
    name: OWNER,
    async expire(tx: Transaction, orderId: string): Promise<void> {
      await orders.note(orderId, { type: 'AskForRefundAgain' }, { tx });
    },
  };
  return deadlines(store, process, options);
}
