/** The invoice of a whole purchase. Pure. */
import { isDeepStrictEqual } from 'node:util';
import type {
  CreateInvoiceData,
  FinanceCommandRefusedData,
  InvoiceCreatedData,
  InvoiceLine,
  InvoiceStatus,
  InvoiceUpdatedData,
} from '@chirograph/generated/ticketing/types';
import { type Decider, type Refusal, refuse } from '@chirograph/runtime';
import { priceOf } from '../price.ts';

export type InvoiceCommand =
  | (CreateInvoiceData & {
      readonly type: 'CreateInvoice';
      /** What the orders of the purchase say. */
      readonly ordered: readonly InvoiceLine[];
    })
  | {
      readonly type: 'UpdateInvoice';
      readonly paymentId: string;
      readonly status: 'PAID' | 'CANCELLED';
      /** Those whose lines are cancelled; all without it. */
      readonly orderIds?: readonly string[] | undefined;
    };

export type InvoiceEvent =
  | { readonly type: 'InvoiceCreated'; readonly data: InvoiceCreatedData }
  /** `lines`: those that stand. */
  | {
      readonly type: 'InvoiceUpdated';
      readonly data: InvoiceUpdatedData;
      readonly lines: readonly InvoiceLine[];
    };

export type InvoiceFailure = FinanceCommandRefusedData['failure'];

export type Invoice =
  | { readonly kind: 'unknown' }
  | {
      readonly kind: 'known';
      readonly invoiceId: string;
      readonly cartId: string;
      readonly userId: string;
      readonly lines: readonly InvoiceLine[];
      readonly status: InvoiceStatus;
    };

export const invoice: Decider<Invoice, InvoiceCommand, InvoiceEvent, InvoiceFailure> = {
  initialState: () => ({ kind: 'unknown' }),

  decide(command, state) {
    if (command.type === 'CreateInvoice') return create(command, state);
    if (state.kind === 'unknown') return refuse('INVOICE_NOT_FOUND', 'There is no such invoice.');
    const { invoiceId, cartId, userId } = state;
    const { paymentId, status, orderIds } = command;
    if (state.status === 'CANCELLED' || state.status === status) {
      return refuse('THE_INVOICE_IS_CLOSED_ALREADY', `The invoice is ${state.status.toLowerCase()} already.`);
    }
    const about = { invoiceId, cartId, userId, paymentId };
    if (status === 'PAID') {
      return [{ type: 'InvoiceUpdated', data: { ...about, status }, lines: state.lines }];
    }
    const lines = orderIds ? state.lines.filter(({ orderId }) => !orderIds.includes(orderId)) : [];
    if (lines.length === state.lines.length) {
      return refuse('THE_INVOICE_IS_CLOSED_ALREADY', 'The lines of the orders are cancelled already.');
    }
    if (lines.length === 0) return [{ type: 'InvoiceUpdated', data: { ...about, status }, lines }];
    const data = { ...about, status: state.status, total: priceOf(lines) };
    return [{ type: 'InvoiceUpdated', data, lines }];
  },

  evolve(state, event) {
    if (event.type === 'InvoiceCreated') {
      const { invoiceId, cartId, userId, lines, status } = event.data;
      return { kind: 'known', invoiceId, cartId, userId, lines, status };
    }
    if (state.kind === 'unknown') throw new Error('an invoice was updated that was never created');
    return { ...state, status: event.data.status, lines: event.lines };
  },
};

function create(
  command: Extract<InvoiceCommand, { type: 'CreateInvoice' }>,
  { kind }: Invoice,
): readonly InvoiceEvent[] | Refusal<InvoiceFailure> {
  const { invoiceId, cartId, userId, lines, total, ordered } = command;
  if (kind === 'known') {
    return refuse('THERE_IS_AN_INVOICE_WITH_THIS_ID_ALREADY', 'There is an invoice with this id.');
  }
  if (!isDeepStrictEqual(priceOf(lines), total)) {
    return refuse('THE_TOTAL_IS_NOT_THE_SUM_OF_THE_LINES', 'The total is not the sum of the lines.');
  }
  if (!isDeepStrictEqual(lines.toSorted(byText), ordered.toSorted(byText))) {
    return refuse('THE_LINES_DIFFER_FROM_THE_ORDERS', 'The orders say something else.');
  }
  return [{ type: 'InvoiceCreated', data: { invoiceId, cartId, userId, lines, total, status: 'OPEN' } }];
}

function byText(a: InvoiceLine, b: InvoiceLine): number {
  const key = ({ orderId, level, unitPrice }: InvoiceLine) => `${orderId} ${level} ${unitPrice.amount}`;
  return key(a) < key(b) ? -1 : 1;
}
