import type { Money } from '@chirograph/generated/learning-platform/types';

/** Who moves the money. Asked twice under one id, the provider does it once and answers the same. */
export interface PaymentProvider {
  /** Answers the id of the payment; undefined when it is declined. */
  collect(request: { readonly orderId: string; readonly amount: Money }): Promise<string | undefined>;
  /** @param request `id` is the order's */
  giveBack(request: { readonly id: string; readonly amount: Money }): Promise<void>;
}
