/** Accounting: what was debited and what was paid, which have to be the same. */
import type { AccountingHandlers } from '@chirograph/generated/checkout/consumers/accounting';
import type { HandlerContext, Log, Transaction } from '@chirograph/runtime';
import { records } from '../records.ts';

/** By order and transaction. Each event has a record of its own: they come on two channels, and may come at once. */
export const debits = records<{ readonly amount: number }>('accounting/debits', 'wallet.debited');
/** By order. */
export const revenues = records<{ readonly amount: number }>('accounting/revenues', 'order.paid');

export interface Account {
  readonly debited: number;
  /** Undefined until the order is paid. */
  readonly revenue: number | undefined;
  /** Whether every coin that was debited is accounted for. */
  readonly isReconciled: boolean;
}

export async function accountOf(tx: Transaction, order_id: string): Promise<Account> {
  const debited = (await debits.under(tx, order_id)).reduce((sum, { amount }) => sum + amount, 0);
  const revenue = (await revenues.of(tx).get(order_id))?.amount;
  return { debited, revenue, isReconciled: debited === revenue };
}

export function accountingHandlers(log: Log): AccountingHandlers {
  async function report(context: HandlerContext, order_id: string): Promise<void> {
    const { isReconciled } = await accountOf(context.tx, order_id);
    log(context, isReconciled ? 'the order is reconciled' : 'the order is not reconciled yet');
  }

  return {
    async walletDebited({ timestamp, data: { transaction_id, amount, related_entity } }, context) {
      const { id: order_id } = related_entity;
      await debits.put(context.tx, `${order_id} ${transaction_id}`, { amount }, timestamp);
      await report(context, order_id);
    },
    async orderPaid({ timestamp, data: { order_id, amount } }, context) {
      await revenues.put(context.tx, order_id, { amount }, timestamp);
      await report(context, order_id);
    },
  };
}
