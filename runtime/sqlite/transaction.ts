import type { DatabaseSync } from 'node:sqlite';
import type { Touched, Transaction } from '../ports/store.ts';
import { documents } from './documents.ts';
import { eventStreams } from './event-streams.ts';
import { inboxRows } from './inbox-rows.ts';
import { leases } from './leases.ts';
import { outboxRows } from './outbox-rows.ts';
import { parkedMessages } from './parked-messages.ts';
import { session as openSession, type Prepare } from './session.ts';
import { timers } from './timers.ts';

export interface OpenTransaction {
  readonly tx: Transaction;
  readonly touched: ReadonlySet<Touched>;
  readonly afterCommit: readonly (() => void)[];
  isOpen(): boolean;
  /** From now on every call on `tx` rejects. */
  end(): void;
}

/** The face of the transaction that has just begun on the connection. */
export function openTransaction(database: DatabaseSync, prepare: Prepare): OpenTransaction {
  const touched = new Set<Touched>();
  const afterCommit: (() => void)[] = [];
  let open = true;
  let attempting = false;

  function assertOpen(): void {
    if (!open) throw new Error('the transaction is over: was something in it not awaited?');
    // SQLite itself rolls back when the disk is full; what follows would then be committed piece by piece.
    // (Before Node 22.16 the property is not there to ask.)
    if (database.isTransaction === false) throw new Error('SQLite has rolled the transaction back');
  }

  const session = openSession(prepare, assertOpen, (kind) => touched.add(kind));

  const tx: Transaction = {
    async attempt(work) {
      assertOpen();
      if (attempting) throw new Error('an attempt is under way in this transaction: one at a time');
      attempting = true;
      const follow = afterCommit.length;
      try {
        database.exec('SAVEPOINT attempt');
        try {
          const result = await work();
          assertOpen();
          database.exec('RELEASE attempt');
          return result;
        } catch (error) {
          if (open && database.isTransaction !== false) database.exec('ROLLBACK TO attempt; RELEASE attempt');
          afterCommit.length = follow;
          throw error;
        }
      } finally {
        attempting = false;
      }
    },
    afterCommit(run) {
      assertOpen();
      afterCommit.push(run);
    },
    outbox: outboxRows(session),
    inbox: inboxRows(session),
    parked: parkedMessages(session),
    events: eventStreams(session),
    timers: timers(session),
    leases: leases(session),
    documents: (collection) => documents(session, collection),
  };

  return {
    tx,
    touched,
    afterCommit,
    isOpen: () => open,
    end: () => {
      open = false;
    },
  };
}
