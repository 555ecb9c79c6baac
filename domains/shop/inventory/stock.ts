/** The stock of one product: what is there, and what of it is reserved for orders. Pure. */
import type {
  InventoryAdjustedData,
  InventoryCommandRefusedData,
  InventoryDeductedData,
  InventoryQuantitySetData,
  InventoryReleasedData,
  InventoryReservedData,
  LowStockAlertData,
  OutOfStockData,
  ReleaseReason,
} from '@chirograph/generated/shop/types';
import { type Decider, isRefusal, type Refusal, refuse } from '@chirograph/runtime';

/** `at`: milliseconds since 1970-01-01T00:00Z, in all commands. */
export type StockCommand = { readonly at: number } & (
  | {
      readonly type: 'OpenRecord';
      readonly inventoryId: string;
      readonly productId: string;
      readonly name: string;
    }
  | { readonly type: 'CloseRecord' }
  | SetQuantity
  | Adjust
  | { readonly type: 'Reserve'; readonly orderId: string; readonly quantity: number }
  | {
      readonly type: 'Release';
      readonly orderId: string;
      readonly quantity: number;
      readonly reason: ReleaseReason;
    }
  /** The order stands: its reservation no longer runs out. */
  | { readonly type: 'Tie'; readonly orderId: string }
  | { readonly type: 'Deduct'; readonly orderId: string }
  /** Releases all that is reserved for an order that was cancelled. */
  | { readonly type: 'ReleaseOrder'; readonly orderId: string }
  | { readonly type: 'ExpireReservations' }
);

interface SetQuantity {
  readonly type: 'SetQuantity';
  readonly quantity: number;
  readonly reason: string;
  /** Who asks; undefined for somebody who is none. */
  readonly admin: string | undefined;
}

interface Adjust {
  readonly type: 'Adjust';
  readonly adjustment: number;
  readonly reason: string;
  readonly admin: string | undefined;
}

/** As the stream keeps it: `data` is published, events without it are not. */
export type StockEvent =
  | {
      readonly type: 'RecordOpened';
      readonly inventoryId: string;
      readonly productId: string;
      readonly productName: string;
    }
  | { readonly type: 'RecordClosed' }
  | { readonly type: 'InventoryQuantitySet'; readonly data: InventoryQuantitySetData }
  | { readonly type: 'InventoryAdjusted'; readonly data: InventoryAdjustedData }
  | { readonly type: 'InventoryReserved'; readonly data: InventoryReservedData }
  | { readonly type: 'ReservationTied'; readonly orderId: string }
  | { readonly type: 'InventoryReleased'; readonly data: InventoryReleasedData }
  | { readonly type: 'InventoryDeducted'; readonly data: InventoryDeductedData }
  | { readonly type: 'LowStockAlert'; readonly data: LowStockAlertData }
  | { readonly type: 'OutOfStock'; readonly data: OutOfStockData };

export type StockFailure = InventoryCommandRefusedData['failure'];

export interface Reservation {
  readonly quantity: number;
  /** Milliseconds since 1970-01-01T00:00Z; undefined once the order stands. */
  readonly expiresAt: number | undefined;
}

export type Stock =
  | { readonly kind: 'unknown' }
  | {
      readonly kind: 'open' | 'closed';
      readonly inventoryId: string;
      readonly productId: string;
      readonly productName: string;
      /** What is there, reserved or not. */
      readonly onHand: number;
      /** By order. */
      readonly reservations: ReadonlyMap<string, Reservation>;
      /** What was said last, so that it is said once. */
      readonly alert: 'none' | 'low' | 'out';
    };

type Record = Extract<Stock, { readonly kind: 'open' | 'closed' }>;

/** Below so many, stock is low. */
export const LOW_STOCK = 5;
/** How long stock is kept for an order that does not stand yet, in milliseconds. */
export const RESERVATION_TIME = 15 * 60_000;

export function reservedOf({ reservations }: Pick<Record, 'reservations'>): number {
  return [...reservations.values()].reduce((sum, { quantity }) => sum + quantity, 0);
}

export function availableOf(stock: Stock): number {
  return stock.kind === 'open' ? stock.onHand - reservedOf(stock) : 0;
}

