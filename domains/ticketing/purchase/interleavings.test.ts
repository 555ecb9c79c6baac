/**
 * The purchase process among the services it asks, all of them as their deciders, with messages that overtake one another as they
 * like and clients who act at any moment: nothing hangs, nobody pays for what they do not have, nothing is held for nobody.
 */
import type { CartConfirmedData } from '@chirograph/generated/ticketing/types';
import { type Decider, type DomainEvent, fold, isRefusal } from '@chirograph/runtime';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type OrderCommand, type OrderEvent, type TicketOrder, ticketOrder } from '../orders/ticket-order.ts';
import { type Payment, type PaymentCommand, type PaymentEvent, payment } from '../payments/payment.ts';
import { priceOf } from '../price.ts';
import {
  isSetAside,
  type Reservation,
  type ReservationCommand,
  type ReservationEvent,
  reservation,
} from '../reservations/reservation.ts';
import {
  orderIdOf,
  type PurchaseCommand,
  type PurchaseEvent,
  purchase,
  reservationIdOf,
  typesOf,
} from './purchase.ts';

const unitPrice = { amount: 100, currency: 'EUR' };
const CART = 'k-1';
const LATER = 3_600_000;

/** One entity with its history. */
function entity<State, Command, Event extends DomainEvent>(decider: Decider<State, Command, Event>) {
  const history: Event[] = [];
  return {
    state: () => fold(decider, history),
    history,
    /** The events, or the code of the refusal. */
    ask(command: Command): readonly Event[] | string {
      const decision = decider.decide(command, fold(decider, history));
      if (isRefusal(decision)) return decision.code;
      history.push(...decision);
      return decision;
    },
  };
}

interface Luck {
  readonly concerts: number;
  /** Concerts for which nothing is left. */
  readonly soldOut: readonly number[];
  readonly provider: 'unknown-token' | 'declined' | 'collected' | 'silence';
  /** What people and clocks do, and when: after so many messages. */
  readonly acts: readonly { readonly after: number; readonly act: Act; readonly concert: number }[];
  /** Which of the messages under way comes next. */
  readonly order: readonly number[];
}
type Act = 'user-lets-go' | 'time-is-up' | 'concert-is-cancelled';

class World {
  readonly #luck: Luck;
  readonly #underWay: (() => void)[] = [];
  readonly purchase = entity(purchase);
  readonly orders = new Map<string, ReturnType<typeof entity<TicketOrder, OrderCommand, OrderEvent>>>();
  readonly reservations = new Map<
    string,
    ReturnType<typeof entity<Reservation, ReservationCommand, ReservationEvent>>
  >();
  readonly payment = entity<Payment, PaymentCommand, PaymentEvent>(payment);
  /** What the provider holds. */
  collected = 0;
  closed: string[] = [];
  readonly concertIds: readonly string[];

  constructor(luck: Luck) {
    this.#luck = luck;
    this.concertIds = Array.from({ length: luck.concerts }, (_, n) => `c-${n}`);
    for (const concertId of this.concertIds) {
      this.orders.set(concertId, entity(ticketOrder));
      this.reservations.set(concertId, entity(reservation));
    }
  }

