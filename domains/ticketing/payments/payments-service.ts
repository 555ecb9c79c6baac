/** The payments service: what is to be paid for a purchase, and what became of it. */
import type { PaymentsProducer } from '@chirograph/generated/ticketing/producers/payments';
import type {
  ConfirmPaymentData,
  InitiatePaymentData,
  RefundPaymentData,
} from '@chirograph/generated/ticketing/types';
import {
  type Clock,
  type CommandContext,
  type Entities,
  entities,
  type Outcome,
  type Store,
  type Transaction,
} from '@chirograph/runtime';
import {
  type OrderTotal,
  type Payment,
  type PaymentCommand,
  type PaymentEvent,
  type PaymentFailure,
  payment,
} from './payment.ts';
import type { PaymentProvider } from './payment-provider.ts';

export type PaymentOutcome = Outcome<PaymentEvent, PaymentFailure>;

export interface PaymentsService {
  initiate(request: InitiatePaymentData, context?: CommandContext): Promise<PaymentOutcome>;
  confirm(request: ConfirmPaymentData, context?: CommandContext): Promise<PaymentOutcome>;
  refund(request: RefundPaymentData, context?: CommandContext): Promise<PaymentOutcome>;
  find(tx: Transaction, paymentId: string): Promise<Payment>;
}

export interface PaymentsServiceOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly producer: PaymentsProducer;
  readonly provider: Pick<PaymentProvider, 'accept'>;
  readonly outlook: {
    /** Undefined when there is no such order, or it is not open. */
    totalOf(tx: Transaction, orderId: string): Promise<OrderTotal | undefined>;
  };
}

export function paymentsService(options: PaymentsServiceOptions): PaymentsService {
  const { store, clock, producer, provider, outlook } = options;
  const payments: Entities<Payment, PaymentCommand, PaymentEvent, PaymentFailure> = entities({
    name: 'payment',
    store,
    clock,
    decider: payment,
    async publish(event, context) {
      const { id: subject } = context;
      if (event.type === 'PaymentInitiated') {
        await producer.paymentInitiated({ subject, data: event.data }, context);
      } else if (event.type === 'PaymentConfirmed') {
        await producer.paymentConfirmed({ subject, data: event.data }, context);
      } else await producer.paymentRefunded({ subject, data: event.data }, context);
    },
  });

  return {
    initiate: ({ paymentToken, ...request }, context) => {
      const { paymentId, orderIds } = request;
      return payments.decide(
        paymentId,
        async (tx) => {
          const totals: (OrderTotal | undefined)[] = [];
          for (const orderId of orderIds) totals.push(await outlook.totalOf(tx, orderId));
          const isTokenValid = await provider.accept({ paymentId, paymentToken });
          return { type: 'InitiatePayment', ...request, isTokenValid, totals };
        },
        context,
      );
    },
    confirm: ({ paymentId, providerReference }, context) =>
      payments.decide(paymentId, { type: 'ConfirmPayment', providerReference }, context),
    refund: ({ paymentId, reason, orderIds }, context) =>
      payments.decide(paymentId, { type: 'RefundPayment', reason, orderIds }, context),
    find: (tx, paymentId) => payments.load(tx, paymentId),
  };
}
