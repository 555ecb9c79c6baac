/** What the reservations service does with messages: its commands, the capacity of concerts, and what is sold. */
import type { ReservationsHandlers } from '@chirograph/generated/ticketing/consumers/reservations';
import type { ReservationsProducer } from '@chirograph/generated/ticketing/producers/reservations';
import type { ReservationsCommandRefusedData } from '@chirograph/generated/ticketing/types';
import type { Log, Transaction } from '@chirograph/runtime';
import { answering } from '../../shared/answer.ts';
import type { ReservationsService } from './reservations-service.ts';

export function reservationsHandlers(
  service: ReservationsService,
  producer: ReservationsProducer,
  log: Log,
): ReservationsHandlers {
  const answer = answering<ReservationsCommandRefusedData>(producer.reservationsCommandRefused, log);

  /** The purchase that a reservation is part of; none for one that is not known. */
  async function purchaseOf(tx: Transaction, reservationId: string): Promise<{ readonly cartId?: string }> {
    const state = await service.find(tx, reservationId);
    return state.kind === 'unknown' ? {} : { cartId: state.cartId };
  }

  return {
    createReservation: async (command, context) => {
      const { reservationId, cartId } = command.data;
      await answer(command, await service.create(command.data, context), context, { reservationId, cartId });
    },
    cancelReservation: async (command, context) => {
      const { reservationId } = command.data;
      const about = { reservationId, ...(await purchaseOf(context.tx, reservationId)) };
      await answer(command, await service.cancel(command.data, context), context, about);
    },
    expireReservation: async (command, context) => {
      const { reservationId } = command.data;
      const about = { reservationId, ...(await purchaseOf(context.tx, reservationId)) };
      await answer(command, await service.expire(reservationId, context), context, about);
    },
    async concertCreated({ data: { concertId, ticketLevels } }, context) {
      await service.setCapacity(concertId, ticketLevels, context);
      log(context, `knows the ${Object.keys(ticketLevels).length} levels of the concert`);
    },
    async ticketLevelsUpdated({ data: { concertId, ticketLevels } }, context) {
      await service.setCapacity(concertId, ticketLevels, context);
      log(context, 'knows the new levels of the concert');
    },
    async concertCancelled({ data: { concertId } }, context) {
      await service.closeSales(concertId, context);
      log(context, 'sets no more tickets aside');
    },
    async orderCompleted({ data: { reservationId } }, context) {
      await service.sell(reservationId, context);
      log(context, 'the tickets are sold');
    },
  };
}
