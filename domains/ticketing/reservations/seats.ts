/**
 * The seats of one concert: how many tickets of each level there are, and how many are taken. A reservation takes from
 * here first, so that the reservations of a concert together never hold more than there is. Pure.
 */
import { isDeepStrictEqual } from 'node:util';
import type {
  ConcertTicket,
  ReservationsCommandRefusedData,
  TicketLevels,
} from '@chirograph/generated/ticketing/types';
import { type Decider, type Refusal, refuse } from '@chirograph/runtime';

/** A number of tickets, by level. */
export type Count = Readonly<Record<string, number>>;

export type SeatsCommand =
  | { readonly type: 'Take'; readonly count: Count }
  | { readonly type: 'Free'; readonly count: Count }
  /** The concert is about to have other levels: nothing beyond them is taken from now on. */
  | { readonly type: 'LimitTo'; readonly capacity: Count }
  /** The concert has these levels. */
  | { readonly type: 'SetCapacity'; readonly capacity: Count }
  | { readonly type: 'CloseSales' };

export type SeatsEvent =
  | { readonly type: 'CapacitySet'; readonly capacity: Count }
  | { readonly type: 'CapacityLimited'; readonly capacity: Count }
  | { readonly type: 'SalesClosed' }
  | { readonly type: 'SeatsTaken'; readonly count: Count }
  | { readonly type: 'SeatsFreed'; readonly count: Count };

export type SeatsFailure =
  | Extract<
      ReservationsCommandRefusedData['failure'],
      'CONCERT_NOT_FOUND' | 'THE_CONCERT_IS_CANCELLED' | 'TOO_FEW_TICKETS_ARE_AVAILABLE'
    >
  | 'FEWER_THAN_ARE_RESERVED';

export interface Seats {
  readonly status: 'unknown' | 'on-sale' | 'closed';
  readonly capacity: Count;
  /** What the concert is about to have: until it has, nothing is taken beyond either. */
  readonly limits: readonly Count[];
  readonly taken: Count;
}

export function capacityOf(ticketLevels: TicketLevels): Count {
  return Object.fromEntries(Object.entries(ticketLevels).map(([level, { capacity }]) => [level, capacity]));
}

export function countOf(tickets: readonly ConcertTicket[]): Count {
  return tickets.reduce<Count>((sum, { level, quantity }) => plus(sum, { [level]: quantity }, 1), {});
}

/** How many can be taken. */
export function availableOf({ status, capacity, limits, taken }: Seats): Count {
  if (status !== 'on-sale') return {};
  const left = Object.entries(capacity).map(([level, there]) => {
    const limit = Math.min(there, ...limits.map((it) => it[level] ?? 0));
    return [level, limit - (taken[level] ?? 0)];
  });
  return Object.fromEntries(left);
}

export const seats: Decider<Seats, SeatsCommand, SeatsEvent, SeatsFailure> = {
  initialState: () => ({ status: 'unknown', capacity: {}, limits: [], taken: {} }),

  decide(command, state) {
    switch (command.type) {
      case 'Take':
        return take(command.count, state);
      case 'Free':
        return [{ type: 'SeatsFreed', count: command.count }];
      case 'LimitTo': {
        const { capacity } = command;
        return isWithin(state.taken, capacity)
          ? [{ type: 'CapacityLimited', capacity }]
          : refuse('FEWER_THAN_ARE_RESERVED', 'More tickets are reserved than there would be.');
      }
      case 'SetCapacity':
        return [{ type: 'CapacitySet', capacity: command.capacity }];
      case 'CloseSales':
        return state.status === 'closed' ? [] : [{ type: 'SalesClosed' }];
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'CapacitySet': {
        const status = state.status === 'unknown' ? 'on-sale' : state.status;
        const { capacity } = event;
        // Levels that were agreed on are those that the concert has now; news from before that leave them waiting.
        const [first, ...others] = state.limits;
        const limits = isDeepStrictEqual(first, capacity) ? others : state.limits;
        return { ...state, status, capacity, limits };
      }
      case 'CapacityLimited':
        return { ...state, limits: [...state.limits, event.capacity] };
      case 'SalesClosed':
        return { ...state, status: 'closed' };
      case 'SeatsTaken':
        return { ...state, taken: plus(state.taken, event.count, 1) };
      case 'SeatsFreed':
        return { ...state, taken: plus(state.taken, event.count, -1) };
    }
  },
};

function take(count: Count, state: Seats): readonly SeatsEvent[] | Refusal<SeatsFailure> {
  if (state.status === 'unknown') return refuse('CONCERT_NOT_FOUND', 'There is no such concert.');
  if (state.status === 'closed') return refuse('THE_CONCERT_IS_CANCELLED', 'The concert is cancelled.');
  const available = availableOf(state);
  for (const [level, asked] of Object.entries(count)) {
    const left = available[level] ?? 0;
    if (asked > left) return refuse('TOO_FEW_TICKETS_ARE_AVAILABLE', `${left} ${level} tickets are left.`);
  }
  return [{ type: 'SeatsTaken', count }];
}

function isWithin(taken: Count, capacity: Count): boolean {
  return Object.entries(taken).every(([level, count]) => count <= (capacity[level] ?? 0));
}

function plus(sum: Count, count: Count, sign: 1 | -1): Count {
  const next = { ...sum };
  for (const [level, more] of Object.entries(count)) next[level] = (next[level] ?? 0) + sign * more;
  return next;
}
