/** What the orders service does with its commands. */
import type { OrdersHandlers } from '@chirograph/generated/ticketing/consumers/orders';
import type { OrdersProducer } from '@chirograph/generated/ticketing/producers/orders';
import type { OrdersCommandRefusedData } from '@chirograph/generated/ticketing/types';
import type { HandlerContext, Log } from '@chirograph/runtime';
import { answering } from '../../shared/answer.ts';
import type { OrderOutcome, OrdersService } from './orders-service.ts';

type Command = {
  readonly id: string;
  readonly type: OrdersCommandRefusedData['command'];
  readonly subject: string;
  readonly data: { readonly orderId: string };
};

export function ordersHandlers(service: OrdersService, producer: OrdersProducer, log: Log): OrdersHandlers {
  const answer = answering<OrdersCommandRefusedData>(producer.ordersCommandRefused, log);

  /** The refusal names the purchase, where the order is known. */
  async function answerOf(command: Command, outcome: OrderOutcome, context: HandlerContext): Promise<void> {
    const { orderId } = command.data;
    const state = await service.find(context.tx, orderId);
    const about = state.kind === 'unknown' ? { orderId } : { orderId, cartId: state.cartId };
    await answer(command, outcome, context, about);
  }

  return {
    createOrder: async (command, context) => {
      const { orderId, cartId } = command.data;
      await answer(command, await service.create(command.data, context), context, { orderId, cartId });
    },
    completeOrder: async (command, context) =>
      answerOf(command, await service.complete(command.data, context), context),
    cancelOrder: async (command, context) =>
      answerOf(command, await service.cancel(command.data, context), context),
    compensateOrder: async (command, context) =>
      answerOf(command, await service.compensate(command.data, context), context),
  };
}
