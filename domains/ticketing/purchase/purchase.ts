/**
 * A purchase, from the confirmed cart to the delivered tickets, and back from wherever it fails. It is all or nothing until it
 * is paid; after that one concert may be undone, and the others stay. What others have answered are its commands; what it asks
 * of them next follows from its events (publish-purchase.ts). Pure.
 */
import type {
  CartConfirmedData,
  ConcertTicket,
  OrderCancellationReason,
  PurchaseOutcome,
  TicketType,
} from '@chirograph/generated/ticketing/types';
import { type Decider, derivedId } from '@chirograph/runtime';
import { priceOf } from '../price.ts';

export type PurchaseCommand =
  | { readonly type: 'Begin'; readonly data: CartConfirmedData }
  | (OfConcert & { readonly type: 'NoteReserved'; readonly isConcertCancelled: boolean })
  | (OfConcert & { readonly type: 'NoteReservationRefused'; readonly reason: OrderCancellationReason })
  | (OfConcert & { readonly type: 'NoteReservationEnded'; readonly reason: OrderCancellationReason })
  | (OfConcert & { readonly type: 'NoteOrdered' | 'NoteOrderRefused' | 'NoteOrderCompleted' })
  | (OfConcert & { readonly type: 'NoteOrderCancelled'; readonly reason: OrderCancellationReason })
  /** The order that was to be cancelled was not there yet. */
  | (OfConcert & { readonly type: 'NoteNothingToCancel' })
  | { readonly type: 'NotePaymentInitiated' | 'NotePaymentRefused' | 'NotePaid' }
  | { readonly type: 'NoteRefunded'; readonly orderIds: readonly string[] }
  | (OfConcert & { readonly type: 'NoteDelivered'; readonly ticketType: TicketType })
  | (OfConcert & { readonly type: 'NoteConcertCancelled' });

interface OfConcert {
  readonly concertId: string;
}

/** What happened, and what is to be done because of it. None is published as it is. */
export type PurchaseEvent =
  /** Tickets are to be set aside. */
  | { readonly type: 'PurchaseBegun'; readonly data: CartConfirmedData }
  /** They are to be ordered, unless they came too late. */
  | (OfConcert & { readonly type: 'TicketsReserved'; readonly isTooLate: boolean })
  | (OfConcert & { readonly type: 'ReservationOver' })
  /** They are to be set free. */
  | (OfConcert & { readonly type: 'TicketsToFree'; readonly reason: OrderCancellationReason })
  | (OfConcert & { readonly type: 'OrderOpened' })
  /** All orders are open: the total is to be paid and invoiced. */
  | { readonly type: 'PaymentDue' }
  | { readonly type: 'PaymentOngoing' }
  | { readonly type: 'PaymentRefused' }
  /** The orders are to be completed. */
  | { readonly type: 'PurchasePaid' }
  /** The tickets are to be delivered, unless the order is to be undone. */
  | (OfConcert & { readonly type: 'OrderCompleted'; readonly isToUndo: boolean })
  | (OfConcert & { readonly type: 'TicketsDelivered'; readonly ticketType: TicketType })
  | { readonly type: 'PurchaseGivenUp'; readonly reason: OrderCancellationReason }
  /** The order is to be cancelled, or undone where money was at stake. */
  | (OfConcert & {
      readonly type: 'OrderToUndo';
      readonly by: 'cancelling' | 'compensating';
      readonly reason: OrderCancellationReason;
    })
  | (OfConcert & { readonly type: 'CancellingMissed' })
  | (OfConcert & { readonly type: 'OrderOver' })
  /** What was paid is to go back; all of it without `orderIds`. */
  | {
      readonly type: 'MoneyToReturn';
      readonly reason: OrderCancellationReason;
      readonly orderIds?: readonly string[];
    }
  /** Invoice and accounts are to say so. `left`: what stays paid, in the minor unit. */
  | { readonly type: 'MoneyReturned'; readonly orderIds: readonly string[]; readonly left: number }
  /** The cart is to be closed. */
  | { readonly type: 'PurchaseEnded'; readonly outcome: PurchaseOutcome };

export type Purchase = { readonly kind: 'unknown' } | KnownPurchase;

export interface KnownPurchase {
  readonly kind: 'known';
  readonly data: CartConfirmedData;
  /** What is bought, by concert. */
  readonly legs: ReadonlyMap<string, Leg>;
  readonly payment: 'none' | 'asked' | 'ongoing' | 'paid' | 'over';
  /** Whether it was paid, also when the money has gone back. */
  readonly wasPaid: boolean;
  /** The orders whose money was asked back. */
  readonly askedBack: ReadonlySet<string>;
  /** Those whose money is back. */
  readonly returned: ReadonlySet<string>;
  /** Why it was given up; undefined while it goes on. */
  readonly givenUp: OrderCancellationReason | undefined;
  readonly ended: PurchaseOutcome | undefined;
}

