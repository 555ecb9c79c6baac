/** What the delivery service does with messages: its commands, and tickets that are ready. */
import type { TicketDeliveryHandlers } from '@chirograph/generated/ticketing/consumers/ticket-delivery';
import type { TicketDeliveryProducer } from '@chirograph/generated/ticketing/producers/ticket-delivery';
import type { TicketDeliveryCommandRefusedData } from '@chirograph/generated/ticketing/types';
import type { Log } from '@chirograph/runtime';
import { answering } from '../../shared/answer.ts';
import type { TicketDeliveryService } from './ticket-delivery-service.ts';

export function ticketDeliveryHandlers(
  service: TicketDeliveryService,
  producer: TicketDeliveryProducer,
  log: Log,
): TicketDeliveryHandlers {
  const answer = answering<TicketDeliveryCommandRefusedData>(producer.ticketDeliveryCommandRefused, log);
  return {
    prepareTicketDelivery: async (command, context) => {
      const { deliveryId } = command.data;
      await answer(command, await service.prepare(command.data, context), context, { deliveryId });
    },
    deliverOnlineTicket: async (command, context) => {
      const { deliveryId } = command.data;
      await answer(command, await service.deliverOnline(command.data, context), context, { deliveryId });
    },
    deliverPrintedTicket: async (command, context) => {
      const { deliveryId } = command.data;
      await answer(command, await service.deliverPrinted(command.data, context), context, { deliveryId });
    },
    async ticketDeliveryPrepared({ subject, data: { deliveryId, ticketType, recipient } }, context) {
      const { email, address } = recipient;
      if (ticketType === 'ONLINE') {
        await producer.deliverOnlineTicket({ subject, data: { deliveryId, email } }, context);
      } else if (address) {
        await producer.deliverPrintedTicket({ subject, data: { deliveryId, address } }, context);
      } else throw new Error(`delivery ${deliveryId} is printed, and has no address`);
      log(context, ticketType === 'ONLINE' ? 'the tickets go by e-mail' : 'the tickets go by post');
    },
  };
}
