/** What a purchase asks of orders, payments, invoices and deliveries, refused for each failure. */

import { euros } from '../fixture.ts';
import { invoiceIdOf, paymentIdOf, reservationIdOf } from '../purchase/purchase.ts';
import {
  address,
  bought,
  concertId,
  deliveryOf,
  done,
  invoiceOf,
  nothing,
  online,
  open,
  orderOf,
  ownerOfWaiting,
  paymentOf,
  printed,
  services,
  test,
  testRefusals,
  unpaid,
  userId,
  waiting,
} from './fixture.ts';

testRefusals([
  [
    'order.create',
    'There is an order with this id already',
    () => services().purchase.createOrder(orderOf(done(), reservationIdOf(bought, concertId))),
  ],
  [
    'order.create',
    'The tickets are not set aside',
    () => services().purchase.createOrder(orderOf(nothing(), nothing())),
  ],
  [
    'order.create',
    'The total is not the price of the tickets',
    () =>
      services().purchase.createOrder(
        orderOf(nothing(), reservationIdOf(waiting, concertId), {
          userId: ownerOfWaiting(),
          totalAmount: euros(1),
        }),
      ),
  ],
  [
    'order.complete',
    'Order not found',
    () =>
      services().purchase.completeOrder({
        subject: open,
        data: { orderId: nothing(), paymentId: nothing() },
      }),
  ],
  [
    'order.complete',
    'The payment is not confirmed',
    () =>
      services().purchase.completeOrder({
        subject: unpaid(),
        data: { orderId: unpaid(), paymentId: paymentIdOf(waiting) },
      }),
  ],
  [
    'order.cancel',
    'Order not found',
    () =>
      services().purchase.cancelOrder({ subject: open, data: { orderId: nothing(), reason: 'SOLD_OUT' } }),
  ],
  [
    'order.cancel',
    'The order is complete already',
    () => services().purchase.cancelOrder({ subject: done(), data: { orderId: done(), reason: 'SOLD_OUT' } }),
  ],
  [
    'order.compensate',
    'Order not found',
    () =>
      services().purchase.compensateOrder({
        subject: open,
        data: { orderId: nothing(), paymentId: nothing(), reason: 'PAYMENT_FAILED' },
      }),
  ],
  [
    'payment.initiate',
    'There is a payment with this id already',
    () => services().purchase.initiatePayment(paymentOf(paymentIdOf(bought), done())),
  ],
  [
    'payment.initiate',
    'An order is not found',
    () => services().purchase.initiatePayment(paymentOf(nothing(), nothing())),
  ],
  [
    'payment.initiate',
    'The amount is not the total of the orders',
    () => services().purchase.initiatePayment(paymentOf(nothing(), unpaid(), 1)),
  ],
  [
    'payment.confirm',
    'Payment not found',
    () =>
      services().gateway.confirmPayment({
        subject: open,
        data: { paymentId: nothing(), providerReference: 'ch' },
      }),
  ],
  [
    'payment.refund',
    'Payment not found',
    () =>
      services().gateway.refundPayment({
        subject: open,
        data: { paymentId: nothing(), reason: 'PAYMENT_FAILED' },
      }),
  ],
  [
    'invoice.create',
    'There is an invoice with this id already',
    () => services().purchase.createInvoice(invoiceOf(invoiceIdOf(bought), 1, 6_500)),
  ],
  [
    'invoice.create',
    'The total is not the sum of the lines',
    () => services().purchase.createInvoice(invoiceOf(nothing(), 1, 1)),
  ],
  [
    'invoice.create',
    'The lines differ from the orders',
    () => services().purchase.createInvoice(invoiceOf(nothing(), 2, 13_000)),
  ],
  [
    'invoice.update',
    'Invoice not found',
    () =>
      services().purchase.updateInvoice({
        subject: open,
        data: { invoiceId: nothing(), paymentId: nothing(), status: 'PAID' },
      }),
  ],
  [
    'invoice.update',
    'The invoice is closed already',
    () =>
      services().purchase.updateInvoice({
        subject: open,
        data: { invoiceId: invoiceIdOf(bought), paymentId: nothing(), status: 'PAID' },
      }),
  ],
  [
    'user-financial-info.create',
    'The user has accounts already',
    () => services().finance.createUserFinancialInfo({ subject: userId, data: { userId } }),
  ],
  [
    'user-financial-info.update',
    'The user has no accounts',
    () =>
      services().purchase.updateUserFinancialInfo({
        subject: open,
        data: { userId: nothing(), paymentId: nothing(), amount: euros(1), status: 'ONGOING' },
      }),
  ],
  [
    'ticket-delivery.prepare',
    'The order is not complete',
    () => services().purchase.prepareTicketDelivery(deliveryOf(nothing(), unpaid())),
  ],
  [
    'ticket-delivery.prepare',
    'Printed tickets need a postal address',
    () =>
      services().purchase.prepareTicketDelivery(
        deliveryOf(nothing(), done(), {
          ticketType: 'PRINTED',
          recipient: { name: 'G', email: 'g@example.org' },
        }),
      ),
  ],
  [
    'ticket-delivery.prepare',
    'There is a delivery with this id already',
    () => services().purchase.prepareTicketDelivery(deliveryOf(online(), done())),
  ],
  [
    'ticket-delivery.deliver-online',
    'Delivery not found',
    () =>
      services().delivery.deliverOnlineTicket({
        subject: open,
        data: { deliveryId: nothing(), email: 'g@example.org' },
      }),
  ],
  [
    'ticket-delivery.deliver-online',
    'The tickets are printed tickets',
    () =>
      services().delivery.deliverOnlineTicket({
        subject: open,
        data: { deliveryId: printed(), email: 'g@example.org' },
      }),
  ],
  [
    'ticket-delivery.deliver-online',
    'The tickets are delivered already',
    () =>
      services().delivery.deliverOnlineTicket({
        subject: open,
        data: { deliveryId: online(), email: 'g@example.org' },
      }),
  ],
  [
    'ticket-delivery.deliver-printed',
    'Delivery not found',
    () =>
      services().delivery.deliverPrintedTicket({ subject: open, data: { deliveryId: nothing(), address } }),
  ],
  [
    'ticket-delivery.deliver-printed',
    'The tickets are online tickets',
    () =>
      services().delivery.deliverPrintedTicket({ subject: open, data: { deliveryId: online(), address } }),
  ],
  [
    'ticket-delivery.deliver-printed',
    'The tickets are delivered already',
    () =>
      services().delivery.deliverPrintedTicket({ subject: open, data: { deliveryId: printed(), address } }),
  ],
  // Last: they end what waits.
  [
    'payment.refund',
    'The payment is refunded already',
    async () => {
      await services().gateway.refundPayment({
        subject: paymentIdOf(waiting),
        data: { paymentId: paymentIdOf(waiting), reason: 'PAYMENT_FAILED' },
      });
      await test.bus.settled();
      await services().gateway.refundPayment({
        subject: paymentIdOf(waiting),
        data: { paymentId: paymentIdOf(waiting), reason: 'PAYMENT_FAILED' },
      });
    },
  ],
  [
    'order.complete',
    'The order is cancelled',
    () =>
      services().purchase.completeOrder({
        subject: unpaid(),
        data: { orderId: unpaid(), paymentId: paymentIdOf(waiting) },
      }),
  ],
  [
    'order.cancel',
    'The order is cancelled already',
    () =>
      services().purchase.cancelOrder({ subject: unpaid(), data: { orderId: unpaid(), reason: 'SOLD_OUT' } }),
  ],
  [
    'order.compensate',
    'The order is cancelled already',
    () =>
      services().purchase.compensateOrder({
        subject: unpaid(),
        data: { orderId: unpaid(), paymentId: nothing(), reason: 'PAYMENT_FAILED' },
      }),
  ],
]);
