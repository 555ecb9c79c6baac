import type { ClientBase } from 'pg';
import type { PendingWork, Transaction } from '../ports/store.ts';
import { documents } from './documents.ts';
import { eventStreams } from './event-streams.ts';
import { inboxRows } from './inbox-rows.ts';
import { leases } from './leases.ts';
import type { Names } from './names.ts';
import { outboxRows } from './outbox-rows.ts';
import { parkedMessages } from './parked-messages.ts';
import { isPipelined, session as openSession, type Scope, type Sequence } from './session.ts';
import { timers } from './timers.ts';

export interface OpenTransaction<Client extends ClientBase> {
  readonly tx: Transaction<Client>;
  readonly touched: ReadonlySet<PendingWork>;
  readonly afterCommit: readonly (() => void)[];
  isOpen(): boolean;
  /** From now on every call on `tx` rejects; resolves when the statement under way is done. */
  end(): Promise<void>;
}

const OVER = 'the transaction is over: was something in it not awaited?';

/**
 * The face of the transaction that has just begun on the client. With `horizons` it is one for looking only, which began
 * after these were read.
 */
export function openTransaction<Client extends ClientBase>(
  client: Client,
  names: Names,
  horizons?: ReadonlyMap<Sequence, number>,
): OpenTransaction<Client> {
  const touched = new Set<PendingWork>();
  const afterCommit: (() => void)[] = [];
  let open = true;
  let last: Promise<unknown> = Promise.resolve();
  let attempts = 0;

  /** A client that pipelines sends statements in the order in which it is given them, without waiting for the answers. */
  const inTurn = isPipelined(client)
    ? <T>(run: () => Promise<T>): Promise<T> => {
        const result = run();
        const before = last;
        last = result.then(
          () => before,
          () => before,
        );
        return result;
      }
    : <T>(run: () => Promise<T>): Promise<T> => {
        const result = last.then(run);
        last = result.catch(() => undefined);
        return result;
      };

  function assertOpen(): void {
    if (!open) throw new Error(OVER);
  }

  function assertWritable(): void {
    if (horizons) throw new Error('store.read is for looking only: use store.transaction');
  }

  /** What `work` is given: of use until the transaction, or the attempt it belongs to, is over. */
  function face(assertUsable: () => void, outer: Scope | undefined, depth: number): Transaction<Client> {
    const scope: Scope = { outer, bounds: new Set(), horizons };
    const session = openSession({
      client,
      names,
      scope,
      inTurn,
      assertOpen: assertUsable,
      touch: (work) => void touched.add(work),
      assertWritable,
    });
    let attempting = false;

    async function attempt<T>(work: (tx: Transaction<Client>) => Promise<T>): Promise<T> {
      assertUsable();
      if (attempting) throw new Error('an attempt is under way in this transaction: one at a time');
      attempting = true;
      const follow = afterCommit.length;
      const savepoint = `attempt_${depth}`;
      let usable = true;
      const inner = face(
        () => {
          assertUsable();
          if (!usable) throw new Error(OVER);
        },
        scope,
        depth + 1,
      );
      attempts += 1;
      const isFirst = attempts === 1;
      try {
        // Neither is waited for: what follows is behind them on the connection, and when one fails the transaction has failed.
        unawaited(session.run(`SAVEPOINT ${savepoint}`));
        const result = await work(inner);
        usable = false;
        const released = session.run(`RELEASE SAVEPOINT ${savepoint}`);
        // But in the first attempt: what it has not awaited and fails is then its own failure, where it stands alone.
        if (isFirst) await released;
        else unawaited(released);
        return result;
      } catch (error) {
        usable = false;
        afterCommit.length = follow;
        if (open) await session.run(`ROLLBACK TO SAVEPOINT ${savepoint}`);
        throw error;
      } finally {
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
        return client;
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
    tx: face(assertOpen, undefined, 1),
    touched,
    afterCommit,
    isOpen: () => open,
    end: async () => {
      open = false;
      await last;
    },
  };
}

/** A failure fails the transaction, which says so when it is committed. */
function unawaited(statement: Promise<unknown>): void {
  statement.catch(() => undefined);
}
