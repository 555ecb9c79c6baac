/** The reservations service: it sets tickets aside, never more than there are, and for no longer than agreed. */
import type { ReservationsProducer } from '@chirograph/generated/ticketing/producers/reservations';
import type {
  CancelReservationData,
  CreateReservationData,
  TicketLevels,
} from '@chirograph/generated/ticketing/types';
import {
  type Clock,
  type CommandContext,
  type DeadlineOptions,
  type Deadlines,
  type Entities,
  entities,
  entityDeadlines,
  type Outcome,
  type Refusal,
  type Store,
  type Transaction,
  within,
} from '@chirograph/runtime';
import { publishReservation } from './publish-reservation.ts';
import {
  expiryOf,
  type Reservation,
  type ReservationCommand,
  type ReservationEvent,
  type ReservationFailure,
  reservation,
} from './reservation.ts';
import {
  availableOf,
  type Count,
  capacityOf,
  countOf,
  type Seats,
  type SeatsCommand,
  type SeatsEvent,
  type SeatsFailure,
  seats,
} from './seats.ts';

export type ReservationOutcome = Outcome<ReservationEvent, ReservationFailure>;

export interface ReservationsService {
  create(request: CreateReservationData, context?: CommandContext): Promise<ReservationOutcome>;
  cancel(request: CancelReservationData, context?: CommandContext): Promise<ReservationOutcome>;
  expire(reservationId: string, context?: CommandContext): Promise<ReservationOutcome>;
  sell(reservationId: string, context?: CommandContext): Promise<ReservationOutcome>;
  setCapacity(concertId: string, ticketLevels: TicketLevels, context?: CommandContext): Promise<void>;
  /** Keeps to the levels from now on; false when more is reserved already. */
  limitTo(concertId: string, ticketLevels: TicketLevels, context?: CommandContext): Promise<boolean>;
  closeSales(concertId: string, context?: CommandContext): Promise<void>;
  find(tx: Transaction, reservationId: string): Promise<Reservation>;
  availableOf(tx: Transaction, concertId: string): Promise<Count>;
  /** Asks for the end of reservations whose time is up. */
  watch(options: DeadlineOptions): Deadlines;
}

export interface ReservationsServiceOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly producer: ReservationsProducer;
}

export function reservationsService(options: ReservationsServiceOptions): ReservationsService {
  const { store, clock, producer } = options;
  const publish = publishReservation(producer);
  const expiry = entityDeadlines('reservation-expiry', expiryOf);
  const seating: Entities<Seats, SeatsCommand, SeatsEvent, SeatsFailure> = entities({
    name: 'seats',
    store,
    clock,
    decider: seats,
  });
  const reservations: Entities<Reservation, ReservationCommand, ReservationEvent, ReservationFailure> =
    entities({
      name: 'reservation',
      store,
      clock,
      decider: reservation,
      async publish(event, context) {
        await expiry.note(context.tx, context.id, context.state);
        await publish(event, context);
      },
    });

  function decide(
    reservationId: string,
    command: WithoutTime<ReservationCommand>,
    context: CommandContext,
  ): Promise<ReservationOutcome> {
    return reservations.decide(reservationId, (_, at) => ({ ...command, at }), context);
  }

  /** Ends a reservation, and then its seats are free. */
  function end(
    reservationId: string,
    command: WithoutTime<ReservationCommand>,
    context: CommandContext,
  ): Promise<ReservationOutcome> {
    return within(store, context, async (tx) => {
      const outcome = await decide(reservationId, command, { ...context, tx });
      const state = await reservations.load(tx, reservationId);
      if (outcome.kind === 'accepted' && state.kind === 'ended') {
        await seating.decide(
          state.concertId,
          { type: 'Free', count: countOf(state.tickets) },
          { ...context, tx },
        );
      }
      return outcome;
    });
  }

  return {
    create: (request, context = {}) =>
      within(store, context, async (tx) => {
        const { reservationId, concertId, tickets } = request;
        const command = { type: 'CreateReservation', ...request } as const;
        // Before the seats are taken: they are not taken twice for one reservation.
        if ((await reservations.load(tx, reservationId)).kind === 'unknown') {
          const count = countOf(tickets);
          const taken = await seating.decide(concertId, { type: 'Take', count }, { ...context, tx });
          if (taken.kind === 'refused') return refusalToReserve(taken);
        }
        return decide(reservationId, command, { ...context, tx });
      }),
    cancel: ({ reservationId, ...request }, context = {}) =>
      end(reservationId, { type: 'CancelReservation', ...request }, context),
    expire: (reservationId, context = {}) => end(reservationId, { type: 'ExpireReservation' }, context),
    sell: (reservationId, context = {}) => decide(reservationId, { type: 'Sell' }, context),
    async setCapacity(concertId, ticketLevels, context) {
      await seating.decide(concertId, { type: 'SetCapacity', capacity: capacityOf(ticketLevels) }, context);
    },
    async limitTo(concertId, ticketLevels, context) {
      const capacity = capacityOf(ticketLevels);
      return (await seating.decide(concertId, { type: 'LimitTo', capacity }, context)).kind === 'accepted';
    },
    async closeSales(concertId, context) {
      await seating.decide(concertId, { type: 'CloseSales' }, context);
    },
    find: (tx, reservationId) => reservations.load(tx, reservationId),
    availableOf: async (tx, concertId) => availableOf(await seating.load(tx, concertId)),
    watch: (watching) =>
      expiry.watch(store, (tx, id) => decide(id, { type: 'AskForExpiry' }, { tx }), watching),
  };
}

type WithoutTime<Command> = Command extends ReservationCommand ? Omit<Command, 'at'> : never;

function refusalToReserve({ code, message }: Refusal<SeatsFailure>): Refusal<ReservationFailure> {
  if (code === 'FEWER_THAN_ARE_RESERVED') throw new Error('seats are limited by concerts alone');
  return { kind: 'refused', code, message };
}
