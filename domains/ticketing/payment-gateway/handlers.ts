/** The payment gateway: it has the provider collect what is to be paid, and give back what is owed. */
import type { PaymentGatewayHandlers } from '@chirograph/generated/ticketing/consumers/payment-gateway';
import type { PaymentGatewayProducer } from '@chirograph/generated/ticketing/producers/payment-gateway';
import type { Money } from '@chirograph/generated/ticketing/types';
import type { Log, Transaction } from '@chirograph/runtime';
import type { PaymentProvider } from '../payments/payment-provider.ts';

/** What was collected, by payment. */
export function collected(tx: Transaction) {
  return tx.documents<{ readonly amount: Money }>('payment-gateway/collected');
}

export function paymentGatewayHandlers(
  producer: PaymentGatewayProducer,
  provider: Pick<PaymentProvider, 'collect' | 'giveBack'>,
  log: Log,
): PaymentGatewayHandlers {
  return {
    async paymentInitiated({ subject, data: { paymentId, amount } }, context) {
      const providerReference = await provider.collect({ paymentId, amount });
      if (providerReference === undefined) {
        await producer.refundPayment({ subject, data: { paymentId, reason: 'PAYMENT_FAILED' } }, context);
        log(context, 'the provider cannot collect the money');
        return;
      }
      await collected(context.tx).put(paymentId, { amount });
      await producer.confirmPayment({ subject, data: { paymentId, providerReference } }, context);
      log(context, `has collected ${(amount.amount / 100).toFixed(2)} ${amount.currency}`);
    },
    async paymentRefunded({ id, data: { paymentId, amount } }, context) {
      if (amount.amount === 0) {
        log(context, 'nothing was collected, nothing goes back');
        return;
      }
      await provider.giveBack({ id, paymentId, amount });
      log(context, `gives ${(amount.amount / 100).toFixed(2)} ${amount.currency} back`);
    },
    async paymentsCommandRefused({ id, data: { command, failure, paymentId = '' } }, context) {
      const amount = (await collected(context.tx).get(paymentId))?.amount;
      const isTooLate =
        command === 'ticketing.payment.confirm' && failure === 'THE_PAYMENT_IS_CONFIRMED_OR_REFUNDED_ALREADY';
      if (!isTooLate || !amount) {
        log(context, 'nothing to give back');
        return;
      }
      await provider.giveBack({ id, paymentId, amount });
      log(context, `gives ${(amount.amount / 100).toFixed(2)} back: the payment was closed`);
    },
  };
}
