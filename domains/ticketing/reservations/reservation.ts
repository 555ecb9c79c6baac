/** A reservation: tickets of one concert, set aside for somebody who is about to pay. Pure. */
import type {
  ConcertTicket,
  ReservationCancellationReason,
  ReservationCancelledData,
  ReservationCreatedData,
  ReservationExpiredData,
  ReservationsCommandRefusedData,
} from '@chirograph/generated/ticketing/types';
import { type Decider, type Refusal, refuse } from '@chirograph/runtime';

/** `at`: milliseconds since 1970-01-01T00:00Z, in all commands. */
export type ReservationCommand = { readonly at: number } & (
  | ({ readonly type: 'CreateReservation' } & Asked)
  | {
      readonly type: 'CancelReservation';
      readonly reason: ReservationCancellationReason;
      /** Who asks, where a user does. */
      readonly userId?: string | undefined;
    }
  | { readonly type: 'ExpireReservation' }
  /** Asks that it be ended, when its time is up. */
  | { readonly type: 'AskForExpiry' }
  /** The order is complete: the tickets are sold. */
  | { readonly type: 'Sell' }
);

interface Asked {
  readonly reservationId: string;
  readonly cartId: string;
  readonly userId: string;
  readonly concertId: string;
  readonly tickets: readonly ConcertTicket[];
}

/** As the stream keeps it: `data` is published, events without it are not. */
export type ReservationEvent =
  | { readonly type: 'ReservationCreated'; readonly data: ReservationCreatedData }
  | { readonly type: 'ReservationCancelled'; readonly data: ReservationCancelledData }
  | { readonly type: 'ReservationExpired'; readonly data: ReservationExpiredData }
  | { readonly type: 'TimeIsUp' }
  | { readonly type: 'TicketsSold' };

export type ReservationFailure = ReservationsCommandRefusedData['failure'];

export type Reservation =
  | { readonly kind: 'unknown' }
  | (Asked & {
      readonly kind: 'held' | 'asked-to-end' | 'sold' | 'ended';
      /** Milliseconds since 1970-01-01T00:00Z. */
      readonly expiresAt: number;
    });

/** How long tickets are set aside, in milliseconds (docs/decisions/specs-ticketing-purchases.md). */
export const RESERVATION_TIME = 15 * 60_000;

/** When it is to be asked for its end: milliseconds since 1970-01-01T00:00Z, or never. */
export function expiryOf(state: Reservation): number | undefined {
  return state.kind === 'held' ? state.expiresAt : undefined;
}

/** Whether the tickets are kept for somebody. */
export function isSetAside(state: Reservation): boolean {
  return state.kind !== 'unknown' && state.kind !== 'ended';
}

export const reservation: Decider<Reservation, ReservationCommand, ReservationEvent, ReservationFailure> = {
  initialState: () => ({ kind: 'unknown' }),

  decide(command, state) {
    const { at } = command;
    if (command.type === 'CreateReservation') {
      if (state.kind !== 'unknown') {
        return refuse('THERE_IS_A_RESERVATION_WITH_THIS_ID_ALREADY', 'There is a reservation with this id.');
      }
      const { reservationId, cartId, userId, concertId, tickets } = command;
      const expiresAt = iso(at + RESERVATION_TIME);
      const data = { reservationId, cartId, userId, concertId, tickets, expiresAt };
      return [{ type: 'ReservationCreated', data }];
    }
    if (state.kind === 'unknown') return refuse('RESERVATION_NOT_FOUND', 'There is no such reservation.');
    const { reservationId, cartId, concertId, tickets } = state;
    const about = { reservationId, cartId, concertId, tickets };
    switch (command.type) {
      case 'CancelReservation': {
        const { reason, userId } = command;
        if (userId !== undefined && userId !== state.userId) {
          return refuse('THE_RESERVATION_BELONGS_TO_ANOTHER_USER', 'The reservation is not yours.');
        }
        if (state.kind === 'ended') return ended();
        // What is paid is given back through its order, not by letting go of the tickets.
        if (state.kind === 'sold' && userId !== undefined) return ended();
        return [{ type: 'ReservationCancelled', data: { ...about, reason } }];
      }
      case 'ExpireReservation':
        if (state.kind === 'ended' || state.kind === 'sold') return ended();
        if (at < state.expiresAt) return refuse('THE_TIME_IS_NOT_UP_YET', 'The tickets are still set aside.');
        return [{ type: 'ReservationExpired', data: { ...about, expiredAt: iso(at) } }];
      case 'AskForExpiry':
        return state.kind === 'held' && state.expiresAt <= at ? [{ type: 'TimeIsUp' }] : [];
      case 'Sell':
        return state.kind === 'held' || state.kind === 'asked-to-end' ? [{ type: 'TicketsSold' }] : [];
    }
  },

  evolve(state, event) {
    if (event.type === 'ReservationCreated') {
      const { expiresAt, ...asked } = event.data;
      return { kind: 'held', ...asked, expiresAt: Date.parse(expiresAt) };
    }
    if (state.kind === 'unknown') throw new Error(`${event.type} of a reservation that was never created`);
    switch (event.type) {
      case 'ReservationCancelled':
      case 'ReservationExpired':
        return { ...state, kind: 'ended' };
      case 'TimeIsUp':
        return { ...state, kind: 'asked-to-end' };
      case 'TicketsSold':
        return { ...state, kind: 'sold' };
    }
  },
};

function ended(): Refusal<ReservationFailure> {
  return refuse('THE_RESERVATION_HAS_ENDED_ALREADY', 'The reservation has ended, or its tickets are paid.');
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
