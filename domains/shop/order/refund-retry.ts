import { entityDeadlines } from '@chirograph/runtime';
import type { OrderState } from './order.ts';

/** Refunds that have failed, and are asked for again. */
export const refundRetry = entityDeadlines('refund-retry', (state: OrderState) =>
  state.kind === 'known' ? state.refund.retryAt : undefined,
);
