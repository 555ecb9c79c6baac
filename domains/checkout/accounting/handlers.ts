/** Accounting: what was debited and what was paid, which have to be the same. */
import type { AccountingHandlers } from '@chirograph/generated/checkout/consumers/accounting';
import type { HandlerContext, Log } from '@chirograph/runtime';
import { records } from '../records.ts';

export interface Account {
  /** Coins by transaction. */
  readonly debits: Readonly<Record<string, number>>;
  /** Undefined until the order is paid. */
  readonly revenue?: number;
}

/** By order. */
export const accounts = records<Account>('accounting/accounts', 'order.paid');

/** Whether every coin that was debited is accounted for. */
export function isReconciled({ debits, revenue }: Account): boolean {
  return Object.values(debits).reduce((sum, it) => sum + it, 0) === revenue;
}

export function accountingHandlers(log: Log): AccountingHandlers {
  /** The events come on two channels, in any order. */
  async function note(
    context: HandlerContext,
    order_id: string,
    timestamp: string,
    change: (was: Account) => Account,
  ): Promise<void> {
    const account = change((await accounts.of(context.tx).get(order_id)) ?? { debits: {} });
    await accounts.put(context.tx, order_id, account, timestamp);
    log(context, isReconciled(account) ? 'the order is reconciled' : 'the order is not reconciled yet');
  }

  return {
    walletDebited: ({ timestamp, data: { transaction_id, amount, related_entity } }, context) =>
      note(context, related_entity.id, timestamp, (was) => ({
        ...was,
        debits: { ...was.debits, [transaction_id]: amount },
      })),
    orderPaid: ({ timestamp, data: { order_id, amount } }, context) =>
      note(context, order_id, timestamp, (was) => ({ ...was, revenue: amount })),
  };
}
