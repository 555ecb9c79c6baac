import type { Documents } from './documents.ts';
import type { EventStreams } from './event-streams.ts';
import type { InboxRows } from './inbox-rows.ts';
import type { Leases } from './leases.ts';
import type { OutboxRows } from './outbox-rows.ts';
import type { ParkedMessages } from './parked-messages.ts';
import type { Timers } from './timers.ts';

/** A durable store with transactions: what a service knows, and what it still has to send, change together or not at all. */
export interface Store {
  /**
   * Runs `work` in one transaction; commits when it resolves, rolls back when it rejects, and then rejects with
   * the same error. Resolves only when the commit is durable. Transactions never interleave, whatever `work`
   * awaits. Calling it inside `work` would wait for itself, so it rejects with an error that says so.
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** Calls `listener` after each commit made through this object that added work of the kinds given; returns the way to stop. */
  onCommit(listener: (touched: ReadonlySet<Touched>) => void): () => void;
  /** Waits for the transaction under way. */
  close(): Promise<void>;
}

/** Kinds of work that someone may be waiting for. */
export type Touched = 'outbox' | 'parked' | 'timers';

/** What can be done inside a transaction. Of no use after it has ended: every call then rejects. */
export interface Transaction {
  /**
   * Runs `work` so that its writes vanish when it rejects, while the transaction lives on (a savepoint). The `tx`
   * it is given ends with it, so that what `work` has not awaited cannot write afterwards. One at a time:
   * rejects when called during another attempt.
   */
  attempt<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** Calls `run` after the commit; never when the transaction, or the attempt it was asked in, is rolled back. */
  afterCommit(run: () => void): void;
  readonly outbox: OutboxRows;
  readonly inbox: InboxRows;
  readonly parked: ParkedMessages;
  readonly events: EventStreams;
  readonly timers: Timers;
  readonly leases: Leases;
  /** A collection of JSON documents, for read models and process state. `T` is the caller's word for what is in it. */
  documents<T>(collection: string): Documents<T>;
}