/** When the next reservation runs out: milliseconds since 1970-01-01T00:00Z, or never. */
export function nextExpiry(stock: Stock): number | undefined {
  if (stock.kind === 'unknown') return undefined;
  const times = [...stock.reservations.values()].flatMap(({ expiresAt }) => expiresAt ?? []);
  return times.length > 0 ? Math.min(...times) : undefined;
}

export const stock: Decider<Stock, StockCommand, StockEvent, StockFailure> = {
  initialState: () => ({ kind: 'unknown' }),
  evolve: evolveStock,
  decide(command, state) {
    const decision = decideStock(command, state);
    return isRefusal(decision) ? decision : withAlerts(decision, state, command.at);
  },
};

type Decision = readonly StockEvent[] | Refusal<StockFailure>;

function decideStock(command: StockCommand, state: Stock): Decision {
  if (command.type === 'OpenRecord') {
    const { inventoryId, productId, name: productName } = command;
    return state.kind === 'unknown' ? [{ type: 'RecordOpened', inventoryId, productId, productName }] : [];
  }
  if (command.type === 'SetQuantity' || command.type === 'Adjust') return recount(command, state);
  if (state.kind === 'unknown') {
    return command.type === 'Reserve' || command.type === 'Release' ? notFound() : [];
  }
  switch (command.type) {
    case 'CloseRecord':
      return state.kind === 'open' ? [{ type: 'RecordClosed' }] : [];
    case 'Reserve':
      return reserve(command, state);
    case 'Release':
      return release(command, state);
    case 'Tie':
      return state.reservations.get(command.orderId)?.expiresAt === undefined
        ? []
        : [{ type: 'ReservationTied', orderId: command.orderId }];
    case 'Deduct': {
      const { orderId, at } = command;
      const { inventoryId, productId } = state;
      const quantity = state.reservations.get(orderId)?.quantity;
      if (quantity === undefined) return [];
      const data = { inventoryId, productId, quantity, orderId, deductedAt: iso(at) };
      return [{ type: 'InventoryDeducted', data }];
    }
    case 'ReleaseOrder':
      return releasesOf(state, command.at, 'ORDER_CANCELLED', ([orderId]) => orderId === command.orderId);
    case 'ExpireReservations':
      return releasesOf(
        state,
        command.at,
        'RESERVATION_EXPIRED',
        ([, { expiresAt }]) => expiresAt !== undefined && expiresAt <= command.at,
      );
  }
}

/** A count below what is reserved would promise stock that is not there, so it is refused as well. */
function recount(command: { readonly at: number } & (SetQuantity | Adjust), state: Stock): Decision {
  const { admin, reason, at } = command;
  if (admin === undefined) return refuse('NOT_AN_ADMIN', 'Only admins change the stock.');
  if (state.kind !== 'open') return notFound();
  const { inventoryId, productId, onHand } = state;
  const reserved = reservedOf(state);
  const about = { inventoryId, productId, reason, userId: admin, timestamp: iso(at) };
  if (command.type === 'SetQuantity') {
    const { quantity: newValue } = command;
    if (newValue < 0 || newValue < reserved) {
      return refuse('NEGATIVE_QUANTITY', `${reserved} are reserved; there cannot be ${newValue}.`);
    }
    return [{ type: 'InventoryQuantitySet', data: { ...about, previousValue: onHand, newValue } }];
  }
  const { adjustment } = command;
  const newValue = onHand + adjustment;
  if (newValue < 0 || newValue < reserved) {
    return refuse(
      'WOULD_RESULT_IN_NEGATIVE_STOCK',
      `There are ${onHand}, of which ${reserved} are reserved.`,
    );
  }
  return [{ type: 'InventoryAdjusted', data: { ...about, adjustment, newValue } }];
}

/** An order that has its stock is not given it twice. */
function reserve(
  { orderId, quantity, at }: { readonly orderId: string; readonly quantity: number; readonly at: number },
  state: Record,
): Decision {
  if (state.kind === 'closed') return notFound();
  if (state.reservations.has(orderId)) return [];
  const available = availableOf(state);
  if (quantity > available) {
    return refuse('INSUFFICIENT_AVAILABLE_STOCK', `${available} of ${state.productName} are available.`);
  }
  const { inventoryId, productId } = state;
  return [
    { type: 'InventoryReserved', data: { inventoryId, productId, quantity, orderId, reservedAt: iso(at) } },
  ];
}

