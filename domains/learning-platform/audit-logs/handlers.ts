/** The audit log: who lost access to what, when and why. */
import type { AuditLogsHandlers } from '@chirograph/generated/learning-platform/consumers/audit-logs';
import type { RevocationReason } from '@chirograph/generated/learning-platform/types';
import type { Log, Transaction } from '@chirograph/runtime';

export interface Revocation {
  readonly userId: string;
  readonly courseId: string;
  readonly reason: RevocationReason;
  readonly at: string;
}

/** By event. */
export function revocations(tx: Transaction) {
  return tx.documents<Revocation>('audit/revocations');
}

export function auditLogsHandlers(log: Log): AuditLogsHandlers {
  return {
    async accessRevoked({ event_id, occurred_on: at, payload }, context) {
      const { user_id: userId, course_id: courseId, reason } = payload;
      await revocations(context.tx).put(event_id, { userId, courseId, reason, at });
      log(context, `records the revocation: ${reason}`);
    },
  };
}