  run(): void {
    const data: CartConfirmedData = {
      cartId: CART,
      userId: 'u-1',
      tickets: this.concertIds.map((concertId) => ({
        ...{ concertId, level: 'REGULAR', ticketType: 'ONLINE', quantity: 1, unitPrice },
      })),
      recipient: { name: 'Grace', email: 'grace@example.org' },
      paymentToken: 'tok_1',
    };
    this.#note({ type: 'Begin', data });
    const acts = [...this.#luck.acts];
    for (let step = 0; this.#underWay.length > 0 || acts.length > 0; step += 1) {
      for (const it of acts.filter(({ after }) => after <= step || this.#underWay.length === 0)) {
        acts.splice(acts.indexOf(it), 1);
        this.#act(it.act, this.concertIds[it.concert % this.concertIds.length] ?? '');
      }
      const next = (this.#luck.order[step % this.#luck.order.length] ?? 0) % (this.#underWay.length || 1);
      this.#underWay.splice(next, 1)[0]?.();
      if (step > 1_000) throw new Error('it never ends');
    }
    // In the end every reservation that nobody has paid runs out.
    for (const concertId of this.concertIds) this.#act('time-is-up', concertId);
    while (this.#underWay.length > 0) this.#underWay.shift()?.();
  }

  #later(...work: readonly (() => void)[]): void {
    this.#underWay.push(...work);
  }

  #note(command: PurchaseCommand): void {
    const events = this.purchase.ask(command);
    if (typeof events === 'string') throw new Error(events);
    for (const event of events) this.#carryOut(event);
  }

  /** As publish-purchase does, by calls that come at some time. */
  #carryOut(event: PurchaseEvent): void {
    const state = this.purchase.state();
    if (state.kind === 'unknown') return;
    switch (event.type) {
      case 'PurchaseBegun':
        for (const id of this.concertIds) this.#later(() => this.#reserve(id));
        return;
      case 'TicketsReserved':
        if (!event.isTooLate) this.#later(() => this.#order(event.concertId));
        return;
      case 'TicketsToFree':
        this.#later(() =>
          this.#free(event.concertId, { type: 'CancelReservation', reason: event.reason, at: 0 }),
        );
        return;
      case 'PaymentDue':
        this.#later(() => this.#pay());
        return;
      case 'PurchasePaid':
        for (const id of this.concertIds) this.#later(() => this.#complete(id));
        return;
      case 'OrderCompleted': {
        const leg = state.legs.get(event.concertId);
        if (event.isToUndo || !leg) return;
        for (const ticketType of typesOf(leg)) {
          this.#later(() => this.#note({ type: 'NoteDelivered', concertId: leg.concertId, ticketType }));
        }
        return;
      }
      case 'OrderToUndo': {
        const type = event.by === 'cancelling' ? 'CancelOrder' : 'CompensateOrder';
        this.#later(() => this.#undo(event.concertId, { type, reason: event.reason } as OrderCommand));
        return;
      }
      case 'MoneyToReturn':
        this.#later(() =>
          this.#refund({ type: 'RefundPayment', reason: 'ORDER_CANCELLED', orderIds: event.orderIds }),
        );
        return;
      case 'PurchaseEnded':
        this.closed.push(event.outcome);
        return;
    }
  }

  #reserve(concertId: string): void {
    if (this.#luck.soldOut.includes(this.concertIds.indexOf(concertId))) {
      this.#later(() => this.#note({ type: 'NoteReservationRefused', concertId, reason: 'SOLD_OUT' }));
      return;
    }
    const tickets = [{ level: 'REGULAR', ticketType: 'ONLINE', quantity: 1, unitPrice }] as const;
    const about = { reservationId: reservationIdOf(CART, concertId), cartId: CART, userId: 'u-1', concertId };
    this.reservations.get(concertId)?.ask({ type: 'CreateReservation', ...about, tickets, at: 0 });
    this.#later(() => this.#note({ type: 'NoteReserved', concertId, isConcertCancelled: false }));
  }

  #free(concertId: string, command: ReservationCommand): void {
    const events = this.reservations.get(concertId)?.ask(command);
    if (typeof events !== 'object') return;
    for (const it of events) {
      const reason = it.type === 'ReservationCancelled' ? it.data.reason : 'RESERVATION_EXPIRED';
      this.#later(() => this.#note({ type: 'NoteReservationEnded', concertId, reason }));
    }
  }

  #order(concertId: string): void {
    const held = this.reservations.get(concertId)?.state();
    if (!held || held.kind === 'unknown') throw new Error('ordered what was never reserved');
    const { userId, tickets, reservationId } = held;
    const setAside = isSetAside(held) ? { userId, concertId, tickets } : undefined;
    const about = { orderId: orderIdOf(CART, concertId), cartId: CART, userId, concertId, reservationId };
    const asked = {
      type: 'CreateOrder',
      ...about,
      tickets,
      totalAmount: priceOf(tickets),
      setAside,
    } as const;
    const events = this.orders.get(concertId)?.ask(asked);
    const isOpen = typeof events === 'object';
    this.#later(() => this.#note({ type: isOpen ? 'NoteOrdered' : 'NoteOrderRefused', concertId }));
  }

  #undo(concertId: string, command: OrderCommand): void {
    const answer = this.orders.get(concertId)?.ask(command);
    if (answer === 'ORDER_NOT_FOUND') {
      this.#later(() => this.#note({ type: 'NoteNothingToCancel', concertId }));
      return;
    }
    if (typeof answer !== 'object') return;
    for (const it of answer) {
      if (it.type !== 'OrderCancelled') continue;
      const { reason } = it.data;
      this.#later(() => this.#note({ type: 'NoteOrderCancelled', concertId, reason }));
    }
  }

  #pay(): void {
    const orders = this.concertIds.map((id) => this.orders.get(id)?.state());
    const totals = orders.map((it) =>
      it?.kind === 'open' ? { orderId: it.orderId, total: it.totalAmount } : undefined,
    );
    const orderIds = this.concertIds.map((id) => orderIdOf(CART, id));
    const amount = { amount: 100 * orderIds.length, currency: 'EUR' };
    const answer = this.payment.ask({
      type: 'InitiatePayment',
      ...{ paymentId: 'p-1', cartId: CART, orderIds, userId: 'u-1', amount, totals },
      isTokenValid: this.#luck.provider !== 'unknown-token',
    });
    if (typeof answer === 'string') {
      this.#later(() => this.#note({ type: 'NotePaymentRefused' }));
      return;
    }
    this.#later(
      () => this.#note({ type: 'NotePaymentInitiated' }),
      () => this.#collect(amount.amount),
    );
  }

  #collect(amount: number): void {
    if (this.#luck.provider === 'silence') return;
    if (this.#luck.provider === 'declined') {
      this.#later(() => this.#refund({ type: 'RefundPayment', reason: 'PAYMENT_FAILED' }));
      return;
    }
    this.collected += amount;
    this.#later(() => {
      const answer = this.payment.ask({ type: 'ConfirmPayment', providerReference: 'ch_1' });
      if (typeof answer === 'string') this.#later(() => this.#giveBack(amount));
      else this.#later(() => this.#note({ type: 'NotePaid' }));
    });
  }

  #refund(command: PaymentCommand): void {
    const answer = this.payment.ask(command);
    if (typeof answer === 'string') return;
    for (const it of answer) {
      if (it.type !== 'PaymentRefunded') continue;
      const { amount, orderIds } = it.data;
      this.#later(
        () => this.#giveBack(amount.amount),
        () => this.#note({ type: 'NoteRefunded', orderIds }),
      );
    }
  }

  #giveBack(amount: number): void {
    this.collected -= amount;
  }

  #complete(concertId: string): void {
    const state = this.payment.state();
    const isPaid = state.kind === 'confirmed';
    const answer = this.orders.get(concertId)?.ask({ type: 'CompleteOrder', paymentId: 'p-1', isPaid });
    if (typeof answer !== 'object' || answer.length === 0) return;
    this.#later(
      () => this.#note({ type: 'NoteOrderCompleted', concertId }),
      () => void this.reservations.get(concertId)?.ask({ type: 'Sell', at: 0 }),
    );
  }

  #act(act: Act, concertId: string): void {
    if (act === 'user-lets-go') {
      this.#free(concertId, { type: 'CancelReservation', reason: 'CANCELLED_BY_USER', userId: 'u-1', at: 0 });
    } else if (act === 'time-is-up') {
      this.#free(concertId, { type: 'ExpireReservation', at: LATER });
    } else this.#note({ type: 'NoteConcertCancelled', concertId });
  }
}