function release(
  command: {
    readonly orderId: string;
    readonly quantity: number;
    readonly reason: ReleaseReason;
    readonly at: number;
  },
  state: Record,
): Decision {
  const { orderId, quantity, reason, at } = command;
  const { inventoryId, productId } = state;
  const reserved = state.reservations.get(orderId)?.quantity ?? 0;
  if (quantity > reserved) {
    return refuse('QUANTITY_EXCEEDS_RESERVED', `${reserved} are reserved for the order.`);
  }
  const data = { inventoryId, productId, quantity, reason, orderId, releasedAt: iso(at) };
  return [{ type: 'InventoryReleased', data }];
}

function releasesOf(
  { inventoryId, productId, reservations }: Record,
  at: number,
  reason: ReleaseReason,
  isMeant: (entry: readonly [string, Reservation]) => boolean,
): readonly StockEvent[] {
  return [...reservations].filter(isMeant).map(([orderId, { quantity }]) => ({
    type: 'InventoryReleased',
    data: { inventoryId, productId, quantity, reason, orderId, releasedAt: iso(at) },
  }));
}

/** Says once that stock has become low, and once that there is none; anew after it has been better. */
function withAlerts(events: readonly StockEvent[], before: Stock, at: number): readonly StockEvent[] {
  const after = events.reduce(evolveStock, before);
  if (after.kind !== 'open' || before.kind !== 'open') return events;
  const { inventoryId, productId, alert } = after;
  const [currentStock, was] = [availableOf(after), availableOf(before)];
  if (currentStock >= was) return events;
  const about = { inventoryId, productId, triggeredAt: iso(at) };
  const alerts: StockEvent[] = [];
  if (currentStock < LOW_STOCK && alert === 'none') {
    alerts.push({ type: 'LowStockAlert', data: { ...about, currentStock, threshold: LOW_STOCK } });
  }
  if (currentStock === 0 && alert !== 'out') alerts.push({ type: 'OutOfStock', data: about });
  return [...events, ...alerts];
}

function evolveStock(state: Stock, event: StockEvent): Stock {
  if (event.type === 'RecordOpened') {
    const { inventoryId, productId, productName } = event;
    return {
      kind: 'open',
      inventoryId,
      productId,
      productName,
      onHand: 0,
      reservations: new Map(),
      alert: 'none',
    };
  }
  if (state.kind === 'unknown') throw new Error(`${event.type} of a product without a stock record`);
  switch (event.type) {
    case 'RecordClosed':
      return { ...state, kind: 'closed' };
    case 'InventoryQuantitySet':
    case 'InventoryAdjusted':
      return calmed({ ...state, onHand: event.data.newValue });
    case 'InventoryReserved': {
      const { orderId, quantity, reservedAt } = event.data;
      const expiresAt = Date.parse(reservedAt) + RESERVATION_TIME;
      return { ...state, reservations: new Map(state.reservations).set(orderId, { quantity, expiresAt }) };
    }
    case 'ReservationTied': {
      const quantity = state.reservations.get(event.orderId)?.quantity ?? 0;
      const tied = { quantity, expiresAt: undefined };
      return { ...state, reservations: new Map(state.reservations).set(event.orderId, tied) };
    }
    case 'InventoryReleased':
      return calmed({ ...state, reservations: without(state, event.data) });
    case 'InventoryDeducted':
      return {
        ...state,
        onHand: state.onHand - event.data.quantity,
        reservations: without(state, event.data),
      };
    case 'LowStockAlert':
      return { ...state, alert: 'low' };
    case 'OutOfStock':
      return { ...state, alert: 'out' };
  }
}

/** What was said of the stock no longer holds once there is more. */
function calmed(state: Record): Record {
  const available = availableOf(state);
  if (available >= LOW_STOCK) return { ...state, alert: 'none' };
  return state.alert === 'out' && available > 0 ? { ...state, alert: 'low' } : state;
}

function without(
  { reservations }: Record,
  { orderId, quantity }: { readonly orderId: string; readonly quantity: number },
): ReadonlyMap<string, Reservation> {
  const left = new Map(reservations);
  const reservation = left.get(orderId);
  if (!reservation || reservation.quantity <= quantity) left.delete(orderId);
  else left.set(orderId, { ...reservation, quantity: reservation.quantity - quantity });
  return left;
}

function notFound(): Refusal<StockFailure> {
  return refuse('PRODUCT_NOT_FOUND', 'There is no such product.');
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
