/** The payment of a purchase: one for all its orders. Pure. */
import type {
  Money,
  PaymentConfirmedData,
  PaymentInitiatedData,
  PaymentRefundedData,
  PaymentsCommandRefusedData,
  RefundReason,
} from '@chirograph/generated/ticketing/types';
import { type Decider, type Refusal, refuse } from '@chirograph/runtime';

export type PaymentCommand =
  | (PaymentInitiatedData & {
      readonly type: 'InitiatePayment';
      /** Whether the provider knows the payment token. */
      readonly isTokenValid: boolean;
      /** What each order costs; undefined for one that is not open. */
      readonly totals: readonly (OrderTotal | undefined)[];
    })
  | { readonly type: 'ConfirmPayment'; readonly providerReference: string }
  | {
      readonly type: 'RefundPayment';
      readonly reason: RefundReason;
      /** Those that are undone; all without it. */
      readonly orderIds?: readonly string[] | undefined;
    };

export interface OrderTotal {
  readonly orderId: string;
  readonly total: Money;
}

/** As the stream keeps it: `data` is published. */
export type PaymentEvent =
  | {
      readonly type: 'PaymentInitiated';
      readonly data: PaymentInitiatedData;
      readonly totals: readonly OrderTotal[];
    }
  | { readonly type: 'PaymentConfirmed'; readonly data: PaymentConfirmedData }
  | { readonly type: 'PaymentRefunded'; readonly data: PaymentRefundedData };

export type PaymentFailure = PaymentsCommandRefusedData['failure'];

export type Payment =
  | { readonly kind: 'unknown' }
  | (PaymentInitiatedData & {
      /** `closed`: nothing is owed, to nobody. */
      readonly kind: 'initiated' | 'confirmed' | 'closed';
      /** What the orders cost that were not given back. */
      readonly totals: readonly OrderTotal[];
    });

export const payment: Decider<Payment, PaymentCommand, PaymentEvent, PaymentFailure> = {
  initialState: () => ({ kind: 'unknown' }),

  decide(command, state) {
    if (command.type === 'InitiatePayment') return initiate(command, state);
    if (state.kind === 'unknown') return refuse('PAYMENT_NOT_FOUND', 'There is no such payment.');
    const { paymentId, cartId, orderIds, userId, amount } = state;
    if (command.type === 'ConfirmPayment') {
      const { providerReference } = command;
      if (state.kind !== 'initiated') {
        return refuse('THE_PAYMENT_IS_CONFIRMED_OR_REFUNDED_ALREADY', `The payment is ${state.kind}.`);
      }
      const data = { paymentId, cartId, orderIds, userId, amount, providerReference };
      return [{ type: 'PaymentConfirmed', data }];
    }
    // What is not collected yet is for all orders: it is closed as a whole.
    const asked = state.kind === 'confirmed' ? command.orderIds : undefined;
    const back = state.totals.filter(({ orderId }) => asked?.includes(orderId) ?? true);
    if (state.kind === 'closed' || back.length === 0) {
      return refuse('THE_PAYMENT_IS_REFUNDED_ALREADY', 'What was asked for is given back already.');
    }
    const paid = back.reduce((sum, { total }) => sum + total.amount, 0);
    const given = { amount: state.kind === 'confirmed' ? paid : 0, currency: amount.currency };
    const of = { paymentId, cartId, orderIds: back.map(({ orderId }) => orderId), userId };
    return [{ type: 'PaymentRefunded', data: { ...of, amount: given, reason: command.reason } }];
  },

  evolve(state, event) {
    if (event.type === 'PaymentInitiated') {
      return { kind: 'initiated', ...event.data, totals: event.totals };
    }
    if (state.kind === 'unknown') throw new Error(`${event.type} of a payment that was never initiated`);
    if (event.type === 'PaymentConfirmed') return { ...state, kind: 'confirmed' };
    const { orderIds } = event.data;
    const totals = state.totals.filter(({ orderId }) => !orderIds.includes(orderId));
    return { ...state, kind: totals.length === 0 ? 'closed' : state.kind, totals };
  },
};

function initiate(
  command: Extract<PaymentCommand, { type: 'InitiatePayment' }>,
  { kind }: Payment,
): readonly PaymentEvent[] | Refusal<PaymentFailure> {
  const { paymentId, cartId, orderIds, userId, amount, isTokenValid } = command;
  if (kind !== 'unknown') {
    return refuse('THERE_IS_A_PAYMENT_WITH_THIS_ID_ALREADY', 'There is a payment with this id.');
  }
  const totals = command.totals.flatMap((it) => it ?? []);
  if (totals.length < orderIds.length) return refuse('AN_ORDER_IS_NOT_FOUND', 'An order is not open.');
  const total = totals.reduce((sum, it) => sum + it.total.amount, 0);
  if (total !== amount.amount || totals.some((it) => it.total.currency !== amount.currency)) {
    return refuse('THE_AMOUNT_IS_NOT_THE_TOTAL_OF_THE_ORDERS', 'The orders cost something else together.');
  }
  if (!isTokenValid) {
    return refuse('THE_PAYMENT_INFORMATION_IS_NOT_VALID', 'The provider does not know the card or account.');
  }
  return [{ type: 'PaymentInitiated', data: { paymentId, cartId, orderIds, userId, amount }, totals }];
}