/** The tickets of one concert. */
export interface Leg {
  readonly concertId: string;
  readonly tickets: readonly ConcertTicket[];
  readonly reservation: 'asked' | 'held' | 'over';
  readonly order: 'none' | 'asked' | 'open' | 'complete' | 'over';
  /** Whether the order was asked to be cancelled or undone. */
  readonly isUndoAsked: boolean;
  readonly delivered: ReadonlySet<TicketType>;
}

/** The ids that a purchase gives to what it asks for: asked twice, it is one. */
export const reservationIdOf = (cartId: string, concertId: string): string =>
  derivedId('reservation', cartId, concertId);
export const orderIdOf = (cartId: string, concertId: string): string => derivedId('order', cartId, concertId);
export const paymentIdOf = (cartId: string): string => derivedId('payment', cartId);
export const invoiceIdOf = (cartId: string): string => derivedId('invoice', cartId);
export const deliveryIdOf = (orderId: string, type: TicketType): string =>
  derivedId('delivery', orderId, type);

export function typesOf({ tickets }: Leg): readonly TicketType[] {
  return [...new Set(tickets.map(({ ticketType }) => ticketType))];
}

export const purchase: Decider<Purchase, PurchaseCommand, PurchaseEvent, never> = {
  initialState: () => ({ kind: 'unknown' }),

  decide(command, state) {
    if (command.type === 'Begin') {
      return state.kind === 'known' ? [] : [{ type: 'PurchaseBegun', data: command.data }];
    }
    if (state.kind === 'unknown') return [];
    const decision = inTurn(state);
    note(command, decision);
    const { now } = decision;
    const outcome = now.ended === undefined ? outcomeOf(now) : undefined;
    if (outcome) decision.add({ type: 'PurchaseEnded', outcome });
    return decision.events;
  },

  evolve: evolvePurchase,
};

/** A decision as it grows: each event counts for those after it. */
interface Decision {
  readonly events: PurchaseEvent[];
  now: KnownPurchase;
  add(event: PurchaseEvent): void;
  leg(concertId: string): Leg | undefined;
}

function inTurn(state: KnownPurchase): Decision {
  return {
    events: [],
    now: state,
    add(event) {
      this.events.push(event);
      const next = evolvePurchase(this.now, event);
      if (next.kind === 'known') this.now = next;
    },
    leg(concertId) {
      return this.now.legs.get(concertId);
    },
  };
}

function note(command: Exclude<PurchaseCommand, { type: 'Begin' }>, decision: Decision): void {
  const { now } = decision;
  switch (command.type) {
    case 'NotePaymentInitiated':
      if (now.payment !== 'asked') return;
      decision.add({ type: 'PaymentOngoing' });
      returnMoney(decision, now.givenUp);
      return;
    case 'NotePaymentRefused':
      if (now.payment !== 'asked') return;
      decision.add({ type: 'PaymentRefused' });
      giveUp(decision, 'PAYMENT_FAILED', 'cancelling');
      return;
    case 'NotePaid':
      if (now.payment !== 'asked' && now.payment !== 'ongoing') return;
      // Of what was given up the money goes back as a whole, collected or not.
      if (now.givenUp) returnMoney(decision, now.givenUp);
      else decision.add({ type: 'PurchasePaid' });
      return;
    case 'NoteRefunded': {
      const orderIds = command.orderIds.filter((it) => !now.returned.has(it));
      if (now.payment === 'over' || orderIds.length === 0) return;
      decision.add({ type: 'MoneyReturned', orderIds, left: leftWithout(now, orderIds) });
      if (!now.wasPaid) giveUp(decision, 'PAYMENT_FAILED', 'compensating');
      return;
    }
    default:
      noteOfConcert(command, decision);
  }
}

