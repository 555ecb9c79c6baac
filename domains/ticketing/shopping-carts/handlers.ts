/** What the carts service does with messages: its commands, and what it has to know of concerts. */
import type { ShoppingCartsHandlers } from '@chirograph/generated/ticketing/consumers/shopping-carts';
import type { ShoppingCartsProducer } from '@chirograph/generated/ticketing/producers/shopping-carts';
import type { ShoppingCartsCommandRefusedData } from '@chirograph/generated/ticketing/types';
import type { HandlerContext, Log } from '@chirograph/runtime';
import { answering } from '../../shared/answer.ts';
import { takeTurn } from '../../shared/turn.ts';
import type { Offer } from './cart.ts';
import { offers, type ShoppingCartsService } from './shopping-carts-service.ts';

export function shoppingCartsHandlers(
  service: ShoppingCartsService,
  producer: ShoppingCartsProducer,
  log: Log,
): ShoppingCartsHandlers {
  const answer = answering<ShoppingCartsCommandRefusedData>(producer.shoppingCartsCommandRefused, log);
  /** What is told of a concert lies on three channels: a cancelled one stays cancelled, whatever is told late. */
  async function change(
    { tx }: HandlerContext,
    concertId: string,
    by: (before: Offer | undefined) => Offer,
  ): Promise<void> {
    await takeTurn(tx, 'offers', concertId);
    await offers(tx).put(concertId, by(await offers(tx).get(concertId)));
  }

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
      await change(context, concertId, (before) => before ?? { ticketLevels, isCancelled: false });
      log(context, `sells tickets for ${name}`);
    },
    async ticketLevelsUpdated({ data: { concertId, ticketLevels } }, context) {
      await change(context, concertId, (before) => ({ isCancelled: false, ...before, ticketLevels }));
      log(context, 'sells the tickets at their new levels');
    },
    async concertCancelled({ data: { concertId } }, context) {
      await change(context, concertId, (before) => ({ ticketLevels: {}, ...before, isCancelled: true }));
      log(context, 'sells no more tickets for the concert');
    },
  };
}
