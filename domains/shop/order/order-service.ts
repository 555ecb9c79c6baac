/** The order service: it takes orders, and leads each through stock and payment to its end. */
import type { OrderProducer } from '@chirograph/generated/shop/producers/order';
import type { Address, LineItem, PlaceOrderData } from '@chirograph/generated/shop/types';
import {
  type Clock,
  type CommandContext,
  derivedId,
  type Outcome,
  outcomeOf,
  personalData,
  type Repository,
  repository,
  type Store,
  type Transaction,
  within,
} from '@chirograph/runtime';
import { takeTurn } from '../../shared/turn.ts';
import {
  type CancelOrder,
  type OrderCommand,
  type OrderEvent,
  type OrderFailure,
  type OrderState,
  order,
  type ShipOrder,
} from './order.ts';
import { noteOrderStatus, ordersOf, takeOrdersOf, underWay } from './orders-of-customer.ts';
import { publishOrder } from './publish-order.ts';
import { refundRetry } from './refund-retry.ts';
import { orderEvents } from './stored-events.ts';

export type OrderOutcome = Outcome<OrderEvent, OrderFailure>;

export interface OrderService {
  /** `commandId`: of the message that asks; the same asks for the same order. */
  placeOrder(
    request: PlaceOrderData & { readonly commandId: string },
    context?: CommandContext,
  ): Promise<OrderOutcome>;
  confirmOrder(request: OfOrder & ByAdmin, context?: CommandContext): Promise<OrderOutcome>;
  shipOrder(
    request: OfOrder & Omit<ShipOrder, 'type' | 'at'>,
    context?: CommandContext,
  ): Promise<OrderOutcome>;
  deliverOrder(request: OfOrder & ByAdmin, context?: CommandContext): Promise<OrderOutcome>;
  cancelOrder(
    request: OfOrder & Omit<CancelOrder, 'type' | 'at'>,
    context?: CommandContext,
  ): Promise<OrderOutcome>;
  /** What others have answered. */
  note(orderId: string, command: WithoutTime<OrderCommand>, context?: CommandContext): Promise<OrderOutcome>;
  find(tx: Transaction, orderId: string): Promise<OrderState>;
}

type WithoutTime<Command> = Command extends OrderCommand ? Omit<Command, 'at'> : never;

interface OfOrder {
  readonly orderId: string;
}

interface ByAdmin {
  readonly admin: string | undefined;
}

/** What the order service asks others, at the moment in which it opens an order. */
export interface OrderOutlook {
  /** Undefined when there is no such customer; the address is undefined when the customer has no such. */
  customerOf(
    tx: Transaction,
    customerId: string,
    shippingAddressId: string,
  ): Promise<{ readonly isVerified: boolean; readonly shippingAddress: Address | undefined } | undefined>;
  cartOf(
    tx: Transaction,
    customerId: string,
  ): Promise<{ readonly cartId: string; readonly lineItems: readonly LineItem[] }>;
}

export interface OrderServiceOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly producer: OrderProducer;
  readonly outlook: OrderOutlook;
}

export function orderService({ store, clock, producer, outlook }: OrderServiceOptions): OrderService {
  const publish = publishOrder(producer);
  const orders: Repository<OrderState, OrderCommand, OrderEvent, OrderFailure> = repository({
    name: 'order',
    decider: order,
    events: orderEvents,
    clock,
    stored: personalData<OrderEvent>({ subjectOf: subjectOfOrder, places: addressOf }),
    async publish(event, context) {
      await noteOrderStatus(context.tx, context.state);
      await refundRetry.note(context.tx, context.id, context.state);
      await publish(event, context);
    },
  });

  function decide(
    orderId: string,
    context: CommandContext,
    commandOf: (tx: Transaction, at: number) => Promise<OrderCommand> | OrderCommand,
  ): Promise<OrderOutcome> {
    return within(store, context, async (tx) => {
      const command = await commandOf(tx, clock.now());
      return outcomeOf(orderId, await orders.decide(tx, orderId, command, context));
    });
  }

  return {
    placeOrder: ({ commandId, customerId, shippingAddressId, paymentMethodId }, context = {}) => {
      const orderId = derivedId('order', commandId);
      return decide(orderId, context, async (tx, at) => {
        // Two clicks at once would both find no order under way, and one beside an erasure an order of nobody.
        await takeOrdersOf(tx, customerId);
        return {
          type: 'PlaceOrder',
          orderId,
          orderNumber: await nextOrderNumber(tx, at),
          commandId,
          customerId,
          customer: await outlook.customerOf(tx, customerId, shippingAddressId),
          cart: await outlook.cartOf(tx, customerId),
          paymentMethodId,
          isAnotherUnderWay: underWay(await ordersOf(tx, customerId)).some((id) => id !== orderId),
          at,
        };
      });
    },
    confirmOrder: ({ orderId, ...request }, context = {}) =>
      decide(orderId, context, (_, at) => ({ type: 'ConfirmOrder', at, ...request })),
    shipOrder: ({ orderId, ...request }, context = {}) =>
      decide(orderId, context, (_, at) => ({ type: 'ShipOrder', at, ...request })),
    deliverOrder: ({ orderId, ...request }, context = {}) =>
      decide(orderId, context, (_, at) => ({ type: 'DeliverOrder', at, ...request })),
    cancelOrder: ({ orderId, ...request }, context = {}) =>
      decide(orderId, context, (_, at) => ({ type: 'CancelOrder', at, ...request })),
    note: (orderId, command, context = {}) => decide(orderId, context, (_, at) => ({ ...command, at })),
    find: async (tx, orderId) => (await orders.load(tx, orderId)).state,
  };
}

/** What the customer knows an order by: the year, and how many there were before it. */
async function nextOrderNumber(tx: Transaction, at: number): Promise<string> {
  const numbers = tx.documents<{ readonly last: number }>('order/numbers');
  const year = new Date(at).toISOString().slice(0, 4);
  await takeTurn(tx, 'order-numbers', year);
  const last = ((await numbers.get(year))?.last ?? 0) + 1;
  await numbers.put(year, { last });
  return `${year}-${String(last).padStart(6, '0')}`;
}

/** Only two events hold the address, and both name the customer. */
function subjectOfOrder(event: OrderEvent): string | undefined {
  if (event.type === 'OrderOpened') return event.customerId;
  return event.type === 'OrderPlaced' ? event.data.customerId : undefined;
}

function addressOf({ type }: OrderEvent): readonly (readonly string[])[] {
  return type === 'OrderOpened' ? [['shippingAddress']] : [['data', 'shippingAddress']];
}
