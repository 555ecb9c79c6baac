/** What the order service does with its command, and with the answers of BizOne. */
import type { OrderServiceHandlers } from '@chirograph/generated/checkout/consumers/order-service';
import type { OrderServiceProducer } from '@chirograph/generated/checkout/producers/order-service';
import type { HandlerContext, Log } from '@chirograph/runtime';
import type { OrderOutcome, OrderService } from './order-service.ts';

export function orderServiceHandlers(
  service: OrderService,
  producer: Pick<OrderServiceProducer, 'orderCommandRefused'>,
  log: Log,
): OrderServiceHandlers {
  /** An order that is not there makes a dead letter: no retry would help. */
  function answered(context: HandlerContext, outcome: OrderOutcome) {
    if (outcome.kind === 'refused') return outcome;
    log(context, outcome.events.map(({ type }) => type).join(', ') || 'nothing new');
    return undefined;
  }

  return {
    async placeOrder({ event: command, data, metadata }, context) {
      const { request_id, idempotency_key } = metadata;
      const outcome = await service.accept({ ...data, request_id, idempotency_key }, context);
      if (outcome.kind === 'accepted') return log(context, 'begins the checks');
      const { code: failure, message } = outcome;
      if (failure === 'ORDER_NOT_FOUND') throw new Error(`${command} begins an order: ${message}`);
      await producer.orderCommandRefused(
        { data: { command, failure, message }, metadata: { request_id } },
        context,
      );
      log(context, `refuses: ${message}`);
    },
    bizoneOrderCreated: async ({ data }, context) =>
      answered(context, await service.note(data.rabtul_order_id, { type: 'NotePartnerTook', data }, context)),
    bizoneOrderRejected: async ({ data: { rabtul_order_id } }, context) =>
      answered(context, await service.note(rabtul_order_id, { type: 'NotePartnerRejected' }, context)),
    bizoneOrderCancelled: async ({ data: { rabtul_order_id, bizone_order_id } }, context) => {
      const command = { type: 'NotePartnerCancelled', bizone_order_id } as const;
      return answered(context, await service.note(rabtul_order_id, command, context));
    },
  };
}
