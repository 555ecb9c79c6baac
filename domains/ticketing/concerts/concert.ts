/** A concert of the programme: when, where, and how many tickets of each level there are. Pure. */
import type {
  ConcertCancelledData,
  ConcertCreatedData,
  ConcertsCommandRefusedData,
  ConcertUpdatedData,
  TicketLevels,
  TicketLevelsUpdatedData,
} from '@chirograph/generated/ticketing/types';
import { type Decider, type Refusal, refuse } from '@chirograph/runtime';

/** `isAdmin`: whether the user who asks is one. `at`: milliseconds since 1970-01-01T00:00Z. */
export type ConcertCommand = { readonly adminId: string; readonly isAdmin: boolean; readonly at: number } & (
  | ({ readonly type: 'CreateConcert'; readonly ticketLevels: TicketLevels } & Description)
  | ({ readonly type: 'UpdateConcert' } & Description)
  | { readonly type: 'CancelConcert'; readonly concertId: string; readonly reason: string }
  | {
      readonly type: 'UpdateTicketLevels';
      readonly concertId: string;
      readonly ticketLevels: TicketLevels;
      /** Whether the reservations leave room for these levels. */
      readonly isEnoughLeft: boolean;
    }
);

interface Description {
  readonly concertId: string;
  readonly name: string;
  readonly venue: string;
  /** ISO 8601. */
  readonly startsAt: string;
}

export type ConcertEvent =
  | { readonly type: 'ConcertCreated'; readonly data: ConcertCreatedData }
  | { readonly type: 'ConcertUpdated'; readonly data: ConcertUpdatedData }
  | { readonly type: 'TicketLevelsUpdated'; readonly data: TicketLevelsUpdatedData }
  | { readonly type: 'ConcertCancelled'; readonly data: ConcertCancelledData };

export type ConcertFailure = ConcertsCommandRefusedData['failure'];

export interface Concert {
  readonly status: 'unknown' | 'planned' | 'cancelled';
}

export const concert: Decider<Concert, ConcertCommand, ConcertEvent, ConcertFailure> = {
  initialState: () => ({ status: 'unknown' }),

  decide(command, { status }) {
    const { adminId, concertId } = command;
    if (!command.isAdmin) return refuse('THE_USER_IS_NOT_AN_ADMIN', 'Admins alone make the programme.');
    if (command.type === 'CreateConcert') {
      if (status !== 'unknown') {
        return refuse('THERE_IS_A_CONCERT_WITH_THIS_ID_ALREADY', 'There is a concert with this id.');
      }
      const { name, venue, startsAt, ticketLevels } = command;
      const fault = faultOf(command, command.at) ?? faultOfLevels(ticketLevels);
      return (
        fault ?? [
          { type: 'ConcertCreated', data: { concertId, adminId, name, venue, startsAt, ticketLevels } },
        ]
      );
    }
    if (status === 'unknown') return refuse('CONCERT_NOT_FOUND', 'There is no such concert.');
    switch (command.type) {
      case 'UpdateConcert': {
        const { name, venue, startsAt } = command;
        if (status === 'cancelled') return cancelled();
        const fault = faultOf(command, command.at);
        return fault ?? [{ type: 'ConcertUpdated', data: { concertId, adminId, name, venue, startsAt } }];
      }
      case 'UpdateTicketLevels': {
        const { ticketLevels } = command;
        if (status === 'cancelled') return cancelled();
        const fault = faultOfLevels(ticketLevels);
        if (fault) return fault;
        if (!command.isEnoughLeft) {
          return refuse(
            'FEWER_THAN_ARE_RESERVED',
            'More tickets of a level are reserved than would be left.',
          );
        }
        return [{ type: 'TicketLevelsUpdated', data: { concertId, adminId, ticketLevels } }];
      }
      case 'CancelConcert': {
        const { reason } = command;
        if (status === 'cancelled') {
          return refuse('THE_CONCERT_IS_CANCELLED_ALREADY', 'The concert is cancelled already.');
        }
        return [{ type: 'ConcertCancelled', data: { concertId, adminId, reason } }];
      }
    }
  },

  evolve: (state, { type }) =>
    type === 'ConcertCreated'
      ? { status: 'planned' }
      : type === 'ConcertCancelled'
        ? { status: 'cancelled' }
        : state,
};

function cancelled(): Refusal<ConcertFailure> {
  return refuse('THE_CONCERT_IS_CANCELLED', 'The concert is cancelled.');
}

function faultOf({ name, venue, startsAt }: Description, at: number): Refusal<ConcertFailure> | undefined {
  const says = (message: string) => refuse('THE_DATA_OF_THE_CONCERT_IS_NOT_VALID' as const, message);
  if (name.trim() === '' || venue.trim() === '') return says('A concert has a name and a venue.');
  const begins = Date.parse(startsAt);
  if (Number.isNaN(begins)) return says('The time is none.');
  return begins <= at ? says('A concert begins in the future.') : undefined;
}

/** Levels stand under their names, so that none stands twice. Their prices have one currency: so have orders. */
function faultOfLevels(ticketLevels: TicketLevels): Refusal<ConcertFailure> | undefined {
  const levels = Object.values(ticketLevels);
  const [first] = levels;
  if (!first) return refuse('THE_DATA_OF_THE_CONCERT_IS_NOT_VALID', 'A concert has a ticket level.');
  if (levels.some(({ capacity, price }) => capacity < 0 || price.amount < 0)) {
    return refuse('A_TICKET_LEVEL_IS_NEGATIVE_OR_STANDS_TWICE', 'Neither tickets nor prices are negative.');
  }
  return levels.some(({ price }) => price.currency !== first.price.currency)
    ? refuse('THE_DATA_OF_THE_CONCERT_IS_NOT_VALID', 'All prices of a concert are in one currency.')
    : undefined;
}
