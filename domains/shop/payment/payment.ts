/** The payment of one order. What the gateway said is part of the command. Pure. */
import type {
  Money,
  PaymentAuthorizedData,
  PaymentCommandRefusedData,
  PaymentMethod,
  PaymentRefundedData,
} from '@chirograph/generated/shop/types';
import { type Decider, refuse } from '@chirograph/runtime';

/** What the gateway says to a request for authorization. */
export type Authorization =
  | { readonly kind: 'approved'; readonly authorizationId: string; readonly paymentMethod: PaymentMethod }
  | { readonly kind: 'card-declined' | 'unsupported-card-type' | 'gateway-error' };

/** What it says to a request for a refund. */
export type RefundAnswer =
  | { readonly kind: 'refunded'; readonly refundId: string }
  | { readonly kind: 'failed' };

/** `at`: milliseconds since 1970-01-01T00:00Z. */
export type PaymentCommand =
  | {
      readonly type: 'Authorize';
      readonly paymentId: string;
      readonly orderId: string;
      readonly customerId: string;
      readonly amount: Money;
      readonly answer: Authorization;
      readonly at: number;
    }
  | { readonly type: 'Refund'; readonly amount: Money; readonly answer: RefundAnswer; readonly at: number };

export type PaymentEvent =
  | { readonly type: 'PaymentAuthorized'; readonly data: PaymentAuthorizedData; readonly customerId: string }
  | { readonly type: 'PaymentRefunded'; readonly data: PaymentRefundedData };

export type PaymentFailure = PaymentCommandRefusedData['failure'];

export type Payment =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'authorized' | 'refunded';
      readonly paymentId: string;
      readonly orderId: string;
      readonly customerId: string;
      readonly amount: Money;
      /** What the gateway knows the authorization by. */
      readonly authorizationId: string;
    };

export const payment: Decider<Payment, PaymentCommand, PaymentEvent, PaymentFailure> = {
  initialState: () => ({ kind: 'none' }),
  evolve(state, event) {
    if (event.type === 'PaymentAuthorized') {
      const { paymentId, orderId, amount, authorizationId } = event.data;
      return {
        kind: 'authorized',
        paymentId,
        orderId,
        customerId: event.customerId,
        amount,
        authorizationId,
      };
    }
    if (state.kind === 'none') throw new Error('a refund of a payment that was never made');
    return { ...state, kind: 'refunded' };
  },
  decide(command, state) {
    const time = new Date(command.at).toISOString();
    if (command.type === 'Authorize') {
      const { paymentId, orderId, customerId, amount, answer } = command;
      if (state.kind !== 'none') return [];
      if (answer.kind !== 'approved') {
        const { code, message } = REFUSALS[answer.kind];
        return refuse(code, message);
      }
      const { authorizationId, paymentMethod } = answer;
      const data = { paymentId, orderId, amount, authorizationId, paymentMethod, authorizedAt: time };
      return [{ type: 'PaymentAuthorized', data, customerId }];
    }
    const { amount, answer } = command;
    if (state.kind === 'none') return refuse('ORIGINAL_PAYMENT_NOT_FOUND', 'The order was not paid.');
    if (state.kind === 'refunded') return [];
    const isCovered = amount.currency === state.amount.currency && amount.amount <= state.amount.amount;
    if (!isCovered) return refuse('REFUND_FAILED', 'More is asked for than was paid.');
    if (answer.kind === 'failed') return refuse('REFUND_FAILED', 'The gateway did not give the money back.');
    const { paymentId, orderId } = state;
    const data = { paymentId, orderId, refundAmount: amount, refundId: answer.refundId, refundedAt: time };
    return [{ type: 'PaymentRefunded', data }];
  },
};

const REFUSALS = {
  'card-declined': { code: 'CARD_DECLINED', message: 'The card was declined.' },
  'unsupported-card-type': { code: 'UNSUPPORTED_CARD_TYPE', message: 'Cards of this type are not taken.' },
  'gateway-error': { code: 'GATEWAY_ERROR', message: 'The payment gateway does not answer.' },
} as const;
