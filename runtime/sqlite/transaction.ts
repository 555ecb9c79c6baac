import type { DatabaseSync } from 'node:sqlite';
import type { PendingWork, Transaction } from '../ports/store.ts';
import { documents } from './documents.ts';
import { eventStreams } from './event-streams.ts';
import { inboxRows } from './inbox-rows.ts';
import { leases } from './leases.ts';
import { outboxRows } from './outbox-rows.ts';
import { parkedMessages } from './parked-messages.ts';
import { session as openSession, type Prepare } from './session.ts';
import type { StoreTime } from './store-time.ts';
import { timers } from './timers.ts';

export interface OpenTransaction {
  readonly tx: Transaction<DatabaseSync>;
  readonly touched: ReadonlySet<PendingWork>;
  readonly afterCommit: readonly (() => void)[];
  isOpen(): boolean;
  /** From now on every call on `tx` rejects. */
  end(): void;
}

export interface Connection {
  readonly database: DatabaseSync;
  readonly prepare: Prepare;
  readonly time: StoreTime;
}

const OVER = 'the transaction is over: was something in it not awaited?';

/** The face of the transaction that has just begun on the connection. */
export function openTransaction(
  { database, prepare, time }: Connection,
  kind: 'write' | 'read',
): OpenTransaction {
  const touched = new Set<PendingWork>();
  const afterCommit: (() => void)[] = [];
  let open = true;

  function assertOpen(): void {
    if (!open) throw new Error(OVER);
    // SQLite itself rolls back when the disk is full; what follows would then be committed piece by piece.
    // (Before Node 22.16 the property is not there to ask.)
    if (database.isTransaction === false) throw new Error('SQLite has rolled the transaction back');
  }

  function assertWritable(): void {
    if (kind === 'read') throw new Error('store.read is for looking only: use store.transaction');
  }

  /** What `work` is given: of use until the transaction, or the attempt it belongs to, is over. */
  function face(assertUsable: () => void, depth: number): Transaction<DatabaseSync> {
    const touch = (work: PendingWork): void => void touched.add(work);
    const session = openSession(prepare, time, assertUsable, touch, assertWritable);
    let attempting = false;

    async function attempt<T>(work: (tx: Transaction<DatabaseSync>) => Promise<T>): Promise<T> {
      assertUsable();
      if (attempting) throw new Error('an attempt is under way in this transaction: one at a time');
      attempting = true;
      const follow = afterCommit.length;
      const savepoint = `attempt_${depth}`;
      let usable = true;
      const inner = face(() => {
        assertUsable();
        if (!usable) throw new Error(OVER);
      }, depth + 1);
      prepare(`SAVEPOINT ${savepoint}`).run();
      try {
        const result = await work(inner);
        assertUsable();
        prepare(`RELEASE ${savepoint}`).run();
        return result;
      } catch (error) {
        afterCommit.length = follow;
        if (open && database.isTransaction !== false)
          database.exec(`ROLLBACK TO ${savepoint}; RELEASE ${savepoint}`);
        throw error;
      } finally {
        usable = false;
        attempting = false;
      }
    }

    return {
      attempt,
      afterCommit(run) {
        assertUsable();
        afterCommit.push(run);
      },
      get client() {
        assertUsable();
        return database;
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

  return {
    tx: face(assertOpen, 1),
    touched,
    afterCommit,
    isOpen: () => open,
    end: () => {
      open = false;
    },
  };
}
