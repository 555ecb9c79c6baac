import type { ConcertsProducer } from '@chirograph/generated/ticketing/producers/concerts';
import type { PublishContext } from '@chirograph/runtime';
import type { Concert, ConcertEvent } from './concert.ts';

/** Tells others what happened to a concert. */
export function publishConcert(producer: ConcertsProducer) {
  return async (event: ConcertEvent, context: PublishContext<Concert>): Promise<void> => {
    const { id: subject } = context;
    switch (event.type) {
      case 'ConcertCreated':
        await producer.concertCreated({ subject, data: event.data }, context);
        return;
      case 'ConcertUpdated':
        await producer.concertUpdated({ subject, data: event.data }, context);
        return;
      case 'TicketLevelsUpdated':
        await producer.ticketLevelsUpdated({ subject, data: event.data }, context);
        return;
      case 'ConcertCancelled':
        await producer.concertCancelled({ subject, data: event.data }, context);
        return;
    }
  };
}
