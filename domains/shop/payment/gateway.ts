import type { Money } from '@chirograph/generated/shop/types';
import type { Authorization, RefundAnswer } from './payment.ts';

/**
 * The payment gateway, for cards and PayPal. It is outside the transaction: after a failure or a crash the same may be asked
 * again, under the same order or command, and the gateway answers as it did before.
 */
export interface PaymentGateway {
  /** Rejects when it does not answer; an answer that says no is a value. */
  authorize(request: {
    readonly orderId: string;
    readonly paymentMethodId: string;
    readonly amount: Money;
  }): Promise<Authorization>;
  refund(request: {
    readonly orderId: string;
    readonly authorizationId: string;
    readonly amount: Money;
  }): Promise<RefundAnswer>;
  initiatePayPal(request: {
    readonly commandId: string;
    readonly amount: Money;
    readonly returnUrl: string;
    readonly cancelUrl: string;
  }): Promise<
    | { readonly kind: 'initiated'; readonly paymentMethodId: string; readonly approvalUrl: string }
    | { readonly kind: 'failed' }
  >;
}
