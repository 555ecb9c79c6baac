import { DatabaseSync } from 'node:sqlite';
import { setImmediate as immediate } from 'node:timers/promises';
import { notify } from '../ports/notify.ts';
import type { JoinsTransactions, Store, Transaction } from '../ports/store.ts';
import { isInTransaction, runInScope } from '../ports/transaction-scope.ts';
import { isBusy, tryToOpen, whenFree } from './open-database.ts';
import { statementCache } from './session.ts';
import { type StoreTime, systemTime } from './store-time.ts';
import { type Connection, type OpenTransaction, openTransaction } from './transaction.ts';
import { waitingLine } from './waiting-line.ts';
import { watchers } from './watchers.ts';

export interface SqliteStoreOptions {
  /** The file's path, made when missing; `:memory:` for a store that is gone when closed. */
  readonly file: string;
  /** Milliseconds to wait for another process's transaction before giving up with an error: 30 seconds unless told otherwise. */
  readonly busyTimeout?: number | undefined;
  /** Whether to make and update the tables; without it, tables that are not those of this runtime are refused. */
  readonly migrate?: boolean | undefined;
  /** For tests, what all of the store's times are taken from: milliseconds. */
  readonly now?: (() => number) | undefined;
}

/** Milliseconds of transactions in a row after which the event loop turns. */
const TURN_EVERY = 10;

/** A store in one SQLite file; `tx.client` is the handle that the transaction runs on. */
export interface SqliteStore extends Store<DatabaseSync>, JoinsTransactions<DatabaseSync> {}

const NESTED =
  'transaction() was called inside a transaction of the same store and would wait for itself: use the tx that is given, and pass it on ({ tx }).';

/**
 * A store in one SQLite file, in WAL mode with full synchronisation: what is committed survives a loss of
 * power. Several processes of one machine may share the file: one writes at a time, in the order in which they came once they have waited 50 ms (`<file>-line` is where they stand),
 * and a transaction holds the others up for as long as it lasts, so nothing in it should wait for the network. Reads wait for nobody. Throws when the file cannot be opened or is not ours; a file that another
 * process holds just now is opened when it is first used.
 */
export function sqliteStore(options: SqliteStoreOptions): SqliteStore {
  const { file, busyTimeout = 30_000, migrate: mayMigrate = true, now } = options;
  const time: StoreTime = now ? { wall: now, machine: () => Math.floor(now()) } : systemTime;
  const inMemory = file === ':memory:' || file === '';
  let writer = connectionOn(tryToOpen(file, mayMigrate));
  let reader: Connection | undefined;
  const joined = new WeakMap<DatabaseSync, Connection>();
  const watching = watchers(() => {
    // Inside a transaction of this process nobody else commits.
    if (!writer || closed || writing) return undefined;
    return Number(writer.prepare('PRAGMA data_version').get()?.data_version);
  });
  const self = {};
  let lastWrite: Promise<unknown> = Promise.resolve();
  let lastRead: Promise<unknown> = Promise.resolve();
  const line = waitingLine(file, time.machine);
  let writing = false;
  let closed = false;
  let turned = performance.now();

  function connectionOn(database: DatabaseSync | undefined): Connection | undefined {
    return database && { database, prepare: statementCache(database), time };
  }

  /** One at a time, first come first served: the connection is shared, and `work` may await anything. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = lastWrite.then(work);
    lastWrite = result.catch(() => undefined);
    return result;
  }

  function inReadersTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = lastRead.then(work);
    lastRead = result.catch(() => undefined);
    return result;
  }

  /** Takes the write lock at once: a transaction that reads first and writes later could find the lock gone for good. */
  async function beginToWrite(): Promise<Connection> {
    const begin = (): Connection | undefined => {
      writer ??= connectionOn(tryToOpen(file, mayMigrate));
      if (!writer) return undefined;
      try {
        writer.database.exec('BEGIN IMMEDIATE');
        return writer;
      } catch (error) {
        if (isBusy(error)) return undefined;
        throw error;
      }
    };
    return whenFree(file, busyTimeout, begin, inMemory ? undefined : line);
  }

  /** Transactions that follow one another without waiting would keep timers and the network from their turn. */
  async function letOthersRun(): Promise<void> {
    if (performance.now() - turned < TURN_EVERY) return;
    await immediate();
    turned = performance.now();
  }

  async function run<T>(
    connection: Connection,
    kind: 'write' | 'read',
    work: (tx: Transaction<DatabaseSync>) => Promise<T>,
  ): Promise<{ readonly result: T; readonly transaction: OpenTransaction }> {
    const { database } = connection;
    const transaction = openTransaction(connection, kind);
    try {
      const scope = { store: self, isOpen: transaction.isOpen };
      const result = await runInScope(scope, () => work(transaction.tx));
      transaction.end();
      database.exec('COMMIT');
      return { result, transaction };
    } catch (error) {
      transaction.end();
      rollback(database);
      throw error;
    }
  }

  async function write<T>(work: (tx: Transaction<DatabaseSync>) => Promise<T>): Promise<T> {
    await letOthersRun();
    if (closed) throw new Error(`the store ${file} is closed`);
    const connection = await beginToWrite();
    writing = true;
    const { result, transaction } = await run(connection, 'write', work).finally(() => {
      writing = false;
    });
    follow(transaction);
    return result;
  }

  async function read<T>(work: (tx: Transaction<DatabaseSync>) => Promise<T>): Promise<T> {
    await letOthersRun();
    if (closed) throw new Error(`the store ${file} is closed`);
    // The file exists and is up to date once it has been opened for writing.
    writer ??= connectionOn(await whenFree(file, busyTimeout, () => tryToOpen(file, mayMigrate)));
    reader ??= inMemory ? writer : connectionOn(new DatabaseSync(file, { readOnly: true }));
    if (!reader) throw new Error(`the store ${file} is not open`);
    const { database } = reader;
    database.exec('PRAGMA query_only = ON; BEGIN');
    try {
      return (await run(reader, 'read', work)).result;
    } finally {
      database.exec('PRAGMA query_only = OFF');
    }
  }

  function follow({ afterCommit, touched }: OpenTransaction): void {
    for (const run of afterCommit) notify(run);
    if (touched.size > 0) watching.tell(touched);
  }

  return {
    maxLockWait: busyTimeout,
    async transaction(work) {
      if (isInTransaction(self)) throw new Error(NESTED);
      return inTurn(() => write(work));
    },
    async read(work) {
      if (isInTransaction(self)) throw new Error(NESTED.replace('transaction()', 'read()'));
      return inMemory ? inTurn(() => read(work)) : inReadersTurn(() => read(work));
    },
    // A commit in this process either succeeds or fails: none ends unknown.
    outcomeOf: async () => 'unknown',
    watch: watching.watch,
    join(database) {
      const connection = joined.get(database) ?? { database, prepare: statementCache(database), time };
      joined.set(database, connection);
      const transaction = openTransaction(connection, 'write');
      return {
        tx: transaction.tx,
        committed() {
          transaction.end();
          follow(transaction);
        },
        rolledBack: transaction.end,
      };
    },
    async close() {
      await inTurn(() =>
        inReadersTurn(async () => {
          watching.close();
          if (reader && reader !== writer && !closed) reader.database.close();
          if (!closed) writer?.database.close();
          closed = true;
        }),
      );
    },
    async [Symbol.asyncDispose]() {
      await this.close();
    },
  };
}

function rollback(database: DatabaseSync): void {
  try {
    database.exec('ROLLBACK');
  } catch {
    // SQLite itself rolls back when the disk is full or memory runs out, and then there is nothing left to roll back.
  }
}
