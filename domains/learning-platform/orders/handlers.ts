/** What the orders service does with its commands. */
import type { OrdersHandlers } from '@chirograph/generated/learning-platform/consumers/orders';
import type { OrdersProducer } from '@chirograph/generated/learning-platform/producers/orders';
import type { OrdersCommandRefusedPayload } from '@chirograph/generated/learning-platform/types';
import type { Log } from '@chirograph/runtime';
import { answering, asked } from '../asked.ts';
import type { OrdersService } from './orders-service.ts';

export function ordersHandlers(service: OrdersService, producer: OrdersProducer, log: Log): OrdersHandlers {
  const answer = answering<OrdersCommandRefusedPayload>(producer.ordersCommandRefused, log);
  return {
    async placeOrder(command, context) {
      const { order_id: orderId, user_id: userId, course_ids: courseIds } = command.payload;
      const outcome = await service.place({ orderId, userId, courseIds }, asked(command, context));
      await answer(command, 'PlaceOrder', orderId, outcome, context);
    },
    async cancelOrder(command, context) {
      const { order_id } = command.payload;
      const outcome = await service.cancel(order_id, asked(command, context));
      await answer(command, 'CancelOrder', order_id, outcome, context);
    },
    async refundOrder(command, context) {
      const { order_id, refund_reason } = command.payload;
      const outcome = await service.refund(order_id, refund_reason, asked(command, context));
      await answer(command, 'RefundOrder', order_id, outcome, context);
    },
  };
}
