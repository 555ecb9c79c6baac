import { fold, isRefusal } from '@chirograph/runtime';
import { specification } from '@chirograph/runtime/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  expiryOf,
  isSetAside,
  RESERVATION_TIME,
  type ReservationCommand,
  type ReservationEvent,
  reservation,
} from './reservation.ts';
import { availableOf, type SeatsCommand, type SeatsEvent, seats } from './seats.ts';

const NOW = Date.UTC(2026, 1, 3);
const END = NOW + RESERVATION_TIME;
const iso = (at: number) => new Date(at).toISOString();
const unitPrice = { amount: 6_500, currency: 'EUR' };
const tickets = [{ level: 'REGULAR', ticketType: 'ONLINE', quantity: 2, unitPrice }] as const;
const about = { reservationId: 'r-1', cartId: 'k-1', concertId: 'c-1', tickets };

describe('a reservation', () => {
  const given = specification(reservation);
  const create = { type: 'CreateReservation', ...about, userId: 'u-1', at: NOW } as const;
  const created: ReservationEvent = {
    type: 'ReservationCreated',
    data: { ...about, userId: 'u-1', expiresAt: iso(END) },
  };
  const cancel = { type: 'CancelReservation', reason: 'CANCELLED_BY_USER', userId: 'u-1', at: NOW } as const;
  const cancelled: ReservationEvent = {
    type: 'ReservationCancelled',
    data: { ...about, reason: 'CANCELLED_BY_USER' },
  };
  const undo = { type: 'CancelReservation', reason: 'CONCERT_CANCELLED', at: NOW } as const;
  const expire = (at = END) => ({ type: 'ExpireReservation', at }) as const;
  const expired: ReservationEvent = { type: 'ReservationExpired', data: { ...about, expiredAt: iso(END) } };
  const timeIsUp: ReservationEvent = { type: 'TimeIsUp' };
  const sell = { type: 'Sell', at: NOW } as const;
  const sold: ReservationEvent = { type: 'TicketsSold' };

  it('sets tickets aside for a quarter of an hour', () => given().when(create).then(created));
  it('is made once under an id', () => {
    for (const life of [[created], [created, cancelled], [created, sold]]) {
      given(...life)
        .when(create)
        .refuses('THERE_IS_A_RESERVATION_WITH_THIS_ID_ALREADY');
    }
  });
  it('has to be there', () => {
    for (const command of [cancel, undo, expire(), sell, { type: 'AskForExpiry', at: END } as const]) {
      given().when(command).refuses('RESERVATION_NOT_FOUND');
    }
  });

  it('is cancelled by its user, and by the purchase process', () => {
    given(created).when(cancel).then(cancelled);
    given(created)
      .when(undo)
      .then({ type: 'ReservationCancelled', data: { ...about, reason: 'CONCERT_CANCELLED' } });
  });
  it('is not cancelled by another user', () =>
    given(created)
      .when({ ...cancel, userId: 'u-2' })
      .refuses('THE_RESERVATION_BELONGS_TO_ANOTHER_USER'));
  it('ends once', () => {
    for (const end of [cancelled, expired]) {
      for (const command of [cancel, undo, expire()]) {
        given(created, end).when(command).refuses('THE_RESERVATION_HAS_ENDED_ALREADY');
      }
    }
  });

  it('expires when its time is up, and not before', () => {
    given(created)
      .when(expire(END - 1))
      .refuses('THE_TIME_IS_NOT_UP_YET');
    given(created).when(expire()).then(expired);
    given(created, timeIsUp).when(expire()).then(expired);
  });
  it('is asked once for its end', () => {
    const ask = (at: number) => ({ type: 'AskForExpiry', at }) as const;
    given(created)
      .when(ask(END - 1))
      .then();
    given(created).when(ask(END)).then(timeIsUp);
    given(created, timeIsUp).when(ask(END)).then();
    expect(expiryOf(fold(reservation, [created]))).toBe(END);
    for (const later of [timeIsUp, sold, cancelled, expired]) {
      expect(expiryOf(fold(reservation, [created, later]))).toBeUndefined();
    }
  });

  it('is sold: then it no longer expires, and its user cannot let go of it', () => {
    given(created).when(sell).then(sold);
    given(created, timeIsUp).when(sell).then(sold);
    given(created, sold).when(sell).then();
    given(created, sold).when(expire()).refuses('THE_RESERVATION_HAS_ENDED_ALREADY');
    given(created, sold).when(cancel).refuses('THE_RESERVATION_HAS_ENDED_ALREADY');
    given(created, sold)
      .when(undo)
      .then({ type: 'ReservationCancelled', data: { ...about, reason: 'CONCERT_CANCELLED' } });
    given(created, expired).when(sell).then();
  });

  it('whatever is asked, ends at most once, and holds tickets until then', () => {
    const at = fc.integer({ min: NOW, max: END + 1_000 });
    const command: fc.Arbitrary<ReservationCommand> = fc.oneof(
      fc.constant(create),
      fc.tuple(fc.constantFrom(cancel, undo, sell), at).map(([it, when]) => ({ ...it, at: when })),
      at.map((when) => expire(when)),
      at.map((when) => ({ type: 'AskForExpiry' as const, at: when })),
    );
    fc.assert(
      fc.property(fc.array(command, { maxLength: 20 }), (asked) => {
        const history: ReservationEvent[] = [];
        for (const it of asked) {
          const decision = reservation.decide(it, fold(reservation, history));
          if (!isRefusal(decision)) history.push(...decision);
          const isOver = history.some(({ type }) => /Cancelled|Expired/.test(type));
          expect(isSetAside(fold(reservation, history))).toBe(history.length > 0 && !isOver);
        }
        const types = history.map(({ type }) => type);
        expect(types.filter((type) => /Cancelled|Expired/.test(type)).length).toBeLessThanOrEqual(1);
        const sale = types.indexOf('TicketsSold');
        if (sale >= 0) expect(types.slice(sale)).not.toContain('ReservationExpired');
      }),
    );
  });
});

