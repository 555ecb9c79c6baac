/** The payment service: authorizations with the gateway, refunds, and the beginning of PayPal payments. */
import type { PaymentProducer } from '@chirograph/generated/shop/producers/payment';
import type {
  AuthorizePaymentData,
  InitiatePayPalData,
  PaymentFailureReason,
  RefundPaymentData,
} from '@chirograph/generated/shop/types';
import {
  type Clock,
  type CommandContext,
  derivedId,
  type Outcome,
  outcomeOf,
  type PublishContext,
  type Refusal,
  type Repository,
  refuse,
  repository,
  type Store,
  type Transaction,
  within,
} from '@chirograph/runtime';
import type { PaymentGateway } from './gateway.ts';
import {
  type Payment,
  type PaymentCommand,
  type PaymentEvent,
  type PaymentFailure,
  payment,
} from './payment.ts';
import { paymentEvents } from './stored-events.ts';

export type PaymentOutcome = Outcome<PaymentEvent, PaymentFailure>;

export interface PaymentService {
  authorize(request: AuthorizePaymentData, context?: CommandContext): Promise<PaymentOutcome>;
  refund(request: RefundPaymentData, context?: CommandContext): Promise<PaymentOutcome>;
  initiatePayPal(
    request: InitiatePayPalData & { readonly commandId: string },
    context?: CommandContext,
  ): Promise<{ readonly kind: 'initiated' } | Refusal<PaymentFailure>>;
}

/** An order is paid once, so the payment's id follows from the order's. */
export function paymentIdOf(orderId: string): string {
  return derivedId('payment', orderId);
}

export interface PaymentServiceOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly producer: PaymentProducer;
  readonly gateway: PaymentGateway;
}

export function paymentService({ store, clock, producer, gateway }: PaymentServiceOptions): PaymentService {
  const payments: Repository<Payment, PaymentCommand, PaymentEvent, PaymentFailure> = repository({
    name: 'payment',
    decider: payment,
    events: paymentEvents,
    clock,
    publish: (event: PaymentEvent, context) => publishPayment(producer, event, context),
  });

  async function decide(
    tx: Transaction,
    paymentId: string,
    command: PaymentCommand,
    context: CommandContext,
  ): Promise<PaymentOutcome> {
    return outcomeOf(paymentId, await payments.decide(tx, paymentId, command, context));
  }

  return {
    authorize: ({ orderId, customerId, amount, paymentMethodId }, context = {}) =>
      within(store, context, async (tx) => {
        const paymentId = paymentIdOf(orderId);
        const answer = await gateway.authorize({ orderId, paymentMethodId, amount });
        const command = { type: 'Authorize', paymentId, orderId, customerId, amount, answer } as const;
        const outcome = await decide(tx, paymentId, { ...command, at: clock.now() }, context);
        if (outcome.kind === 'refused') {
          const failureReason = reasonOf(outcome.code);
          const data = { orderId, customerId, amount, failureReason };
          await producer.paymentFailedNotification({ subject: paymentId, data }, { ...context, tx });
        }
        return outcome;
      }),
    refund: ({ orderId, amount }, context = {}) =>
      within(store, context, async (tx) => {
        const paymentId = paymentIdOf(orderId);
        const { state } = await payments.load(tx, paymentId);
        // The gateway is asked for what can be given back alone; what cannot is the decision's to refuse.
        const answer =
          state.kind === 'authorized' && amount.amount <= state.amount.amount
            ? await gateway.refund({ orderId, authorizationId: state.authorizationId, amount })
            : ({ kind: 'failed' } as const);
        return decide(tx, paymentId, { type: 'Refund', amount, answer, at: clock.now() }, context);
      }),
    initiatePayPal: ({ commandId, amount, returnUrl, cancelUrl }, context = {}) =>
      within(store, context, async (tx) => {
        const answer = await gateway.initiatePayPal({ commandId, amount, returnUrl, cancelUrl });
        if (answer.kind === 'failed') return refuse('PAYPAL_SERVICE_ERROR', 'PayPal does not answer.');
        const { paymentMethodId, approvalUrl } = answer;
        const data = { paymentMethodId, amount, approvalUrl };
        await producer.payPalInitiated({ subject: paymentMethodId, data }, { ...context, tx });
        return { kind: 'initiated' };
      }),
  };
}

function reasonOf(code: PaymentFailure): PaymentFailureReason {
  return code === 'CARD_DECLINED' || code === 'UNSUPPORTED_CARD_TYPE' ? code : 'GATEWAY_ERROR';
}

async function publishPayment(
  producer: PaymentProducer,
  event: PaymentEvent,
  context: PublishContext<Payment>,
): Promise<void> {
  const { id: subject, state } = context;
  if (event.type === 'PaymentAuthorized') {
    await producer.paymentAuthorized({ subject, data: event.data }, context);
    return;
  }
  if (state.kind === 'none') throw new Error('a refund left no payment behind');
  const { orderId, refundAmount, refundId } = event.data;
  await producer.paymentRefunded({ subject, data: event.data }, context);
  const told = { orderId, customerId: state.customerId, refundAmount, refundId };
  await producer.refundProcessedNotification({ subject, data: told }, context);
}
