/** Fraud detection: users who pay more often than people do. */
import type { FraudDetectionHandlers } from '@chirograph/generated/checkout/consumers/fraud-detection';
import type { Log } from '@chirograph/runtime';
import { takeTurn } from '../../shared/turn.ts';
import { records } from '../records.ts';

/** When debits began (milliseconds since 1970-01-01T00:00Z), by user and order: a user's may begin at once. */
export const attempts = records<{ readonly at: number }>('fraud-detection/attempts', 'wallet.debit_started');
/** Orders for people to look at, and why. */
export const suspicious = records<{ readonly user_id: string; readonly debits: number }>(
  'fraud-detection/suspicious',
  'order.created',
);

/** More debits of one user in so many milliseconds are suspicious. */
export const SUSPICION = { debits: 5, within: 600_000 };

export function fraudDetectionHandlers(log: Log): FraudDetectionHandlers {
  return {
    async walletDebitStarted({ timestamp, data: { user_id, related_order_id } }, context) {
      const at = Date.parse(timestamp);
      // Two debits that are counted at once would each miss the other.
      await takeTurn(context.tx, 'debits-of-user', user_id);
      await attempts.put(context.tx, `${user_id} ${related_order_id}`, { at }, timestamp);
      const lately = (await attempts.under(context.tx, user_id)).filter(
        (it) => it.at > at - SUSPICION.within,
      );
      const isSuspicious = lately.length > SUSPICION.debits;
      if (isSuspicious) {
        const record = { user_id, debits: lately.length };
        await suspicious.put(context.tx, related_order_id, record, timestamp);
      }
      log(context, isSuspicious ? `suspicious: ${lately.length} debits lately` : 'the debit is as usual');
    },
    async orderCreated({ data: { order_id } }, context) {
      const found = await suspicious.of(context.tx).get(order_id);
      log(context, found ? 'people have to look at the order' : 'nothing strange about the order');
    },
  };
}
