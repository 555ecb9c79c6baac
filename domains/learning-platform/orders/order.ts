/** An order for courses: placed, then paid or cancelled, and perhaps refunded. Pure. */
import type {
  Money,
  OrderCancelledPayload,
  OrderPaidPayload,
  OrderPlacedPayload,
  OrderRefundedPayload,
  RefundReason,
} from '@chirograph/generated/learning-platform/types';
import { type Decider, isRefusal, type Refusal, refuse } from '@chirograph/runtime';
import { type RefundRefusal, refundOf, type Terms } from '../refund-policy/refund-policy.ts';

/** For how long an order waits for its payment, in milliseconds. */
export const PAYMENT_TIME = 86_400_000;

/** What is known of a course when it is ordered. */
export interface Offer {
  readonly courseId: string;
  readonly status: 'unknown' | 'offered' | 'deprecated';
  readonly price?: Money | undefined;
  /** Undefined when the policy of the course is deprecated and none took its place. */
  readonly terms?: Terms | undefined;
  /** Whether the user has access to it already. */
  readonly isOpen: boolean;
}

/** A course of an order, with what it cost and the terms that held when it was ordered: later ones change nothing. */
export interface OrderLine {
  readonly courseId: string;
  readonly price: number;
  readonly terms: Terms;
}

/** What is known of a course when its money is to come back. */
export interface Standing {
  readonly courseId: string;
  readonly progress: number;
  readonly isDeprecated: boolean;
}

/**
 * `at`: milliseconds since 1970-01-01T00:00Z. `by`: the user who asks; absent when the staff of the platform do, or its clocks.
 */
export type OrderCommand =
  | {
      readonly type: 'PlaceOrder';
      readonly by?: string | undefined;
      readonly orderId: string;
      readonly userId: string;
      readonly isUserKnown: boolean;
      readonly offers: readonly Offer[];
      readonly at: number;
    }
  | { readonly type: 'PayOrder'; readonly paymentId: string; readonly at: number }
  | { readonly type: 'CancelOrder'; readonly by?: string | undefined }
  | { readonly type: 'CancelUnpaid'; readonly at: number }
  | {
      readonly type: 'RefundOrder';
      readonly by?: string | undefined;
      readonly reason: RefundReason;
      readonly standings: readonly Standing[];
      readonly at: number;
    };

export type OrderEvent =
  | {
      readonly type: 'OrderPlaced';
      readonly data: OrderPlacedPayload;
      readonly lines: readonly OrderLine[];
      readonly at: number;
    }
  | { readonly type: 'OrderPaid'; readonly data: OrderPaidPayload; readonly at: number }
  | { readonly type: 'OrderCancelled'; readonly data: OrderCancelledPayload }
  | { readonly type: 'OrderRefunded'; readonly data: OrderRefundedPayload; readonly amount: Money };

export type OrderFailure =
  | 'order-exists'
  | 'order-not-found'
  | 'user-not-found'
  | 'not-the-user'
  | 'not-an-admin'
  | 'no-courses'
  | 'course-twice'
  | 'course-not-found'
  | 'course-deprecated'
  | 'course-not-for-sale'
  | 'access-held'
  | 'currencies-differ'
  | 'order-paid'
  | 'order-cancelled'
  | 'order-refunded'
  | 'order-not-paid'
  | 'no-course-deprecated'
  | RefundRefusal;

export type Order =
  | { readonly kind: 'unknown' }
  | {
      readonly kind: 'placed' | 'paid' | 'cancelled' | 'refunded';
      readonly orderId: string;
      readonly userId: string;
      readonly lines: readonly OrderLine[];
      readonly total: Money;
      readonly placedAt: number;
      readonly paidAt: number | undefined;
      readonly paymentId: string | undefined;
      /** What goes back of a refunded one. */
      readonly owed: Money | undefined;
    };

