/**
 * An order, from the click to its end. It stands once its stock is reserved and its payment authorized; until then it is
 * being placed, and what others answer is part of its story. Pure.
 */
import type {
  Address,
  LineItem,
  Money,
  OrderCancelledData,
  OrderCommandRefusedData,
  OrderConfirmedData,
  OrderDeliveredData,
  OrderPlacedData,
  OrderShippedData,
  ReleaseReason,
} from '@chirograph/generated/shop/types';
import { type Decider, type Refusal, refuse } from '@chirograph/runtime';
import { demandOf, priceOf } from './price.ts';

export type OrderFailure = OrderCommandRefusedData['failure'];

/** `at`: milliseconds since 1970-01-01T00:00Z, in all commands. */
export type OrderCommand =
  | PlaceOrder
  | NoteReservation
  | NoteReservationRefused
  | NoteReservationExpired
  | NoteAuthorization
  | { readonly type: 'NotePaymentRefused'; readonly message: string }
  | { readonly type: 'ConfirmOrder'; readonly admin: string | undefined; readonly at: number }
  | ShipOrder
  | { readonly type: 'DeliverOrder'; readonly admin: string | undefined; readonly at: number }
  | CancelOrder
  | { readonly type: 'NoteRefund' }
  | { readonly type: 'NoteRefundFailed'; readonly at: number }
  | { readonly type: 'AskForRefundAgain'; readonly at: number };

export interface PlaceOrder {
  readonly type: 'PlaceOrder';
  readonly orderId: string;
  readonly orderNumber: string;
  /** The message that asked. */
  readonly commandId: string;
  readonly customerId: string;
  /** Undefined when there is no such customer. */
  readonly customer:
    | { readonly isVerified: boolean; readonly shippingAddress: Address | undefined }
    | undefined;
  readonly cart: { readonly cartId: string; readonly lineItems: readonly LineItem[] };
  readonly paymentMethodId: string;
  /** Whether another order of the customer is being placed. */
  readonly isAnotherUnderWay: boolean;
  readonly at: number;
}

interface NoteReservation {
  readonly type: 'NoteReservation';
  readonly productId: string;
  readonly quantity: number;
}

interface NoteReservationRefused {
  readonly type: 'NoteReservationRefused';
  readonly productId: string;
  readonly message: string;
}

interface NoteReservationExpired {
  readonly type: 'NoteReservationExpired';
  readonly productId: string;
}

interface NoteAuthorization {
  readonly type: 'NoteAuthorization';
  readonly amount: Money;
  readonly at: number;
}

export interface ShipOrder {
  readonly type: 'ShipOrder';
  readonly trackingNumber: string;
  readonly carrier: string;
  readonly admin: string | undefined;
  readonly at: number;
}

export interface CancelOrder {
  readonly type: 'CancelOrder';
  readonly reason: string;
  /** Who asks: an admin, or a customer, who can cancel their own. Undefined when nobody vouches for them. */
  readonly by: { readonly kind: 'admin' | 'customer'; readonly id: string } | undefined;
  readonly at: number;
}

/** As the stream keeps it: events with `data` are published, the others lead to commands or stay inside. */
export type OrderEvent =
  | OrderOpened
  /** The stock of one product is set aside. */
  | { readonly type: 'StockHeld'; readonly productId: string; readonly quantity: number }
  /** All stock is set aside: the payment is asked for. */
  | { readonly type: 'PaymentDue'; readonly amount: Money }
  | OrderGivenUp
  /** Stock came for an order that has been given up. */
  | {
      readonly type: 'StockReturned';
      readonly productId: string;
      readonly quantity: number;
      readonly reason: ReleaseReason;
    }
  /** A payment came for an order that has been given up. */
  | { readonly type: 'PaymentReturned'; readonly amount: Money }
  | { readonly type: 'OrderPlaced'; readonly data: OrderPlacedData }
  | { readonly type: 'OrderConfirmed'; readonly data: OrderConfirmedData }
  | { readonly type: 'OrderShipped'; readonly data: OrderShippedData }
  | { readonly type: 'OrderDelivered'; readonly data: OrderDeliveredData }
  | { readonly type: 'OrderCancelled'; readonly data: OrderCancelledData }
  | { readonly type: 'RefundNoted' }
  /** It is asked for again at `retryAt` (milliseconds since 1970-01-01T00:00Z), or left to people. */
  | { readonly type: 'RefundDelayed'; readonly retryAt: number | 'never' }
  | { readonly type: 'RefundDueAgain'; readonly amount: Money };

export interface OrderOpened {
  readonly type: 'OrderOpened';
  readonly orderId: string;
  readonly orderNumber: string;
  readonly commandId: string;
  readonly customerId: string;
  readonly cartId: string;
  readonly lineItems: readonly LineItem[];
  readonly shippingAddress: Address;
  readonly paymentMethodId: string;
}

export interface OrderGivenUp {
  readonly type: 'OrderGivenUp';
  readonly failure: 'OUT_OF_STOCK' | 'PAYMENT_FAILED';
  readonly message: string;
  /** What is to be released, and why. */
  readonly held: readonly { readonly productId: string; readonly quantity: number }[];
  readonly reason: ReleaseReason;
}