function noteOfConcert(command: Extract<PurchaseCommand, OfConcert>, decision: Decision): void {
  const { concertId } = command;
  const { now } = decision;
  const leg = now.legs.get(concertId);
  if (!leg) return;
  switch (command.type) {
    case 'NoteReserved': {
      if (leg.reservation !== 'asked') return;
      const isTooLate = now.givenUp !== undefined || command.isConcertCancelled;
      decision.add({ type: 'TicketsReserved', concertId, isTooLate });
      if (command.isConcertCancelled) giveUp(decision, 'CONCERT_CANCELLED', 'cancelling');
      if (isTooLate) free(decision, concertId, decision.now.givenUp ?? 'CONCERT_CANCELLED');
      return;
    }
    case 'NoteReservationRefused':
      if (leg.reservation !== 'asked') return;
      decision.add({ type: 'ReservationOver', concertId });
      giveUp(decision, command.reason, 'cancelling');
      return;
    case 'NoteReservationEnded':
      if (leg.reservation === 'over') return;
      decision.add({ type: 'ReservationOver', concertId });
      undo(decision, concertId, command.reason);
      return;
    case 'NoteOrdered':
      if (leg.order !== 'asked') return;
      decision.add({ type: 'OrderOpened', concertId });
      if (now.givenUp) undoOrder(decision, concertId, 'cancelling', now.givenUp);
      else if ([...decision.now.legs.values()].every(({ order }) => order === 'open')) {
        decision.add({ type: 'PaymentDue' });
      }
      return;
    case 'NoteOrderRefused':
      if (leg.order !== 'asked') return;
      decision.add({ type: 'OrderOver', concertId });
      giveUp(decision, 'RESERVATION_EXPIRED', 'cancelling');
      free(decision, concertId, 'RESERVATION_EXPIRED');
      return;
    case 'NoteOrderCompleted':
      if (leg.order !== 'open') return;
      decision.add({ type: 'OrderCompleted', concertId, isToUndo: leg.isUndoAsked });
      return;
    case 'NoteOrderCancelled':
      if (leg.order === 'over') return;
      decision.add({ type: 'OrderOver', concertId });
      if (!now.wasPaid) giveUp(decision, command.reason, 'cancelling');
      free(decision, concertId, command.reason);
      returnMoney(decision, command.reason, concertId);
      return;
    case 'NoteNothingToCancel':
      if (!leg.isUndoAsked || leg.order === 'over') return;
      decision.add({ type: 'CancellingMissed', concertId });
      if (now.givenUp && leg.order === 'open') undoOrder(decision, concertId, 'cancelling', now.givenUp);
      return;
    case 'NoteDelivered': {
      const { ticketType } = command;
      if (!leg.delivered.has(ticketType)) decision.add({ type: 'TicketsDelivered', concertId, ticketType });
      return;
    }
    case 'NoteConcertCancelled':
      undo(decision, concertId, 'CONCERT_CANCELLED');
      return;
  }
}

/** Before it is paid a purchase is undone as a whole, afterwards the tickets of one concert. */
function undo(decision: Decision, concertId: string, reason: OrderCancellationReason): void {
  if (decision.now.wasPaid) undoOrder(decision, concertId, 'compensating', reason);
  else giveUp(decision, reason, 'cancelling');
}

function giveUp(
  decision: Decision,
  reason: OrderCancellationReason,
  by: 'cancelling' | 'compensating',
): void {
  const { givenUp, ended, legs } = decision.now;
  if (givenUp || ended) return;
  decision.add({ type: 'PurchaseGivenUp', reason });
  for (const concertId of legs.keys()) undoOrder(decision, concertId, by, reason);
}

/** An order that was only asked for is cancelled too: it comes first. */
function undoOrder(
  decision: Decision,
  concertId: string,
  by: 'cancelling' | 'compensating',
  reason: OrderCancellationReason,
): void {
  const leg = decision.leg(concertId);
  if (!leg || leg.isUndoAsked || leg.order === 'none' || leg.order === 'over') return;
  decision.add({ type: 'OrderToUndo', concertId, by, reason });
}

function free(decision: Decision, concertId: string, reason: OrderCancellationReason): void {
  if (decision.leg(concertId)?.reservation === 'held') {
    decision.add({ type: 'TicketsToFree', concertId, reason });
  }
}

/** Asks for the money of an order; for all of it where the purchase is given up. Each is asked for once. */
function returnMoney(
  decision: Decision,
  reason: OrderCancellationReason | undefined,
  concertId?: string,
): void {
  const { payment, data, legs, askedBack } = decision.now;
  if (reason === undefined || (payment !== 'ongoing' && payment !== 'paid')) return;
  const isWhole = payment === 'ongoing' || legs.size === 1 || concertId === undefined;
  const orderIds = isWhole
    ? [...legs.keys()].map((it) => orderIdOf(data.cartId, it))
    : [orderIdOf(data.cartId, concertId)];
  if (orderIds.every((it) => askedBack.has(it))) return;
  decision.add({ type: 'MoneyToReturn', reason, ...(!isWhole && { orderIds }) });
}

