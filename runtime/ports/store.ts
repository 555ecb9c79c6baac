/// <reference lib="esnext.disposable" preserve="true" />
import type { Documents } from './documents.ts';
import type { EventStreams } from './event-streams.ts';
import type { InboxRows } from './inbox-rows.ts';
import type { Leases } from './leases.ts';
import type { OutboxRows } from './outbox-rows.ts';
import type { ParkedMessages } from './parked-messages.ts';
import type { Timers } from './timers.ts';

/**
 * A durable store with transactions: what a service knows, and what it still has to send, change together or not at all.
 * `Client` is what its own statements go through: a `pg` client, SQLite's handle.
 */
export interface Store<Client = unknown> extends AsyncDisposable {
  /**
   * Runs `work` in one transaction; commits when it resolves, rolls back when it rejects, and then rejects with
   * the same error. Resolves only when the commit is durable.
   *
   * Isolation: read committed at least. What the port's methods say of locks and claims holds; of anything else two
   * transactions may see what the other has committed. `work` may be run again from its beginning, when the store had to undo it
   * (a deadlock, a serialisation failure): what it does beside `tx` must bear that. Some stores have one writer at a time: see `maxLockWait`.
   *
   * Rejects with `UnknownOutcomeError` when the connection was lost after the commit was sent and before it was answered. Calling it
   * inside `work` would wait for itself where there is one writer, so it rejects with an error that says so on every store.
   */
  transaction<T>(work: (tx: Transaction<Client>) => Promise<T>): Promise<T>;
  /**
   * As `transaction`, for looking only: sees one committed state throughout, waits for no writer and stops none. Writes, claims and locks
   * reject (`due` and `lockQueues` too).
   */
  read<T>(work: (tx: Transaction<Client>) => Promise<T>): Promise<T>;
  /** What became of a transaction that ended in `UnknownOutcomeError`. `unknown`: the store no longer knows, or cannot be asked. */
  outcomeOf(transaction: string): Promise<'committed' | 'rolled-back' | 'in-progress' | 'unknown'>;
  /**
   * Calls `listener` soon after each commit that added work of the kinds given, by whatever process, and never before the
   * commit can be seen. It may be called without cause, and calls may be lost while a connection is down: so it is called once after that, and
   * callers look by themselves now and then. Keeps no process alive. Answers with the way to stop.
   */
  watch(kinds: readonly PendingWork[], listener: () => void): () => void;
  /**
   * The milliseconds that a transaction waits for another before it fails, in a store that has one writer at a time. Absent: writers
   * run side by side. Consumers keep their handlers' time limit below it, and take one batch at a time.
   */
  readonly maxLockWait?: number | undefined;
  /** Waits for the transactions under way. */
  close(): Promise<void>;
}

/** Kinds of work that someone may be waiting for. */
export type PendingWork = 'outbox' | 'parked' | 'timers' | 'events';

/** The commit was sent, and whether it took effect is not known: `Store.outcomeOf(error.transaction)` tells, once the store can be reached. */
export class UnknownOutcomeError extends Error {
  override readonly name = 'UnknownOutcomeError';
  readonly code = 'unknown-outcome';
  readonly transaction: string;

  constructor(transaction: string, cause: unknown) {
    super(
      `the connection was lost while transaction ${transaction} was being committed: it may have taken effect. Ask store.outcomeOf(error.transaction)`,
      { cause },
    );
    this.transaction = transaction;
  }
}

/** What can be done inside a transaction. Of no use after it has ended: every call then rejects. */
export interface Transaction<Client = unknown> {
  /**
   * Runs `work` so that its writes vanish when it rejects, while the transaction lives on (a savepoint). The `tx`
   * it is given ends with it, so that what `work` has not awaited cannot write afterwards. Attempts nest; within one `tx` they run one
   * at a time: rejects when called during another attempt of the same `tx`.
   */
  attempt<T>(work: (tx: Transaction<Client>) => Promise<T>): Promise<T>;
  /** Calls `run` after the commit; never when the transaction, or the attempt it was asked in, is rolled back. */
  afterCommit(run: () => void): void;
  /**
   * The connection that the transaction runs on, for tables of one's own. Its user must not end the transaction. Where the adapter
   * can, what is handed out in an attempt refuses to work once that attempt is over.
   */
  readonly client: Client;
  readonly outbox: OutboxRows;
  readonly inbox: InboxRows;
  readonly parked: ParkedMessages;
  readonly events: EventStreams;
  readonly timers: Timers;
  readonly leases: Leases;
  /** A collection of JSON documents, for read models and process state. `T` is the caller's word for what is in it. */
  documents<T>(collection: string): Documents<T>;
}

/** A store that can write within a transaction that the caller began on a client of their own, with whatever library. */
export interface JoinsTransactions<Client> {
  /** A `tx` on the caller's open transaction. The caller commits or rolls back, and says so. */
  join(client: Client): JoinedTransaction<Client>;
}

export interface JoinedTransaction<Client> {
  readonly tx: Transaction<Client>;
  /** To be called after the commit: runs what was asked for by `afterCommit` and wakes those who watch in this process. */
  committed(): void;
  /** To be called after a rollback: `tx` is of no use any more. */
  rolledBack(): void;
}
