/** The audit service: that somebody was erased, and when; not who. */
import type { AuditHandlers } from '@chirograph/generated/shop/consumers/audit';
import type { Log, Transaction } from '@chirograph/runtime';

/** When data was erased, by the id that stands for the person. */
export function erasures(tx: Transaction) {
  return tx.documents<{ readonly erasedAt: string }>('audit/erasures');
}

export function auditHandlers(log: Log): AuditHandlers {
  return {
    async customerDataErased({ data: { anonymizedId, erasedAt } }, context) {
      await erasures(context.tx).put(anonymizedId, { erasedAt });
      log(context, 'records the erasure');
    },
  };
}