export const order: Decider<Order, OrderCommand, OrderEvent, OrderFailure> = {
  initialState: () => ({ kind: 'unknown' }),

  decide(command, state) {
    if (command.type === 'PlaceOrder') return place(command, state);
    // Of somebody else's order nobody hears that there is one.
    const isNobodys =
      state.kind === 'unknown' || ('by' in command && (command.by ?? state.userId) !== state.userId);
    if (isNobodys) return refuse('order-not-found', 'There is no such order.');
    const { orderId: order_id, userId: user_id, lines } = state;
    const course_ids = lines.map(({ courseId }) => courseId);
    switch (command.type) {
      case 'PayOrder': {
        const { paymentId: payment_id, at } = command;
        // Told twice: there is nothing to give back.
        if (payment_id === state.paymentId) return [];
        return (
          notPlaced(state) ?? [{ type: 'OrderPaid', data: { order_id, user_id, course_ids, payment_id }, at }]
        );
      }
      case 'CancelOrder':
        return notPlaced(state) ?? [{ type: 'OrderCancelled', data: { order_id, user_id } }];
      case 'CancelUnpaid':
        return state.kind === 'placed' && command.at >= state.placedAt + PAYMENT_TIME
          ? [{ type: 'OrderCancelled', data: { order_id, user_id } }]
          : [];
      case 'RefundOrder': {
        const { reason: refund_reason } = command;
        if (command.by !== undefined && refund_reason !== 'requested_by_user') {
          return refuse('not-an-admin', 'The staff of the platform say what it is to blame for.');
        }
        if (state.kind === 'refunded') return refuse('order-refunded', 'The money was given back.');
        if (state.kind !== 'paid') return refuse('order-not-paid', `The order is ${state.kind}.`);
        const amount = refund(command, state);
        if (isRefusal(amount)) return amount;
        return [{ type: 'OrderRefunded', data: { order_id, user_id, course_ids, refund_reason }, amount }];
      }
    }
  },

  evolve(state, event) {
    if (event.type === 'OrderPlaced') {
      const { order_id: orderId, user_id: userId, total_amount: total } = event.data;
      const { lines, at: placedAt } = event;
      return {
        kind: 'placed',
        orderId,
        userId,
        lines,
        total,
        placedAt,
        paidAt: undefined,
        paymentId: undefined,
        owed: undefined,
      };
    }
    if (state.kind === 'unknown') return state;
    if (event.type === 'OrderPaid') {
      return { ...state, kind: 'paid', paidAt: event.at, paymentId: event.data.payment_id };
    }
    if (event.type === 'OrderCancelled') return { ...state, kind: 'cancelled' };
    return { ...state, kind: 'refunded', owed: event.amount };
  },
};

/** When the order is cancelled unless it is paid. */
export function paymentDueAt(state: Order): number | undefined {
  return state.kind === 'placed' ? state.placedAt + PAYMENT_TIME : undefined;
}

function place(
  command: Extract<OrderCommand, { type: 'PlaceOrder' }>,
  { kind }: Order,
): readonly OrderEvent[] | Refusal<OrderFailure> {
  const { orderId: order_id, userId: user_id, isUserKnown, offers, at } = command;
  if (kind !== 'unknown') return refuse('order-exists', 'There is an order with this id.');
  if ((command.by ?? user_id) !== user_id) return refuse('not-the-user', 'Users order for themselves.');
  if (!isUserKnown) return refuse('user-not-found', 'There is no such user.');
  const course_ids = offers.map(({ courseId }) => courseId);
  if (course_ids.length === 0) return refuse('no-courses', 'An order has a course.');
  if (new Set(course_ids).size < course_ids.length) {
    return refuse('course-twice', 'A course stands in an order once.');
  }
  const lines: OrderLine[] = [];
  let currency: string | undefined;
  for (const { courseId, status, price, terms, isOpen } of offers) {
    if (status === 'unknown') return refuse('course-not-found', 'There is no such course.');
    if (status === 'deprecated') return refuse('course-deprecated', 'A course is no longer offered.');
    if (!price || !terms) return refuse('course-not-for-sale', 'A course has no price or no refund policy.');
    if (isOpen) return refuse('access-held', 'A course is open to the user already.');
    currency ??= price.currency;
    if (price.currency !== currency) return refuse('currencies-differ', 'An order is in one currency.');
    lines.push({ courseId, price: price.amount, terms });
  }
  const amount = lines.reduce((sum, { price }) => sum + price, 0);
  const total_amount = { amount, currency: currency ?? '' };
  return [{ type: 'OrderPlaced', data: { order_id, user_id, course_ids, total_amount }, lines, at }];
}

function notPlaced({ kind }: Order): Refusal<OrderFailure> | undefined {
  if (kind === 'paid') return refuse('order-paid', 'The order is paid.');
  if (kind === 'cancelled') return refuse('order-cancelled', 'The order is cancelled.');
  return kind === 'refunded' ? refuse('order-refunded', 'The money was given back.') : undefined;
}

/** What comes back: by the policies when the user asks, and everything when the platform is to blame. */
function refund(
  { reason, standings, at }: Extract<OrderCommand, { type: 'RefundOrder' }>,
  { lines, total, paidAt = at }: Exclude<Order, { kind: 'unknown' }>,
): Money | Refusal<OrderFailure> {
  if (reason === 'course_deprecated' && !standings.some(({ isDeprecated }) => isDeprecated)) {
    return refuse('no-course-deprecated', 'All courses of the order are still offered.');
  }
  if (reason !== 'requested_by_user') return total;
  let amount = 0;
  for (const { courseId, price, terms } of lines) {
    const progress = standings.find((it) => it.courseId === courseId)?.progress ?? 0;
    const back = refundOf(terms, { price, paidAt, at, progress });
    // An order is given back as a whole: its event names no part of it.
    if (typeof back !== 'number') return back;
    amount += back;
  }
  return { ...total, amount };
}
