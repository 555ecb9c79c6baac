import { AsyncLocalStorage } from 'node:async_hooks';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { notify } from '../ports/notify.ts';
import type { Store, Touched, Transaction } from '../ports/store.ts';
import { migrate } from './schema.ts';
import { statementCache } from './session.ts';
import { type OpenTransaction, openTransaction } from './transaction.ts';

export interface SqliteStoreOptions {
  /** The file's path, made when missing; `:memory:` for a store that is gone when closed. */
  readonly file: string;
  /** Milliseconds to wait for another process's transaction before giving up with an error. */
  readonly busyTimeout?: number;
}

/**
 * A store in one SQLite file, in WAL mode with full synchronisation: what is committed survives a loss of
 * power. Several processes may share the file. Throws when the file cannot be opened or is not ours.
 */
export function sqliteStore({ file, busyTimeout = 5_000 }: SqliteStoreOptions): Store {
  const database = open(file, busyTimeout);
  const prepare = statementCache(database);
  const listeners = new Set<(touched: ReadonlySet<Touched>) => void>();
  const current = new AsyncLocalStorage<OpenTransaction>();
  let last: Promise<unknown> = Promise.resolve();
  let closed = false;

  /** One at a time, first come first served: the connection is shared, and `work` may await anything. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  }

  async function run<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    if (closed) throw new Error(`the store ${file} is closed`);
    await begin(database, file, busyTimeout);
    const transaction = openTransaction(database, prepare);
    let result: T;
    try {
      result = await current.run(transaction, () => work(transaction.tx));
      transaction.end();
      database.exec('COMMIT');
    } catch (error) {
      transaction.end();
      rollback(database);
      throw error;
    }
    for (const follow of transaction.afterCommit) notify(follow);
    if (transaction.touched.size > 0)
      for (const listener of listeners) notify(() => listener(transaction.touched));
    return result;
  }

  return {
    async transaction(work) {
      if (current.getStore()?.isOpen()) {
        throw new Error(
          'transaction() was called inside a transaction of the same store and would wait for itself: use the tx that is given, and pass it on ({ tx }).',
        );
      }
      return inTurn(() => run(work));
    },
    onCommit(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      await inTurn(async () => {
        if (!closed) database.close();
        closed = true;
      });
    },
  };
}

function open(file: string, busyTimeout: number): DatabaseSync {
  const database = new DatabaseSync(file);
  try {
    database.exec(`PRAGMA busy_timeout = ${Math.trunc(busyTimeout)}`);
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
    migrate(database, file);
    // From here on, waiting for another process is done in JavaScript: SQLite's own wait would stop the event
    // loop, and with it the very transaction of this process that it may be waiting for.
    database.exec('PRAGMA busy_timeout = 0');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

const SQLITE_BUSY = 5;

/** Takes the write lock at once: a transaction that reads first and writes later could find the lock gone for good. */
async function begin(database: DatabaseSync, file: string, busyTimeout: number): Promise<void> {
  const deadline = performance.now() + busyTimeout;
  for (let pause = 1; ; pause = Math.min(pause * 2, 25)) {
    try {
      return database.exec('BEGIN IMMEDIATE');
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (performance.now() > deadline) {
        throw new Error(`another process held ${file} for more than ${busyTimeout} ms`, { cause: error });
      }
      await sleep(pause);
    }
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && Number(error.errcode) % 256 === SQLITE_BUSY;
}

function rollback(database: DatabaseSync): void {
  try {
    database.exec('ROLLBACK');
  } catch {
    // SQLite itself rolls back when the disk is full or memory runs out, and then there is nothing left to roll back.
  }
}
