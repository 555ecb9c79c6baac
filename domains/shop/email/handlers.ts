/** The e-mail service: what customers and buyers are told. */
import type { EmailHandlers } from '@chirograph/generated/shop/consumers/email';
import type { HandlerContext, Log } from '@chirograph/runtime';
import type { CustomerService } from '../customer/customer-service.ts';
import { type Mailer, type Reader, readers, sentMails } from './mail.ts';

export function emailHandlers(
  customers: Pick<CustomerService, 'issueVerification'>,
  mailer: Mailer,
  log: Log,
): EmailHandlers {
  async function send(context: HandlerContext, to: Reader, subject: string, link?: string): Promise<void> {
    const mail = { id: context.causedBy.id, to, subject };
    await mailer({ ...mail, link });
    await sentMails(context.tx).put(mail.id, mail);
    log(context, `mails ${to.kind === 'customer' ? 'the customer' : 'the buyers'}: "${subject}"`);
  }

  /** It is tried again where the order is not known yet: its placing is on another channel and may come later. */
  async function readerOf(orderId: string, context: HandlerContext): Promise<Reader> {
    const reader = await readers(context.tx).get(orderId);
    if (!reader) throw new Error(`whose order ${orderId} is was not told yet`);
    return customer(reader.customerId);
  }

  return {
    async customerRegistered({ data: { customerId } }, context) {
      const link = await customers.issueVerification(customerId, context);
      if (link !== undefined) {
        await send(context, customer(customerId), 'Please verify your e-mail address', link);
      } else log(context, 'the address is verified already');
    },
    customerRegisteredNotification: ({ data: { customerId } }, context) =>
      send(context, customer(customerId), 'Welcome to the shop'),
    async orderPlaced({ data: { orderId, orderNumber, customerId } }, context) {
      await readers(context.tx).put(orderId, { customerId });
      await send(context, customer(customerId), `Your order ${orderNumber} is confirmed`);
    },
    orderPlacedNotification: ({ data: { orderNumber, customerId } }, context) =>
      send(context, customer(customerId), `Receipt of order ${orderNumber}`),
    orderShipped: async ({ data: { orderId, orderNumber, trackingNumber } }, context) =>
      send(context, await readerOf(orderId, context), `Follow order ${orderNumber}: ${trackingNumber}`),
    orderShippedNotification: ({ data: { orderNumber, customerId, carrier } }, context) =>
      send(context, customer(customerId), `Order ${orderNumber} is on its way with ${carrier}`),
    orderDelivered: async ({ data: { orderId, orderNumber } }, context) =>
      send(context, await readerOf(orderId, context), `Order ${orderNumber} has arrived`),
    orderCancelled: ({ data: { orderNumber, customerId } }, context) =>
      send(context, customer(customerId), `Order ${orderNumber} is cancelled`),
    orderCancelledNotification: ({ data: { orderNumber, customerId, refundAmount } }, context) =>
      send(context, customer(customerId), `${money(refundAmount)} for order ${orderNumber} will come back`),
    paymentRefunded: async ({ data: { orderId, refundAmount } }, context) =>
      send(context, await readerOf(orderId, context), `${money(refundAmount)} is on its way to you`),
    refundProcessedNotification: ({ data: { customerId, refundId } }, context) =>
      send(context, customer(customerId), `Your refund is complete: ${refundId}`),
    lowStockNotification: ({ data: { productName, currentStock } }, context) =>
      send(context, { kind: 'buyers' }, `${currentStock} of ${productName} left`),
  };
}

function customer(customerId: string): Reader {
  return { kind: 'customer', customerId };
}

function money({ amount, currency }: { readonly amount: number; readonly currency: string }): string {
  return `${(amount / 100).toFixed(2)} ${currency}`;
}