export type OrderStatus =
  | 'PLACING'
  | 'GIVEN_UP'
  | 'PENDING'
  | 'CONFIRMED'
  | 'SHIPPED'
  | 'DELIVERED'
  | 'CANCELLED';

export interface Order extends Omit<OrderOpened, 'type'> {
  readonly kind: 'known';
  readonly status: OrderStatus;
  /** Quantities by product. */
  readonly held: ReadonlyMap<string, number>;
  readonly givenUp?: OrderGivenUp | undefined;
  readonly refund: {
    readonly isDone: boolean;
    readonly failures: number;
    readonly retryAt: number | undefined;
  };
}

export type OrderState = { readonly kind: 'unknown' } | Order;

/** How long the order service waits before it asks for a refund again, in milliseconds, and how often it does. */
export const REFUND_WAIT = 3_600_000;
export const REFUND_TRIES = 3;

export const order: Decider<OrderState, OrderCommand, OrderEvent, OrderFailure> = {
  initialState: () => ({ kind: 'unknown' }),
  evolve: evolveOrder,
  decide(command, state) {
    if (command.type === 'PlaceOrder') return place(command, state);
    if ('admin' in command && command.admin === undefined) {
      return refuse('NOT_AN_ADMIN', 'Only admins move orders on.');
    }
    if (state.kind === 'unknown') return refuse('ORDER_NOT_FOUND', 'There is no such order.');
    switch (command.type) {
      case 'NoteReservation':
        return noteReservation(command, state);
      case 'NoteReservationRefused':
        return giveUp(state, 'OUT_OF_STOCK', command.message, 'OUT_OF_STOCK');
      case 'NoteReservationExpired':
        return noteExpired(command, state);
      case 'NoteAuthorization':
        return noteAuthorization(command, state);
      case 'NotePaymentRefused':
        return giveUp(state, 'PAYMENT_FAILED', command.message, 'PAYMENT_FAILED');
      case 'ConfirmOrder':
        return confirm(command.admin ?? '', command.at, state);
      case 'ShipOrder':
        return ship(command, state);
      case 'DeliverOrder': {
        const { orderId, orderNumber } = state;
        if (state.status !== 'SHIPPED') return wrongStatus(state);
        return [{ type: 'OrderDelivered', data: { orderId, orderNumber, deliveredAt: iso(command.at) } }];
      }
      case 'CancelOrder':
        return cancel(command, state);
      case 'NoteRefund':
        return state.refund.isDone ? [] : [{ type: 'RefundNoted' }];
      case 'NoteRefundFailed':
        return delayRefund(command.at, state);
      case 'AskForRefundAgain': {
        const { retryAt } = state.refund;
        const isDue = retryAt !== undefined && command.at >= retryAt;
        return isDue ? [{ type: 'RefundDueAgain', amount: priceOf(state.lineItems).totalAmount }] : [];
      }
    }
  },
};

type Decision = readonly OrderEvent[] | Refusal<OrderFailure>;

function place(command: PlaceOrder, state: OrderState): Decision {
  const { orderId, orderNumber, commandId, customerId, customer, cart, paymentMethodId } = command;
  // The same command again.
  if (state.kind === 'known') return [];
  if (!customer) return refuse('CUSTOMER_NOT_FOUND', 'There is no such customer.');
  if (!customer.isVerified) {
    return refuse(
      'EMAIL_NOT_VERIFIED',
      'Verify your e-mail address first; the link is in the mail that you got.',
    );
  }
  const { shippingAddress } = customer;
  if (!shippingAddress) return refuse('SHIPPING_ADDRESS_NOT_FOUND', 'There is no such address.');
  const { cartId, lineItems } = cart;
  if (lineItems.length === 0) return refuse('CART_EMPTY', 'There is nothing in the cart.');
  if (command.isAnotherUnderWay) return refuse('ORDER_UNDER_WAY', 'Your order is being placed.');
  const opened = { orderId, orderNumber, commandId, customerId, cartId, lineItems };
  return [{ type: 'OrderOpened', ...opened, shippingAddress, paymentMethodId }];
}

function noteReservation({ productId, quantity }: NoteReservation, state: Order): Decision {
  if (state.givenUp) {
    return [{ type: 'StockReturned', productId, quantity, reason: state.givenUp.reason }];
  }
  if (state.status !== 'PLACING' || state.held.has(productId)) return [];
  const held: OrderEvent = { type: 'StockHeld', productId, quantity };
  const isComplete = [...demandOf(state.lineItems).keys()].every(
    (it) => it === productId || state.held.has(it),
  );
  return isComplete ? [held, { type: 'PaymentDue', amount: priceOf(state.lineItems).totalAmount }] : [held];
}

/** What has run out is free already; the other products of the order are not. */
function noteExpired({ productId }: NoteReservationExpired, state: Order): Decision {
  if (state.status !== 'PLACING') return [];
  const held = heldOf(state).filter((it) => it.productId !== productId);
  const message = 'It took too long; please order again.';
  return [{ type: 'OrderGivenUp', failure: 'OUT_OF_STOCK', message, held, reason: 'RESERVATION_EXPIRED' }];
}

