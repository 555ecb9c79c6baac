/** The payment service: collects the money for orders. */
import type { PaymentHandlers } from '@chirograph/generated/learning-platform/consumers/payment';
import type { Log } from '@chirograph/runtime';
import type { OrdersService } from '../orders/orders-service.ts';
import type { PaymentProvider } from './payment-provider.ts';

/** `orders`: the part that would be a client in another process. */
export function paymentHandlers(
  provider: PaymentProvider,
  orders: Pick<OrdersService, 'pay'>,
  log: Log,
): PaymentHandlers {
  return {
    async orderPlaced({ payload: { order_id: orderId, total_amount: amount } }, context) {
      const paymentId = await provider.collect({ orderId, amount });
      if (paymentId === undefined) return log(context, 'the payment is declined');
      const outcome = await orders.pay(orderId, paymentId, context);
      if (outcome.kind === 'accepted') return log(context, 'collects the money');
      // The order was cancelled meanwhile.
      await provider.giveBack({ id: orderId, amount });
      log(context, `gives the money back: ${outcome.message}`);
    },
  };
}
