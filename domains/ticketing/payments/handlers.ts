/** What the payments service does with its commands. */
import type { PaymentsHandlers } from '@chirograph/generated/ticketing/consumers/payments';
import type { PaymentsProducer } from '@chirograph/generated/ticketing/producers/payments';
import type { PaymentsCommandRefusedData } from '@chirograph/generated/ticketing/types';
import type { HandlerContext, Log } from '@chirograph/runtime';
import { answering } from '../../shared/answer.ts';
import type { PaymentOutcome, PaymentsService } from './payments-service.ts';

type Command = {
  readonly id: string;
  readonly type: PaymentsCommandRefusedData['command'];
  readonly subject: string;
  readonly data: { readonly paymentId: string };
};

export function paymentsHandlers(
  service: PaymentsService,
  producer: PaymentsProducer,
  log: Log,
): PaymentsHandlers {
  const answer = answering<PaymentsCommandRefusedData>(producer.paymentsCommandRefused, log);

  /** The refusal names the purchase, where the payment is known. */
  async function answerOf(command: Command, outcome: PaymentOutcome, context: HandlerContext): Promise<void> {
    const { paymentId } = command.data;
    const state = await service.find(context.tx, paymentId);
    const about = state.kind === 'unknown' ? { paymentId } : { paymentId, cartId: state.cartId };
    await answer(command, outcome, context, about);
  }

  return {
    initiatePayment: async (command, context) => {
      const { paymentId, cartId } = command.data;
      await answer(command, await service.initiate(command.data, context), context, { paymentId, cartId });
    },
    confirmPayment: async (command, context) =>
      answerOf(command, await service.confirm(command.data, context), context),
    refundPayment: async (command, context) =>
      answerOf(command, await service.refund(command.data, context), context),
  };
}
