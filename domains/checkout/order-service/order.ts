/**
 * An order, from the click to its end: checked, initiated, paid, taken by BizOne, created; or failed at one of these steps, and
 * then all is undone. Pure.
 */
import { isDeepStrictEqual } from 'node:util';
import type {
  Address,
  BizoneOrderCreatedData,
  CoinPayment,
  FailureStage,
  OrderFailureReason,
  OrderItem,
  Validations,
} from '@chirograph/generated/checkout/types';
import { type Decider, type Refusal, refuse } from '@chirograph/runtime';
import type { Offer } from '../rules-service/rules.ts';

export type OrderFailure = 'CART_INVALID' | 'IDEMPOTENCY_KEY_REUSED' | 'ORDER_NOT_FOUND';

/** What the user asks for by the click. */
export interface CheckoutRequest {
  readonly request_id: string;
  readonly idempotency_key: string;
  readonly session_id: string;
  readonly user_id: string;
  readonly user_name: string;
  readonly user_phone: string;
  readonly merchant_id: string;
  readonly items: readonly Omit<OrderItem, 'total'>[];
  readonly campaign_code?: string | undefined;
  readonly address: Address;
}

/** `at`: milliseconds since 1970-01-01T00:00Z, in all commands. */
export type OrderCommand =
  | {
      readonly type: 'StartCheckout';
      readonly order_id: string;
      readonly request: CheckoutRequest;
      readonly at: number;
    }
  | {
      readonly type: 'NoteVerdict';
      readonly validations: Validations;
      /** Undefined when the cart may not be checked out. */
      readonly offer: Offer | undefined;
      readonly at: number;
    }
  | { readonly type: 'NoteMerchantUnavailable'; readonly at: number }
  | { readonly type: 'NoteDebit'; readonly payments: readonly CoinPayment[]; readonly at: number }
  | {
      readonly type: 'NoteDebitFailed';
      readonly reason: 'WALLET_INSUFFICIENT_BALANCE' | 'WALLET_UNAVAILABLE';
      /** Undefined when the wallet did not answer: then coins may have been taken. */
      readonly amount_available: number | undefined;
      readonly at: number;
    }
  | { readonly type: 'NotePartnerTook'; readonly data: BizoneOrderCreatedData; readonly at: number }
  | { readonly type: 'NotePartnerRejected'; readonly at: number }
  | { readonly type: 'NotePartnerCancelled'; readonly bizone_order_id: string; readonly at: number }
  | { readonly type: 'NoteTime'; readonly at: number };

/** As the stream keeps it. What others are told is made of these and of the state. */
export type OrderEvent =
  | CheckoutStarted
  /** Nothing has been changed, so nothing fails. */
  | { readonly type: 'CartRejected'; readonly validations: Validations }
  | { readonly type: 'OrderInitiated'; readonly offer: Offer; readonly at: number }
  | { readonly type: 'OrderPaid'; readonly payments: readonly CoinPayment[]; readonly at: number }
  | { readonly type: 'PartnerTook'; readonly data: BizoneOrderCreatedData }
  | { readonly type: 'OrderCreated'; readonly at: number }
  | OrderFailed
  /** BizOne has the order, and must not. */
  | {
      readonly type: 'CancellationDue';
      readonly bizone_order_id: string;
      readonly reason: OrderFailureReason;
    }
  | { readonly type: 'PartnerCancelled'; readonly bizone_order_id: string };

export interface CheckoutStarted {
  readonly type: 'CheckoutStarted';
  readonly order_id: string;
  readonly request: CheckoutRequest;
}

export interface OrderFailed {
  readonly type: 'OrderFailed';
  readonly reason: OrderFailureReason;
  readonly stage: FailureStage;
  readonly amount_required?: number;
  readonly amount_available?: number;
  /** False while coins are still to be given back, or may be. */
  readonly rollback_completed: boolean;
}