/** What stays paid when the orders given are given back, in the minor unit. */
function leftWithout({ data, legs, returned }: KnownPurchase, orderIds: readonly string[]): number {
  const stay = [...legs.values()].filter(({ concertId }) => {
    const orderId = orderIdOf(data.cartId, concertId);
    return !returned.has(orderId) && !orderIds.includes(orderId);
  });
  return priceOf(stay.flatMap(({ tickets }) => tickets)).amount;
}

/** How it has ended; undefined while something is open. */
function outcomeOf(state: KnownPurchase): PurchaseOutcome | undefined {
  const { legs, givenUp, payment, returned, data } = state;
  const all = [...legs.values()];
  const isUndone = ({ order, reservation }: Leg) =>
    (order === 'over' || order === 'none') && reservation === 'over';
  const isDelivered = (leg: Leg) => leg.order === 'complete' && leg.delivered.size === typesOf(leg).length;
  if (givenUp) {
    const isSettled = payment === 'none' || payment === 'over';
    return isSettled && all.every(isUndone) ? 'CANCELLED' : undefined;
  }
  if (!state.wasPaid) return undefined;
  const isReturned = (leg: Leg) => isUndone(leg) && returned.has(orderIdOf(data.cartId, leg.concertId));
  if (!all.every((leg) => isDelivered(leg) || isReturned(leg))) return undefined;
  return all.some(isDelivered) ? 'COMPLETED' : 'CANCELLED';
}

function evolvePurchase(state: Purchase, event: PurchaseEvent): Purchase {
  if (event.type === 'PurchaseBegun') {
    const { data } = event;
    const none = {
      askedBack: new Set<string>(),
      returned: new Set<string>(),
      givenUp: undefined,
      ended: undefined,
    };
    return { kind: 'known', data, legs: legsOf(data), payment: 'none', wasPaid: false, ...none };
  }
  if (state.kind === 'unknown') throw new Error(`${event.type} of a purchase that never began`);
  switch (event.type) {
    case 'TicketsReserved':
      return withLeg(state, event, { reservation: 'held', ...(!event.isTooLate && { order: 'asked' }) });
    case 'ReservationOver':
      return withLeg(state, event, { reservation: 'over' });
    case 'OrderOpened':
      return withLeg(state, event, { order: 'open' });
    case 'OrderCompleted':
      return withLeg(state, event, { order: 'complete' });
    case 'OrderToUndo':
      return withLeg(state, event, { isUndoAsked: true });
    case 'CancellingMissed':
      return withLeg(state, event, { isUndoAsked: false });
    case 'OrderOver':
      return withLeg(state, event, { order: 'over' });
    case 'TicketsDelivered': {
      const delivered = new Set(state.legs.get(event.concertId)?.delivered).add(event.ticketType);
      return withLeg(state, event, { delivered });
    }
    case 'PaymentDue':
      return { ...state, payment: 'asked' };
    case 'PaymentOngoing':
      return { ...state, payment: 'ongoing' };
    case 'PaymentRefused':
      return { ...state, payment: 'over' };
    case 'PurchasePaid':
      return { ...state, payment: 'paid', wasPaid: true };
    case 'MoneyToReturn': {
      const all = [...state.legs.keys()].map((it) => orderIdOf(state.data.cartId, it));
      return { ...state, askedBack: new Set([...state.askedBack, ...(event.orderIds ?? all)]) };
    }
    case 'MoneyReturned': {
      const returned = new Set([...state.returned, ...event.orderIds]);
      const isOver = !state.wasPaid || returned.size === state.legs.size;
      return { ...state, returned, payment: isOver ? 'over' : state.payment };
    }
    case 'PurchaseGivenUp':
      return { ...state, givenUp: event.reason };
    case 'PurchaseEnded':
      return { ...state, ended: event.outcome };
    case 'TicketsToFree':
      return state;
  }
}

function withLeg(state: KnownPurchase, { concertId }: OfConcert, changes: Partial<Leg>): KnownPurchase {
  const leg = state.legs.get(concertId);
  if (!leg) throw new Error(`the purchase has no tickets of concert ${concertId}`);
  return { ...state, legs: new Map(state.legs).set(concertId, { ...leg, ...changes }) };
}

function legsOf({ tickets }: CartConfirmedData): ReadonlyMap<string, Leg> {
  const legs = new Map<string, Leg>();
  for (const { concertId, ...ticket } of tickets) {
    const before = legs.get(concertId)?.tickets ?? [];
    legs.set(concertId, {
      concertId,
      tickets: [...before, ticket],
      reservation: 'asked',
      order: 'none',
      isUndoAsked: false,
      delivered: new Set(),
    });
  }
  return legs;
}
