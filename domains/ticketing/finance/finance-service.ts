/** The finance service: invoices of purchases, and the accounts of users. */
import type { FinanceProducer } from '@chirograph/generated/ticketing/producers/finance';
import type {
  CreateInvoiceData,
  InvoiceLine,
  UpdateInvoiceData,
  UpdateUserFinancialInfoData,
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
  type Accounts,
  type AccountsCommand,
  type AccountsEvent,
  type AccountsFailure,
  accounts,
} from './accounts.ts';
import {
  type Invoice,
  type InvoiceCommand,
  type InvoiceEvent,
  type InvoiceFailure,
  invoice,
} from './invoice.ts';

export type InvoiceOutcome = Outcome<InvoiceEvent, InvoiceFailure>;
export type AccountsOutcome = Outcome<AccountsEvent, AccountsFailure>;

export interface FinanceService {
  createInvoice(request: CreateInvoiceData, context?: CommandContext): Promise<InvoiceOutcome>;
  updateInvoice(request: UpdateInvoiceData, context?: CommandContext): Promise<InvoiceOutcome>;
  createAccounts(userId: string, context?: CommandContext): Promise<AccountsOutcome>;
  updateAccounts(request: UpdateUserFinancialInfoData, context?: CommandContext): Promise<AccountsOutcome>;
  invoiceOf(tx: Transaction, invoiceId: string): Promise<Invoice>;
}

export interface FinanceServiceOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly producer: FinanceProducer;
  readonly outlook: {
    /** The lines that an order makes; none for one that is not known, or cancelled. */
    linesOf(tx: Transaction, orderId: string): Promise<readonly InvoiceLine[]>;
  };
}

export function financeService({ store, clock, producer, outlook }: FinanceServiceOptions): FinanceService {
  const invoices: Entities<Invoice, InvoiceCommand, InvoiceEvent, InvoiceFailure> = entities({
    name: 'invoice',
    store,
    clock,
    decider: invoice,
    async publish(event, context) {
      const { id: subject } = context;
      if (event.type === 'InvoiceCreated')
        await producer.invoiceCreated({ subject, data: event.data }, context);
      else await producer.invoiceUpdated({ subject, data: event.data }, context);
    },
  });
  const users: Entities<Accounts, AccountsCommand, AccountsEvent, AccountsFailure> = entities({
    name: 'accounts',
    store,
    clock,
    decider: accounts,
    async publish(event, context) {
      const { id: subject } = context;
      if (event.type === 'UserFinancialInfoCreated') {
        await producer.userFinancialInfoCreated({ subject, data: event.data }, context);
      } else await producer.userFinancialInfoUpdated({ subject, data: event.data }, context);
    },
  });

  return {
    createInvoice: (request, context) =>
      invoices.decide(
        request.invoiceId,
        async (tx) => {
          const ordered: InvoiceLine[] = [];
          for (const orderId of new Set(request.lines.map((it) => it.orderId))) {
            ordered.push(...(await outlook.linesOf(tx, orderId)));
          }
          return { type: 'CreateInvoice', ...request, ordered };
        },
        context,
      ),
    updateInvoice: ({ invoiceId, ...request }, context) =>
      invoices.decide(invoiceId, { type: 'UpdateInvoice', ...request }, context),
    createAccounts: (userId, context) =>
      users.decide(userId, { type: 'CreateUserFinancialInfo', userId }, context),
    updateAccounts: ({ userId, ...request }, context) =>
      users.decide(userId, { type: 'UpdateUserFinancialInfo', ...request }, context),
    invoiceOf: (tx, invoiceId) => invoices.load(tx, invoiceId),
  };
}
