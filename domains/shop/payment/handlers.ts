/** What the payment service does with messages: its commands, and what becomes of the orders that it has money for. */
import type { PaymentHandlers } from '@chirograph/generated/shop/consumers/payment';
import type { PaymentProducer } from '@chirograph/generated/shop/producers/payment';
import type { PaymentCommandRefusedData } from '@chirograph/generated/shop/types';
import type { HandlerContext, Log, Transaction } from '@chirograph/runtime';
import { answering } from '../../shared/answer.ts';
import { takeTurn } from '../../shared/turn.ts';
import { type PaymentService, paymentIdOf } from './payment-service.ts';

/** What an order's money is for, by order. */
export interface Account {
  readonly status: 'placed' | 'cancelled';
  /** In the minor unit of the currency, as the order service said. */
  readonly refundExpected?: number;
}

export function accounts(tx: Transaction) {
  return tx.documents<Account>('payment/accounts');
}

export function paymentHandlers(
  service: PaymentService,
  producer: PaymentProducer,
  log: Log,
): PaymentHandlers {
  const answer = answering<PaymentCommandRefusedData>(producer.paymentCommandRefused, log);

  /** What is told of an order lies on three channels: a cancelled one stays cancelled, whatever is told late. */
  async function change(
    { tx }: HandlerContext,
    orderId: string,
    by: (before: Account | undefined) => Account,
  ): Promise<void> {
    await takeTurn(tx, 'payment-accounts', orderId);
    await accounts(tx).put(orderId, by(await accounts(tx).get(orderId)));
  }

  return {
    authorizePayment: async (command, context) =>
      answer(command, await service.authorize(command.data, context), context, ofOrder(command.data)),
    refundPayment: async (command, context) =>
      answer(command, await service.refund(command.data, context), context, ofOrder(command.data)),
    initiatePayPal: async (command, context) => {
      const request = { ...command.data, commandId: command.id };
      await answer(command, await service.initiatePayPal(request, context), context);
    },
    async orderPlaced({ data: { orderId, orderNumber } }, context) {
      await change(context, orderId, (before) => before ?? { status: 'placed' });
      log(context, `ties the payment to order ${orderNumber}`);
    },
    async orderCancelled({ data: { orderId, orderNumber } }, context) {
      await change(context, orderId, (before) => ({ ...before, status: 'cancelled' }));
      log(context, `collects nothing more for order ${orderNumber}`);
    },
    async orderCancelledNotification({ data: { orderId, refundAmount } }, context) {
      const refundExpected = refundAmount.amount;
      await change(context, orderId, () => ({ status: 'cancelled', refundExpected }));
      log(context, `expects a refund of ${(refundExpected / 100).toFixed(2)}`);
    },
  };
}

function ofOrder({ orderId }: { readonly orderId: string }) {
  return { subject: paymentIdOf(orderId), orderId };
}