function noteAuthorization({ amount, at }: NoteAuthorization, state: Order): Decision {
  if (state.givenUp) return [{ type: 'PaymentReturned', amount }];
  if (state.status !== 'PLACING') return [];
  const { orderId, orderNumber, customerId, lineItems, shippingAddress } = state;
  const price = priceOf(lineItems);
  if (amount.amount !== price.totalAmount.amount || amount.currency !== price.totalAmount.currency) {
    throw new Error(`order ${orderId} is over ${price.totalAmount.amount}, authorized was ${amount.amount}`);
  }
  const about = { orderId, orderNumber, customerId, lineItems, shippingAddress };
  return [{ type: 'OrderPlaced', data: { ...about, ...price, createdAt: iso(at) } }];
}

function giveUp(
  state: Order,
  failure: OrderGivenUp['failure'],
  message: string,
  reason: ReleaseReason,
): Decision {
  if (state.status !== 'PLACING') return [];
  return [{ type: 'OrderGivenUp', failure, message, held: heldOf(state), reason }];
}

function confirm(confirmedBy: string, at: number, state: Order): Decision {
  const { orderId, orderNumber } = state;
  if (state.status !== 'PENDING') return wrongStatus(state);
  return [{ type: 'OrderConfirmed', data: { orderId, orderNumber, confirmedAt: iso(at), confirmedBy } }];
}

function ship({ trackingNumber, carrier, at }: ShipOrder, state: Order): Decision {
  const { orderId, orderNumber } = state;
  if (state.status !== 'CONFIRMED') return wrongStatus(state);
  if (trackingNumber.trim() === '' || carrier.trim() === '') {
    return refuse('MISSING_TRACKING', 'Carrier and tracking number are needed.');
  }
  return [
    { type: 'OrderShipped', data: { orderId, orderNumber, trackingNumber, carrier, shippedAt: iso(at) } },
  ];
}

function cancel({ reason, by, at }: CancelOrder, state: Order): Decision {
  const { orderId, orderNumber, customerId, lineItems, status } = state;
  if (by?.kind === 'customer' ? by.id !== customerId : by === undefined) {
    return refuse('ORDER_NOT_FOUND', 'There is no such order.');
  }
  if (status === 'SHIPPED' || status === 'DELIVERED') {
    return refuse('ALREADY_SHIPPED', 'The order is on its way; send it back when it has arrived.');
  }
  if (status !== 'PENDING' && status !== 'CONFIRMED') return wrongStatus(state);
  const data = { orderId, orderNumber, customerId, reason, lineItems, cancelledAt: iso(at) };
  return [{ type: 'OrderCancelled', data }];
}

function delayRefund(at: number, { refund }: Order): Decision {
  if (refund.isDone) return [];
  return [{ type: 'RefundDelayed', retryAt: refund.failures < REFUND_TRIES ? at + REFUND_WAIT : 'never' }];
}

function wrongStatus({ status }: Order): Refusal<OrderFailure> {
  return refuse('INVALID_STATUS_TRANSITION', `The order is ${status.toLowerCase().replace('_', ' ')}.`);
}

function heldOf({ held }: Order): OrderGivenUp['held'] {
  return [...held].map(([productId, quantity]) => ({ productId, quantity }));
}

function evolveOrder(state: OrderState, event: OrderEvent): OrderState {
  if (event.type === 'OrderOpened') {
    const { type: _, ...opened } = event;
    const refund = { isDone: false, failures: 0, retryAt: undefined };
    return { kind: 'known', ...opened, status: 'PLACING', held: new Map(), refund };
  }
  if (state.kind === 'unknown') throw new Error(`${event.type} of an order that was never opened`);
  switch (event.type) {
    case 'StockHeld':
      return { ...state, held: new Map(state.held).set(event.productId, event.quantity) };
    case 'OrderGivenUp':
      return { ...state, status: 'GIVEN_UP', held: new Map(), givenUp: event };
    case 'OrderPlaced':
      return { ...state, status: 'PENDING' };
    case 'OrderConfirmed':
      return { ...state, status: 'CONFIRMED' };
    case 'OrderShipped':
      return { ...state, status: 'SHIPPED' };
    case 'OrderDelivered':
      return { ...state, status: 'DELIVERED' };
    case 'OrderCancelled':
      return { ...state, status: 'CANCELLED' };
    case 'RefundNoted':
      return { ...state, refund: { ...state.refund, isDone: true, retryAt: undefined } };
    case 'RefundDelayed': {
      const retryAt = event.retryAt === 'never' ? undefined : event.retryAt;
      return { ...state, refund: { ...state.refund, failures: state.refund.failures + 1, retryAt } };
    }
    case 'RefundDueAgain':
      return { ...state, refund: { ...state.refund, retryAt: undefined } };
    case 'PaymentDue':
    case 'StockReturned':
    case 'PaymentReturned':
      return state;
  }
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
