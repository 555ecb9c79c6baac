/** What the order service does with messages: its commands, and the answers of those whom it has asked. */
import type { OrderHandlers } from '@chirograph/generated/shop/consumers/order';
import type { OrderProducer } from '@chirograph/generated/shop/producers/order';
import type { OrderCommandRefusedData } from '@chirograph/generated/shop/types';
import type { Log, Transaction } from '@chirograph/runtime';
import { answering } from '../../shared/answer.ts';
import { adminOf, callerOf } from '../caller.ts';
import type { OrderService } from './order-service.ts';

/** The orders that are ready for shipping, by order. */
export function readyForShipping(tx: Transaction) {
  return tx.documents<{ readonly orderNumber: string }>('order/ready-for-shipping');
}

export function orderHandlers(service: OrderService, producer: OrderProducer, log: Log): OrderHandlers {
  const answer = answering<OrderCommandRefusedData>(producer.orderCommandRefused, log);

  return {
    placeOrder: async (command, context) => {
      const request = { ...command.data, commandId: command.id };
      await answer(command, await service.placeOrder(request, context), context);
    },
    confirmOrder: async (command, context) => {
      const request = { ...command.data, admin: adminOf(command) };
      await answer(command, await service.confirmOrder(request, context), context, ofOrder(request));
    },
    shipOrder: async (command, context) => {
      const request = { ...command.data, admin: adminOf(command) };
      await answer(command, await service.shipOrder(request, context), context, ofOrder(request));
    },
    deliverOrder: async (command, context) => {
      const request = { ...command.data, admin: adminOf(command) };
      await answer(command, await service.deliverOrder(request, context), context, ofOrder(request));
    },
    cancelOrder: async (command, context) => {
      const request = { ...command.data, by: callerOf(command) };
      await answer(command, await service.cancelOrder(request, context), context, ofOrder(request));
    },
    async inventoryReserved({ data: { orderId, productId, quantity } }, context) {
      await service.note(orderId, { type: 'NoteReservation', productId, quantity }, context);
      log(context, `has ${quantity} of a product set aside`);
    },
    async inventoryReleased({ data: { orderId, productId, reason } }, context) {
      if (reason === 'RESERVATION_EXPIRED') {
        await service.note(orderId, { type: 'NoteReservationExpired', productId }, context);
      }
      log(context, `no longer holds the product: ${reason}`);
    },
    async inventoryCommandRefused({ data: { command, orderId, productId = '', message } }, context) {
      if (command === 'shop.inventory.reserve' && orderId !== undefined) {
        await service.note(orderId, { type: 'NoteReservationRefused', productId, message }, context);
        log(context, `gives the order up: ${message}`);
      } else {
        log(context, 'not about a reservation');
      }
    },
    async paymentAuthorized({ data: { orderId, amount } }, context) {
      await service.note(orderId, { type: 'NoteAuthorization', amount }, context);
      log(context, 'the order has its payment');
    },
    async paymentCommandRefused({ data: { command, orderId, message } }, context) {
      if (orderId === undefined || command === 'shop.payment.initiate-paypal') {
        log(context, 'not about an order');
      } else if (command === 'shop.payment.authorize') {
        await service.note(orderId, { type: 'NotePaymentRefused', message }, context);
        log(context, `gives the order up: ${message}`);
      } else {
        await service.note(orderId, { type: 'NoteRefundFailed' }, context);
        log(context, `the refund has failed: ${message}`);
      }
    },
    async paymentRefunded({ data: { orderId } }, context) {
      await service.note(orderId, { type: 'NoteRefund' }, context);
      log(context, 'the order no longer holds money');
    },
    async orderConfirmed({ data: { orderId, orderNumber } }, context) {
      await readyForShipping(context.tx).put(orderId, { orderNumber });
      log(context, `order ${orderNumber} is ready for shipping`);
    },
  };
}

function ofOrder({ orderId }: { readonly orderId: string }) {
  return { subject: orderId, orderId };
}
