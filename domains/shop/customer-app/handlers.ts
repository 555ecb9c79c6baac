/** The customer app: what customers see without asking. */
import type { CustomerAppHandlers } from '@chirograph/generated/shop/consumers/customer-app';
import type { HandlerContext, Log, Transaction } from '@chirograph/runtime';

/** What the app shows, by the command that was refused, or the order or payment that it is about. */
export interface Screen {
  readonly text: string;
  /** Where the customer is sent. */
  readonly url?: string;
}

export function screens(tx: Transaction) {
  return tx.documents<Screen>('customer-app/screens');
}

export function customerAppHandlers(log: Log): CustomerAppHandlers {
  async function show(context: HandlerContext, id: string, screen: Screen): Promise<void> {
    await screens(context.tx).put(id, screen);
    log(context, `shows: ${screen.text}`);
  }
  const refused = (
    {
      data: { commandId, message: text },
    }: { readonly data: { readonly commandId: string; readonly message: string } },
    context: HandlerContext,
  ) => show(context, commandId, { text });

  return {
    cartCommandRefused: refused,
    customerCommandRefused: refused,
    orderCommandRefused: refused,
    paymentCommandRefused: refused,
    orderShippedNotification: ({ data: { orderId, trackingNumber } }, context) =>
      show(context, orderId, { text: `tracking number ${trackingNumber}` }),
    payPalInitiated: ({ data: { paymentMethodId, approvalUrl: url } }, context) =>
      show(context, paymentMethodId, { text: 'over to PayPal', url }),
  };
}
