import type { Cause } from '../ports/cause.ts';
import type { Transaction } from '../ports/store.ts';

/** One thing that a service did because of a message. */
export interface LogEntry {
  readonly service: string;
  /** The message that led to it. */
  readonly messageId: string;
  readonly correlationId: string;
  /** In a few words. */
  readonly did: string;
}

/** Where a domain's services tell what they do: a structured logger, a test's array, the demo's timeline. */
export type LogSink = (entry: LogEntry) => void;

/** Said in a handler, told after its transaction has committed: a log that never tells of what was undone. */
export type Log = (context: { readonly tx: Transaction; readonly causedBy: Cause }, did: string) => void;

export function serviceLog(service: string, sink: LogSink): Log {
  return ({ tx, causedBy }, did) => {
    const { id: messageId, correlationId } = causedBy;
    tx.afterCommit(() => sink({ service, messageId, correlationId, did }));
  };
}
