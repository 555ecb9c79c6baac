/** What the integration of BizOne does with messages. When BizOne does not answer, they come again. */
import type { BizoneIntegrationHandlers } from '@chirograph/generated/checkout/consumers/bizone-integration';
import type { HandlerContext, Log } from '@chirograph/runtime';
import type { BizoneService, PartnerOutcome } from './bizone-service.ts';

export function bizoneIntegrationHandlers(service: BizoneService, log: Log): BizoneIntegrationHandlers {
  /** What was refused makes a dead letter: no retry would help. */
  function answered(context: HandlerContext, outcome: PartnerOutcome) {
    if (outcome.kind === 'refused') return outcome;
    log(
      context,
      `BizOne: ${outcome.events.map(({ type }) => type.toLowerCase()).join(', ') || 'nothing new'}`,
    );
    return undefined;
  }

  return {
    orderPaid: async ({ data: { order_id } }, context) =>
      answered(context, await service.place(order_id, context)),
    cancelBizoneOrder: async ({ data: { rabtul_order_id, bizone_order_id } }, context) =>
      answered(context, await service.cancel(rabtul_order_id, bizone_order_id, context)),
  };
}
