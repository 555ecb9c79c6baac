/** The audit service: who created which programme, for good. */
import type { AuditHandlers } from '@chirograph/generated/loyalty/consumers/audit';
import type { Log, Transaction } from '@chirograph/runtime';

export interface AuditEntry {
  /** ISO 8601. */
  readonly at: string;
  readonly who: string;
  readonly did: string;
  readonly programId: string;
}

/** The log, by event: entries are added and never changed. */
export function auditLog(tx: Transaction) {
  return tx.documents<AuditEntry>('audit/log');
}

export function auditHandlers(log: Log): AuditHandlers {
  return {
    async loyaltyProgramCreated({ eventId, timestamp, aggregateId, data }, context) {
      const did = `created the programme ${data.programName}`;
      await auditLog(context.tx).put(eventId, {
        at: timestamp,
        who: data.createdBy,
        did,
        programId: aggregateId,
      });
      log(context, `logs who ${did}`);
    },
  };
}