export interface Order {
  readonly kind: 'known';
  readonly status: 'checking' | 'rejected' | 'initiated' | 'paid' | 'created' | 'failed';
  readonly order_id: string;
  readonly request: CheckoutRequest;
  /** Of a rejected cart. */
  readonly validations?: Validations;
  readonly offer?: Offer;
  readonly payments: readonly CoinPayment[];
  readonly failure?: OrderFailed;
  readonly partner?: BizoneOrderCreatedData;
  /** The order at BizOne that is to be cancelled, or is. */
  readonly cancelling?: { readonly bizone_order_id: string; readonly isDone: boolean };
  readonly created_at?: number;
  /** When the step under way is given up. */
  readonly dueAt?: number | undefined;
}

export type OrderState = { readonly kind: 'unknown' } | Order;

/** How long the debit may take, in milliseconds. */
export const DEBIT_TIME = 60_000;
/** How long BizOne may take: longer than the contract has it asked again, which is for 3936 s. */
export const PARTNER_TIME = 5_400_000;

export const order: Decider<OrderState, OrderCommand, OrderEvent, OrderFailure> = {
  initialState: () => ({ kind: 'unknown' }),
  decide(command, state) {
    if (command.type === 'StartCheckout') return start(command, state);
    if (state.kind === 'unknown') return refuse('ORDER_NOT_FOUND', 'There is no such order.');
    switch (command.type) {
      case 'NoteVerdict': {
        const { offer, validations, at } = command;
        if (state.status !== 'checking') return [];
        return offer ? [{ type: 'OrderInitiated', offer, at }] : [{ type: 'CartRejected', validations }];
      }
      case 'NoteMerchantUnavailable':
        return state.status === 'initiated' ? [failed('initiation', 'MERCHANT_UNAVAILABLE', true)] : [];
      case 'NoteDebit':
        return noteDebit(command, state);
      case 'NoteDebitFailed': {
        const { reason, amount_available } = command;
        return state.status === 'initiated' ? [debitFailed(state, reason, amount_available)] : [];
      }
      case 'NotePartnerTook':
        return notePartnerTook(command, state);
      case 'NotePartnerRejected':
        return state.status === 'paid' ? [failed('partner_order', 'PARTNER_REJECTED', false)] : [];
      case 'NotePartnerCancelled': {
        const { bizone_order_id } = command;
        const isAsked = state.cancelling?.bizone_order_id === bizone_order_id && !state.cancelling.isDone;
        return isAsked ? [{ type: 'PartnerCancelled', bizone_order_id }] : [];
      }
      case 'NoteTime':
        if (state.dueAt === undefined || command.at < state.dueAt) return [];
        return state.status === 'initiated'
          ? [debitFailed(state, 'WALLET_UNAVAILABLE', undefined)]
          : [failed('partner_order', 'PARTNER_UNAVAILABLE', false)];
    }
  },
  evolve(state, event) {
    if (event.type === 'CheckoutStarted') {
      const { order_id, request } = event;
      return { kind: 'known', status: 'checking', order_id, request, payments: [] };
    }
    if (state.kind === 'unknown') return state;
    switch (event.type) {
      case 'CartRejected':
        return { ...state, status: 'rejected', validations: event.validations };
      case 'OrderInitiated':
        return { ...state, status: 'initiated', offer: event.offer, dueAt: event.at + DEBIT_TIME };
      case 'OrderPaid':
        return { ...state, status: 'paid', payments: event.payments, dueAt: event.at + PARTNER_TIME };
      case 'PartnerTook':
        return { ...state, partner: event.data };
      case 'OrderCreated':
        return { ...state, status: 'created', created_at: event.at, dueAt: undefined };
      case 'OrderFailed':
        return { ...state, status: 'failed', failure: event, dueAt: undefined };
      case 'CancellationDue':
        return { ...state, cancelling: { bizone_order_id: event.bizone_order_id, isDone: false } };
      case 'PartnerCancelled':
        return { ...state, cancelling: { bizone_order_id: event.bizone_order_id, isDone: true } };
    }
  },
};

