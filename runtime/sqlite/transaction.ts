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

const OVER = 'the transaction is over: was something in it not awaited?';

/** The face of the transaction that has just begun on the connection. */
export function openTransaction(database: DatabaseSync, prepare: Prepare): OpenTransaction {
  const touched = new Set<Touched>();
  const afterCommit: (() => void)[] = [];
  let open = true;
  let attempting = false;

  function assertOpen(): void {
    if (!open) throw new Error(OVER);
    // SQLite itself rolls back when the disk is full; what follows would then be committed piece by piece.
    // (Before Node 22.16 the property is not there to ask.)
    if (database.isTransaction === false) throw new Error('SQLite has rolled the transaction back');
  }

  /** What `work` is given: of use until the transaction, or the attempt it belongs to, is over. */
  function face(assertUsable: () => void): Transaction {
    const session = openSession(prepare, assertUsable, (kind) => touched.add(kind));
    return {
      attempt,
      afterCommit(run) {
        assertUsable();
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
  }

  async function attempt<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    assertOpen();
    if (attempting) throw new Error('an attempt is under way in this transaction: one at a time');
    attempting = true;
    const follow = afterCommit.length;
    let usable = true;
    const inner = face(() => {
      assertOpen();
      if (!usable) throw new Error(OVER);
    });
    database.exec('SAVEPOINT attempt');
    try {
      const result = await work(inner);
      assertOpen();
      database.exec('RELEASE attempt');
      return result;
    } catch (error) {
      if (open && database.isTransaction !== false) database.exec('ROLLBACK TO attempt; RELEASE attempt');
      afterCommit.length = follow;
      throw error;
    } finally {
      usable = false;
      attempting = false;
    }
  }

  return {
    tx: face(assertOpen),
    touched,
    afterCommit,
    isOpen: () => open,
    end: () => {
      open = false;
    },
  };
}
