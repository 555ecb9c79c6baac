import type { OrderProducer } from '@chirograph/generated/shop/producers/order';
import type { PublishContext } from '@chirograph/runtime';
import type { Order, OrderEvent, OrderState } from './order.ts';
import { demandOf, priceOf } from './price.ts';

/** Tells others what happened to an order, and asks them for what it needs next. */
export function publishOrder(producer: OrderProducer) {
  return async (event: OrderEvent, context: PublishContext<OrderState>): Promise<void> => {
    const { id: orderId, state } = context;
    if (state.kind === 'unknown') throw new Error(`${event.type} left no order behind`);
    const subject = orderId;
    const { customerId, orderNumber } = state;
    switch (event.type) {
      case 'OrderOpened':
        for (const [productId, quantity] of demandOf(event.lineItems)) {
          await producer.reserveInventory({ data: { productId, quantity, orderId } }, context);
        }
        return;
      case 'PaymentDue': {
        const { amount } = event;
        const { paymentMethodId } = state;
        await producer.authorizePayment({ data: { paymentMethodId, amount, orderId, customerId } }, context);
        return;
      }
      case 'OrderGivenUp':
        for (const { productId, quantity } of event.held) {
          const { reason } = event;
          await producer.releaseInventory({ data: { productId, quantity, reason, orderId } }, context);
        }
        await refusePlacing(state, event, context);
        return;
      case 'StockReturned': {
        const { productId, quantity, reason } = event;
        await producer.releaseInventory({ data: { productId, quantity, reason, orderId } }, context);
        return;
      }
      case 'PaymentReturned':
      case 'RefundDueAgain':
        await producer.refundPayment({ data: { orderId, amount: event.amount } }, context);
        return;
      case 'OrderPlaced': {
        const { data } = event;
        const { totalAmount, lineItems } = data;
        await producer.orderPlaced({ subject, data }, context);
        const itemCount = lineItems.reduce((sum, { quantity }) => sum + quantity, 0);
        const told = { orderId, orderNumber, customerId, totalAmount, itemCount };
        await producer.clearCart({ data: { cartId: state.cartId, reason: 'ORDER_PLACED' } }, context);
        await producer.orderPlacedNotification({ subject, data: told }, context);
        return;
      }
      case 'OrderConfirmed':
        await producer.orderConfirmed({ subject, data: event.data }, context);
        return;
      case 'OrderShipped': {
        const { trackingNumber, carrier } = event.data;
        await producer.orderShipped({ subject, data: event.data }, context);
        const told = { orderId, orderNumber, customerId, trackingNumber, carrier };
        await producer.orderShippedNotification({ subject, data: told }, context);
        return;
      }
      case 'OrderDelivered':
        await producer.orderDelivered({ subject, data: event.data }, context);
        return;
      case 'OrderCancelled': {
        const { reason } = event.data;
        const { totalAmount: refundAmount } = priceOf(state.lineItems);
        await producer.orderCancelled({ subject, data: event.data }, context);
        await producer.refundPayment({ data: { orderId, amount: refundAmount } }, context);
        const told = { orderId, orderNumber, customerId, reason, refundAmount };
        await producer.orderCancelledNotification({ subject, data: told }, context);
        return;
      }
      case 'StockHeld':
      case 'RefundNoted':
      case 'RefundDelayed':
        return;
    }
  };

  /** The command that asked for the order was taken, and is refused now, by what others have answered. */
  async function refusePlacing(
    { orderId, commandId }: Order,
    { failure, message }: Extract<OrderEvent, { readonly type: 'OrderGivenUp' }>,
    context: PublishContext<OrderState>,
  ): Promise<void> {
    const data = { commandId, command: 'shop.order.place', failure, message, orderId } as const;
    await producer.orderCommandRefused({ subject: orderId, data }, context);
  }
}
