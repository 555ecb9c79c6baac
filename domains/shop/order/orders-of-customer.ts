import type { Transaction } from '@chirograph/runtime';
import { takeTurn } from '../../shared/turn.ts';
import type { OrderState, OrderStatus } from './order.ts';

/** The orders of a customer and how they stand, by order. */
export type OrdersOfCustomer = ReadonlyMap<string, OrderStatus>;

/** Until the transaction ends nobody else begins an order of the customer, or relies on there being none. */
export function takeOrdersOf(tx: Transaction, customerId: string): Promise<void> {
  return takeTurn(tx, 'orders-of-customer', customerId);
}

export async function ordersOf(tx: Transaction, customerId: string): Promise<OrdersOfCustomer> {
  const entries = await statuses(tx, customerId).list();
  return new Map(entries.map(({ id, document: { status } }) => [id, status]));
}

/** To be called after each event of an order. */
export async function noteOrderStatus(tx: Transaction, state: OrderState): Promise<void> {
  if (state.kind === 'unknown') return;
  const { customerId, orderId, status } = state;
  await statuses(tx, customerId).put(orderId, { status });
}

/** Those that are being placed: others have been asked, and not all have answered. */
export function underWay(orders: OrdersOfCustomer): readonly string[] {
  return [...orders].filter(([, status]) => status === 'PLACING').map(([orderId]) => orderId);
}

/** Whether an order is on its way: placed or being placed, and neither delivered nor ended before. It holds until the transaction ends. */
export async function hasPendingOrders(tx: Transaction, customerId: string): Promise<boolean> {
  await takeOrdersOf(tx, customerId);
  const over: ReadonlySet<OrderStatus> = new Set(['DELIVERED', 'CANCELLED', 'GIVEN_UP']);
  return [...(await ordersOf(tx, customerId)).values()].some((status) => !over.has(status));
}

function statuses(tx: Transaction, customerId: string) {
  return tx.documents<{ readonly status: OrderStatus }>(`order/of-customer/${customerId}`);
}
