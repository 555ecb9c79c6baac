/** What the carts service does with messages: its commands, and what it has to know of concerts. */
import type { ShoppingCartsHandlers } from '@chirograph/generated/ticketing/consumers/shopping-carts';
import type { ShoppingCartsProducer } from '@chirograph/generated/ticketing/producers/shopping-carts';
import type { ShoppingCartsCommandRefusedData } from '@chirograph/generated/ticketing/types';
import type { Log } from '@chirograph/runtime';
import { answering } from '../../shared/answer.ts';
import { offers, type ShoppingCartsService } from './shopping-carts-service.ts';

export function shoppingCartsHandlers(
  service: ShoppingCartsService,
  producer: ShoppingCartsProducer,
  log: Log,
): ShoppingCartsHandlers {
  const answer = answering<ShoppingCartsCommandRefusedData>(producer.shoppingCartsCommandRefused, log);
  return {
    createCart: async (command, context) =>
      answer(command, await service.create(command.data, context), context),
    addTicketToCart: async (command, context) =>
      answer(command, await service.addTicket(command.data, context), context),
    removeTicketFromCart: async (command, context) =>
      answer(command, await service.removeTicket(command.data, context), context),
    clearCart: async (command, context) =>
      answer(command, await service.clear(command.data.cartId, context), context),
    confirmCart: async (command, context) => {
      const { cartId } = command.data;
      await answer(command, await service.confirm(command.data, context), context, { cartId });
    },
    closeCart: async (command, context) => {
      const { cartId } = command.data;
      await answer(command, await service.close(command.data, context), context, { cartId });
    },
    async concertCreated({ data: { concertId, name, ticketLevels } }, context) {
      await offers(context.tx).put(concertId, { ticketLevels, isCancelled: false });
      log(context, `sells tickets for ${name}`);
    },
    async ticketLevelsUpdated({ data: { concertId, ticketLevels } }, context) {
      const isCancelled = (await offers(context.tx).get(concertId))?.isCancelled ?? false;
      await offers(context.tx).put(concertId, { ticketLevels, isCancelled });
      log(context, 'sells the tickets at their new levels');
    },
    async concertCancelled({ data: { concertId } }, context) {
      const ticketLevels = (await offers(context.tx).get(concertId))?.ticketLevels ?? {};
      await offers(context.tx).put(concertId, { ticketLevels, isCancelled: true });
      log(context, 'sells no more tickets for the concert');
    },
  };
}
