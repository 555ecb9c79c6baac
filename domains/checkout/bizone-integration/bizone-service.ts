/** The integration of BizOne: it places paid orders there, tells what BizOne answers, and has it cancel. */
import type { BizoneIntegrationProducer } from '@chirograph/generated/checkout/producers/bizone-integration';
import {
  type Clock,
  type CommandContext,
  type Entities,
  entities,
  type Outcome,
  type PublishContext,
  type Store,
  type Transaction,
  within,
} from '@chirograph/runtime';
import type { Partner, PartnerAnswer, PartnerOrder } from './partner.ts';
import {
  type PartnerOrderCommand,
  type PartnerOrderEvent,
  type PartnerOrderFailure,
  type PartnerOrderState,
  partnerOrder,
} from './partner-order.ts';

export type PartnerOutcome = Outcome<PartnerOrderEvent, PartnerOrderFailure>;

export interface BizoneService {
  /** Rejects when BizOne does not answer. Does nothing for an order that BizOne has answered. */
  place(order_id: string, context?: CommandContext): Promise<PartnerOutcome>;
  /** What BizOne answers by itself: it calls back, and may do so after it has answered already. */
  hear(order_id: string, answer: PartnerAnswer, context?: CommandContext): Promise<PartnerOutcome>;
  cancel(order_id: string, bizone_order_id: string, context?: CommandContext): Promise<PartnerOutcome>;
}

export interface BizoneServiceOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly producer: BizoneIntegrationProducer;
  readonly partner: Partner;
  readonly outlook: {
    /** Undefined when there is no such order. */
    orderOf(
      tx: Transaction,
      order_id: string,
    ): Promise<(PartnerOrder & { readonly request_id: string }) | undefined>;
  };
}

export function bizoneService(options: BizoneServiceOptions): BizoneService {
  const { store, clock, producer, partner, outlook } = options;
  const orders: Entities<PartnerOrderState, PartnerOrderCommand, PartnerOrderEvent, PartnerOrderFailure> =
    entities({
      name: 'bizone-order',
      store,
      clock,
      decider: partnerOrder,
      publish: publishPartnerOrder(producer, partner),
    });

  async function known(tx: Transaction, order_id: string) {
    const found = await outlook.orderOf(tx, order_id);
    if (!found) throw new Error(`${order_id} is not an order`);
    return found;
  }

  async function note(tx: Transaction, order_id: string, answer: PartnerAnswer, context: CommandContext) {
    const { merchant_id, request_id } = await known(tx, order_id);
    const command = { type: 'HearAnswer', order_id, merchant_id, request_id, answer } as const;
    return orders.decide(order_id, command, { ...context, tx });
  }

  return {
    place: (order_id, context = {}) =>
      within(store, context, async (tx) => {
        if ((await orders.load(tx, order_id)).kind !== 'unanswered') {
          return { kind: 'accepted', id: order_id, events: [] };
        }
        const { request_id: _, ...wanted } = await known(tx, order_id);
        return note(tx, order_id, await partner.place(wanted), context);
      }),
    hear: (order_id, answer, context = {}) =>
      within(store, context, (tx) => note(tx, order_id, answer, context)),
    cancel: (order_id, bizone_order_id, context) =>
      orders.decide(order_id, { type: 'NoteCancelled', bizone_order_id }, context),
  };
}

/** What is not published is asked of BizOne: when it does not answer, the event is undone and comes again. */
function publishPartnerOrder(producer: BizoneIntegrationProducer, partner: Partner) {
  return async (event: PartnerOrderEvent, context: PublishContext<PartnerOrderState>): Promise<void> => {
    switch (event.type) {
      case 'Taken': {
        const { data, request_id, bizone_request_id } = event;
        await producer.bizoneOrderCreated({ data, metadata: { request_id, bizone_request_id } }, context);
        return;
      }
      case 'Rejected': {
        const { order_id, merchant_id, reason, request_id } = event;
        const data = { rabtul_order_id: order_id, merchant_id, rejection_reason: reason };
        await producer.bizoneOrderRejected({ data, metadata: { request_id } }, context);
        return;
      }
      case 'SurplusTaken': {
        const { order_id, bizone_order_id } = event;
        await partner.cancel({ order_id, bizone_order_id });
        return;
      }
      case 'Cancelled': {
        const { order_id, bizone_order_id, request_id } = event;
        await partner.cancel({ order_id, bizone_order_id });
        const data = { rabtul_order_id: order_id, bizone_order_id };
        await producer.bizoneOrderCancelled({ data, metadata: { request_id } }, context);
        return;
      }
    }
  };
}
