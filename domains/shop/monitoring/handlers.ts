/** The monitoring service: failed payments. */
import type { MonitoringHandlers } from '@chirograph/generated/shop/consumers/monitoring';
import type { Log, Transaction } from '@chirograph/runtime';
import { takeTurn } from '../../shared/turn.ts';

/** So many failures for one reason raise the alarm. */
export const ALARM_AFTER = 3;

/** How many payments have failed, by reason. */
export function failedPayments(tx: Transaction) {
  return tx.documents<{ readonly count: number; readonly isAlarmed: boolean }>('monitoring/failed-payments');
}

export function monitoringHandlers(log: Log): MonitoringHandlers {
  return {
    async paymentFailedNotification({ data: { failureReason } }, context) {
      await takeTurn(context.tx, 'failed-payments', failureReason);
      const count = ((await failedPayments(context.tx).get(failureReason))?.count ?? 0) + 1;
      const isAlarmed = count >= ALARM_AFTER;
      await failedPayments(context.tx).put(failureReason, { count, isAlarmed });
      log(context, `${failureReason}: ${count}${isAlarmed ? ', raises the alarm' : ''}`);
    },
  };
}
