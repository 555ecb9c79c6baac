/** Which events of an order are told to others, and which command they lead to. */
import type { OrderServiceProducer } from '@chirograph/generated/checkout/producers/order-service';
import type { PublishContext } from '@chirograph/runtime';
import {
  amountOf,
  cartValueOf,
  type Order,
  type OrderEvent,
  type OrderFailed,
  type OrderState,
} from './order.ts';

export function publishOrder(producer: OrderServiceProducer) {
  return async (event: OrderEvent, context: PublishContext<OrderState>): Promise<void> => {
    const { state } = context;
    if (state.kind === 'unknown') return;
    const { order_id, request, offer } = state;
    const { request_id, idempotency_key, user_id, merchant_id } = request;
    const metadata = { request_id };
    const about = { order_id, user_id, merchant_id };
    switch (event.type) {
      case 'CheckoutStarted': {
        const data = {
          user_id,
          merchant_id,
          cart_value: cartValueOf(request),
          ...codeOf(state),
          delivery_pincode: request.address.pincode,
          session_id: request.session_id,
        };
        await producer.orderValidationStarted({ data, metadata: { request_id, idempotency_key } }, context);
        return;
      }
      case 'OrderInitiated': {
        const { merchant_name, merchant_company, discount, campaign_id } = event.offer;
        const data = {
          ...about,
          merchant_name,
          merchant_company,
          order_value: cartValueOf(request),
          discount,
          final_amount: amountOf(state),
          ...codeOf(state),
          ...(campaign_id === undefined ? {} : { campaign_id }),
          items_count: request.items.length,
          delivery_pincode: request.address.pincode,
        };
        await producer.orderInitiated({ data, metadata }, context);
        return;
      }
      case 'OrderPaid': {
        const data = {
          ...about,
          amount: amountOf(state),
          payment_method: 'wallet',
          payment_breakdown: event.payments,
          ...codeOf(state),
          discount_applied: offer?.discount ?? 0,
        } as const;
        await producer.orderPaid({ data, metadata }, context);
        return;
      }
      case 'OrderCreated': {
        const data = createdOf(state, event.at);
        await producer.orderCreated({ data, metadata: { request_id, idempotency_key } }, context);
        return;
      }
      case 'OrderFailed':
        await producer.orderFailed({ data: { ...about, ...failureOf(event, state) }, metadata }, context);
        return;
      case 'CancellationDue': {
        const { bizone_order_id, reason } = event;
        const data = { rabtul_order_id: order_id, bizone_order_id, failure_reason: reason };
        await producer.cancelBizoneOrder({ data, metadata }, context);
        return;
      }
      case 'CartRejected':
      case 'PartnerTook':
      case 'PartnerCancelled':
        return;
    }
  };
}

function codeOf({ request: { campaign_code } }: Order) {
  return campaign_code === undefined ? {} : { campaign_code };
}

function failureOf({ type: _, stage, reason, ...rest }: OrderFailed, { request }: Order) {
  return { failure_stage: stage, failure_reason: reason, ...rest, order_value: cartValueOf(request) };
}

function createdOf(state: Order, at: number) {
  const { order_id, request, offer, payments, partner } = state;
  if (!offer || !partner) throw new Error(`${order_id} is created, and was never offered or taken`);
  const { user_id, user_name, user_phone, merchant_id, campaign_code, address } = request;
  const { campaign_id } = offer;
  return {
    order_id,
    user_id,
    user_name,
    user_phone,
    merchant_id,
    merchant_name: offer.merchant_name,
    merchant_company: offer.merchant_company,
    status: 'created',
    items: request.items.map((it) => ({ ...it, total: it.quantity * it.unit_price })),
    pricing: {
      subtotal: cartValueOf(request),
      discount: offer.discount,
      // What is paid is the order's value less the discount: nothing is charged for delivery.
      delivery_fee: 0,
      total: amountOf(state),
    },
    payment: {
      method: 'wallet',
      status: 'paid',
      transaction_ids: payments.map((it) => it.transaction_id),
    },
    delivery: { address, estimated_delivery: partner.estimated_delivery },
    external_references: {
      bizone_order_id: partner.bizone_order_id,
      bizone_tracking_url: partner.tracking_url,
    },
    ...(campaign_code === undefined || campaign_id === undefined
      ? {}
      : { campaign: { code: campaign_code, campaign_id } }),
    created_at: new Date(at).toISOString(),
  } as const;
}