it('in whatever order messages come, and whatever people do meanwhile, all comes to a good end', () => {
  const luck: fc.Arbitrary<Luck> = fc.record({
    concerts: fc.integer({ min: 1, max: 3 }),
    soldOut: fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, fc.subarray([0, 1, 2])),
    provider: fc.oneof(
      { weight: 4, arbitrary: fc.constant('collected' as const) },
      fc.constantFrom('unknown-token' as const, 'declined' as const, 'silence' as const),
    ),
    acts: fc.array(
      fc.record({
        after: fc.nat(40),
        act: fc.constantFrom<Act>('user-lets-go', 'time-is-up', 'concert-is-cancelled'),
        concert: fc.nat(2),
      }),
      { maxLength: 3 },
    ),
    order: fc.array(fc.nat(30), { minLength: 1, maxLength: 40 }),
  });
  const outcomes = new Set<string>();
  fc.assert(
    fc.property(luck, (it) => {
      const world = new World(it);
      world.run();
      // The cart is closed, once: its user can buy again.
      expect(world.closed).toHaveLength(1);
      const complete = [...world.orders.values()].filter((order) => order.state().kind === 'complete');
      // Money was taken for what is complete, and for nothing else.
      expect(world.collected).toBe(complete.length * 100);
      for (const [concertId, order] of world.orders) {
        const { kind } = order.state();
        expect(['unknown', 'complete', 'cancelled']).toContain(kind);
        // Tickets are kept for complete orders alone.
        const held = world.reservations.get(concertId)?.state();
        expect(held && isSetAside(held)).toBe(kind === 'complete');
      }
      outcomes.add(`${world.closed[0]} ${complete.length > 0}`);
    }),
    { numRuns: 2_000 },
  );
  expect([...outcomes].sort()).toEqual(['CANCELLED false', 'COMPLETED false', 'COMPLETED true']);
});
