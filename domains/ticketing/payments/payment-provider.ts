import type { Money } from '@chirograph/generated/ticketing/types';

/**
 * The payment provider. It is outside the transaction: after a failure or a crash the same may be asked again, under the same
 * payment, and it answers as it did before. Each method rejects when the provider does not answer; a no is a value.
 */
export interface PaymentProvider {
  /** Ties the token that it gave the website to the payment; false when it does not know the token. */
  accept(request: { readonly paymentId: string; readonly paymentToken: string }): Promise<boolean>;
  /** Collects the money with the token of the payment. Undefined when it cannot be collected. */
  collect(request: { readonly paymentId: string; readonly amount: Money }): Promise<string | undefined>;
  /** Gives back what was collected. `id` tells one refund of a payment from another. */
  giveBack(request: {
    readonly id: string;
    readonly paymentId: string;
    readonly amount: Money;
  }): Promise<void>;
}