describe('the seats of a concert', () => {
  const given = specification(seats);
  const capacity = { REGULAR: 10, VIP: 2 };
  const set = (count: Readonly<Record<string, number>> = capacity): SeatsEvent => ({
    type: 'CapacitySet',
    capacity: count,
  });
  const limited = (count: Readonly<Record<string, number>>): SeatsEvent => ({
    type: 'CapacityLimited',
    capacity: count,
  });
  const take = (REGULAR: number, VIP = 0) => ({ type: 'Take', count: { REGULAR, VIP } }) as const;
  const taken = (REGULAR: number, VIP = 0): SeatsEvent => ({ type: 'SeatsTaken', count: { REGULAR, VIP } });
  const freed = (REGULAR: number, VIP = 0): SeatsEvent => ({ type: 'SeatsFreed', count: { REGULAR, VIP } });

  it('are taken while there are any', () => {
    given(set()).when(take(10, 2)).then(taken(10, 2));
    given(set(), taken(8)).when(take(3)).refuses('TOO_FEW_TICKETS_ARE_AVAILABLE');
    given(set(), taken(8), freed(1)).when(take(3)).then(taken(3));
  });
  it('are taken at every level or at none', () =>
    given(set()).when(take(1, 3)).refuses('TOO_FEW_TICKETS_ARE_AVAILABLE'));
  it('are of levels that the concert has', () =>
    given(set({ REGULAR: 10 }))
      .when(take(1, 1))
      .refuses('TOO_FEW_TICKETS_ARE_AVAILABLE'));
  it('are of a concert that is known, and takes place', () => {
    given().when(take(1)).refuses('CONCERT_NOT_FOUND');
    given(set(), { type: 'SalesClosed' }).when(take(1)).refuses('THE_CONCERT_IS_CANCELLED');
    given({ type: 'SalesClosed' }, set()).when(take(1)).refuses('THE_CONCERT_IS_CANCELLED');
  });
  it('are freed', () =>
    given(set(), taken(2))
      .when({ type: 'Free', count: { REGULAR: 2 } })
      .then({ type: 'SeatsFreed', count: { REGULAR: 2 } }));
  it('are closed once', () => {
    given(set()).when({ type: 'CloseSales' }).then({ type: 'SalesClosed' });
    given(set(), { type: 'SalesClosed' }).when({ type: 'CloseSales' }).then();
  });

  it('are not fewer than are taken', () => {
    const limit = (REGULAR: number) => ({ type: 'LimitTo', capacity: { REGULAR, VIP: 2 } }) as const;
    given(set(), taken(5)).when(limit(4)).refuses('FEWER_THAN_ARE_RESERVED');
    given(set(), taken(5))
      .when(limit(5))
      .then(limited({ REGULAR: 5, VIP: 2 }));
    given(set(), taken(0, 1))
      .when({ type: 'LimitTo', capacity: { REGULAR: 10 } })
      .refuses('FEWER_THAN_ARE_RESERVED');
  });
  it('are limited from the moment of the agreement, by the levels before and by those to come', () => {
    const fewer = { REGULAR: 5, VIP: 2 };
    const more = { REGULAR: 20, VIP: 2 };
    given(set(), limited(fewer)).when(take(6)).refuses('TOO_FEW_TICKETS_ARE_AVAILABLE');
    given(set(), limited(more)).when(take(11)).refuses('TOO_FEW_TICKETS_ARE_AVAILABLE');
    given(set(), limited(more), set(more)).when(take(11)).then(taken(11));
    // Of two changes the news of the first comes when the second is agreed on already.
    given(set(), limited(more), limited(fewer), set(more))
      .when(take(6))
      .refuses('TOO_FEW_TICKETS_ARE_AVAILABLE');
    // The news that the concert is there comes after the first change.
    given(limited(fewer), set()).when(take(6)).refuses('TOO_FEW_TICKETS_ARE_AVAILABLE');
    given(limited(fewer), set(), set(fewer)).when(take(5)).then(taken(5));
  });

  it('whatever is asked, no more are taken than there are at any level', () => {
    const level = fc.integer({ min: 0, max: 6 });
    const count = fc.record({ REGULAR: level, VIP: level });
    const command: fc.Arbitrary<SeatsCommand> = fc.oneof(
      { weight: 5, arbitrary: count.map((it) => ({ type: 'Take' as const, count: it })) },
      count.map((it) => ({ type: 'LimitTo' as const, capacity: it })),
      fc.constant({ type: 'CloseSales' as const }),
    );
    fc.assert(
      fc.property(count, fc.array(fc.tuple(command, fc.boolean()), { maxLength: 40 }), (first, asked) => {
        const history: SeatsEvent[] = [set(first)];
        // As in the service: levels are agreed on, and become those of the concert later, in their order.
        const agreed: Readonly<Record<string, number>>[] = [];
        const held: Readonly<Record<string, number>>[] = [];
        for (const [command, isFreed] of asked) {
          const decision = seats.decide(command, fold(seats, history));
          if (!isRefusal(decision)) {
            history.push(...decision);
            if (command.type === 'LimitTo') agreed.push(command.capacity);
            if (command.type === 'Take') held.push(command.count);
          }
          const news = isFreed ? agreed.shift() : undefined;
          if (news) history.push(set(news));
          const back = isFreed ? held.pop() : undefined;
          if (back) history.push({ type: 'SeatsFreed', count: back });
          const state = fold(seats, history);
          for (const name of ['REGULAR', 'VIP']) {
            const sum = held.reduce((total, it) => total + (it[name] ?? 0), 0);
            expect(state.taken[name] ?? 0).toBe(sum);
            expect(sum).toBeLessThanOrEqual(state.capacity[name] ?? 0);
            if (state.status === 'on-sale') expect(availableOf(state)[name] ?? 0).toBeGreaterThanOrEqual(0);
          }
        }
      }),
    );
  });
});