type Decision = readonly OrderEvent[] | Refusal<OrderFailure>;

function start(
  { order_id, request }: Extract<OrderCommand, { type: 'StartCheckout' }>,
  state: OrderState,
): Decision {
  if (state.kind === 'known') {
    if (isSame(request, state.request)) return [];
    return refuse('IDEMPOTENCY_KEY_REUSED', 'The idempotency key is that of another request.');
  }
  const { items } = request;
  const isWhole = items.every(
    ({ quantity, unit_price }) =>
      Number.isSafeInteger(quantity) && quantity > 0 && Number.isSafeInteger(unit_price) && unit_price >= 0,
  );
  const isOnce = new Set(items.map((it) => it.product_id)).size === items.length;
  if (items.length === 0 || !isWhole || !isOnce || !Number.isSafeInteger(cartValueOf(request))) {
    return refuse(
      'CART_INVALID',
      'A cart holds products, each once, in whole quantities of at least one and at whole prices.',
    );
  }
  return [{ type: 'CheckoutStarted', order_id, request }];
}

/** What was ordered, by whom and where; a new request has a new id, and names may have been erased. */
function isSame(one: CheckoutRequest, other: CheckoutRequest): boolean {
  const [a, b] = [one, other].map(({ user_id, merchant_id, items, campaign_code }) => ({
    user_id,
    merchant_id,
    campaign_code,
    items: items.map(({ product_id, quantity, unit_price }) => ({ product_id, quantity, unit_price })),
  }));
  return isDeepStrictEqual(a, b);
}

function noteDebit({ payments, at }: Extract<OrderCommand, { type: 'NoteDebit' }>, state: Order): Decision {
  if (state.status !== 'initiated') return [];
  const paid = payments.reduce((sum, { amount }) => sum + amount, 0);
  if (paid !== amountOf(state)) return [failed('wallet_debit', 'INTERNAL_ERROR', false)];
  return [{ type: 'OrderPaid', payments, at }];
}

function notePartnerTook(
  { data, at }: Extract<OrderCommand, { type: 'NotePartnerTook' }>,
  state: Order,
): Decision {
  const took: OrderEvent = { type: 'PartnerTook', data };
  const { bizone_order_id } = data;
  if (state.status === 'failed') {
    // It comes too late: the coins are back, or on their way.
    const { reason } = state.failure ?? { reason: 'INTERNAL_ERROR' };
    return state.cancelling ? [] : [took, { type: 'CancellationDue', bizone_order_id, reason }];
  }
  if (state.status !== 'paid') return [];
  const { request } = state;
  const isAgreed =
    data.total_amount === amountOf(state) &&
    data.items_count === request.items.length &&
    data.merchant_id === request.merchant_id;
  if (isAgreed) return [took, { type: 'OrderCreated', at }];
  const reason = 'COMPLETION_FAILED';
  return [took, failed('completion', reason, false), { type: 'CancellationDue', bizone_order_id, reason }];
}

function failed(stage: FailureStage, reason: OrderFailureReason, rollback_completed: boolean): OrderFailed {
  return { type: 'OrderFailed', stage, reason, rollback_completed };
}

function debitFailed(state: Order, reason: OrderFailureReason, available: number | undefined): OrderFailed {
  const amounts = { amount_required: amountOf(state) };
  return available === undefined
    ? { ...failed('wallet_debit', reason, false), ...amounts }
    : { ...failed('wallet_debit', reason, true), ...amounts, amount_available: available };
}

/** The items, before any discount. */
export function cartValueOf({ items }: Pick<CheckoutRequest, 'items'>): number {
  return items.reduce((sum, { quantity, unit_price }) => sum + quantity * unit_price, 0);
}

/** What the user has to pay. */
export function amountOf({ request, offer }: Pick<Order, 'request' | 'offer'>): number {
  return cartValueOf(request) - (offer?.discount ?? 0);
}
