import type { ReservationsProducer } from '@chirograph/generated/ticketing/producers/reservations';
import type { PublishContext } from '@chirograph/runtime';
import type { Reservation, ReservationEvent } from './reservation.ts';

/** Tells others what happened to a reservation; asks for its end when its time is up. */
export function publishReservation(producer: ReservationsProducer) {
  return async (event: ReservationEvent, context: PublishContext<Reservation>): Promise<void> => {
    const { id: subject } = context;
    switch (event.type) {
      case 'ReservationCreated':
        await producer.reservationCreated({ subject, data: event.data }, context);
        return;
      case 'ReservationCancelled':
        await producer.reservationCancelled({ subject, data: event.data }, context);
        return;
      case 'ReservationExpired':
        await producer.reservationExpired({ subject, data: event.data }, context);
        return;
      case 'TimeIsUp':
        await producer.expireReservation({ subject, data: { reservationId: subject } }, context);
        return;
      case 'TicketsSold':
        return;
    }
  };
}
