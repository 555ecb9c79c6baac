import type { Pool, PoolClient, PoolConfig } from 'pg';
import { backoff } from '../backoff.ts';
import { notify } from '../ports/notify.ts';
import { type JoinsTransactions, type Store, type Transaction, UnknownOutcomeError } from '../ports/store.ts';
import { isInTransaction, runInScope } from '../ports/transaction-scope.ts';
import { readHorizon } from './horizon.ts';
import { migrate } from './migrations.ts';
import { namesFor } from './names.ts';
import { session } from './session.ts';
import { type OpenTransaction, openTransaction } from './transaction.ts';
import { watchers } from './watchers.ts';

export interface PostgresStoreOptions {
  /** Such as `postgres://user:password@host/database`. Not needed with `pool`. */
  readonly url?: string | undefined;
  /**
   * A pool of your own, which `close` leaves open. It needs one connection more than transactions run at once: for LISTEN. With `pipeline: true` among its
   * settings (`pg` 8.23), as the store's own has it, statements do not wait for the answers to those before; cursors then need a connection of their own.
   */
  readonly pool?: Pool | undefined;
  /** The schema that holds the tables: `chirograph` unless told otherwise. One store is one schema. */
  readonly schema?: string | undefined;
  /** Whether the tables are made and updated when the store is first used: true unless told otherwise. See `migrationSql`. */
  readonly migrate?: boolean | undefined;
  /** The most connections of the store's own pool, beside the one for LISTEN: 10 unless told otherwise. */
  readonly connections?: number | undefined;
  /**
   * Milliseconds after which a statement that has not been answered counts as lost, with its connection: 75 seconds unless
   * told otherwise, somewhat more than consumers give a handler, for a statement may wait for another transaction's locks. The server
   * ends a transaction, too, that has stood still for so long, unless it has an `idle_in_transaction_session_timeout` of its own.
   */
  readonly statementTimeout?: number | undefined;
}

/** A store in PostgreSQL; `tx.client` is the `pg` client that the transaction runs on. */
export interface PostgresStore extends Store<PoolClient>, JoinsTransactions<PoolClient> {}

const NESTED =
  'transaction() was called inside a transaction of the same store and would wait for itself: use the tx that is given, and pass it on ({ tx }).';

/** A transaction that was undone because of others is run this often before its error is the caller's. */
const RUNS = 8;

const IDLE = 'idle_in_transaction_session_timeout';

/** Milliseconds that a COMMIT may take before its outcome counts as unknown. */
const COMMIT_TIMEOUT = 15_000;

/**
 * A store in PostgreSQL (tested on 15), through `pg`, an optional peer dependency that is loaded when the store is first
 * used. Nothing is asked of the server before: a service starts while its database is away, and each call says so.
 * Transactions are READ COMMITTED; one that met a deadlock or a serialisation failure is run again.
 */
export function postgresStore(options: PostgresStoreOptions): PostgresStore {
  const { schema = 'chirograph', migrate: mayMigrate = true, statementTimeout = 75_000 } = options;
  if (!options.url && !options.pool)
    throw new Error('postgresStore needs a url (postgres://...) or a pool of `pg`');
  const names = namesFor(schema);
  const self = {};
  let closed = false;
  let pool: Promise<Pool> | undefined;
  let ready: Promise<void> | undefined;
  const underWay = new Set<Promise<unknown>>();

  const watching = watchers({
    channel: names.channel,
    pool: openPool,
    async connect() {
      await prepared();
      const client = await (await openPool()).connect();
      let released = false;
      const release = async () => {
        if (released) return;
        released = true;
        client.release(true);
      };
      client.on('error', release);
      // It must not keep a process alive that has nothing else to do.
      (client as { unref?: () => void }).unref?.();
      return { client, release };
    },
  });

  function config(): PoolConfig & { readonly pipeline: boolean } {
    return {
      pipeline: true,
      connectionString: options.url,
      max: (options.connections ?? 10) + 1,
      allowExitOnIdle: true,
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
      query_timeout: statementTimeout,
      application_name: 'chirograph',
    };
  }

  async function openPool(): Promise<Pool> {
    pool ??= (async () => {
      if (options.pool) return options.pool;
      const { Pool } = await loadPg();
      const own = new Pool(config());
      // An idle connection that breaks is replaced; the next use of one reports the error.
      own.on('error', () => undefined);
      // Nor does one that breaks on its way from one user to the next end the process: its user hears of it by the query.
      own.on('connect', (client) => void client.on('error', () => undefined));
      return own;
    })();
    return pool;
  }

  /** The tables are there. Tried again by the next caller when it failed. */
  async function prepared(): Promise<void> {
    ready ??= onConnection((client) => migrate(client, names, schema, mayMigrate));
    try {
      await ready;
    } catch (error) {
      ready = undefined;
      throw error;
    }
  }

  async function withClient<T>(use: (client: PoolClient) => Promise<T>): Promise<T> {
    await prepared();
    return onConnection(use);
  }

  /** Gives `use` a connection; one that failed in a way that leaves its state unknown is thrown away. */
  async function onConnection<T>(use: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await (await openPool()).connect();
    let broken = false;
    const onError = (): void => {
      broken = true;
    };
    client.on('error', onError);
    try {
      return await use(client);
    } catch (error) {
      if (!isStatementError(error)) broken = true;
      throw error;
    } finally {
      // One that is thrown away may still say why it ends, and an error that nobody hears ends the process.
      if (!broken) client.off('error', onError);
      client.release(broken);
    }
  }

  function track<T>(work: () => Promise<T>): Promise<T> {
    if (closed) return Promise.reject(new Error('the store is closed'));
    const running = work();
    const settled = running.catch(() => undefined).finally(() => underWay.delete(settled));
    underWay.add(settled);
    return running;
  }

  async function write<T>(work: (tx: Transaction<PoolClient>) => Promise<T>): Promise<T> {
    for (let run = 1; ; run += 1) {
      try {
        return await withClient((client) => writeOnce(client, work));
      } catch (error) {
        if (run === RUNS || !isTransient(error)) throw error;
        await new Promise((resolve) => setTimeout(resolve, backoff(run, 5, 500)));
      }
    }
  }

  async function writeOnce<T>(
    client: PoolClient,
    work: (tx: Transaction<PoolClient>) => Promise<T>,
  ): Promise<T> {
    // A process that is stopped or frozen in its transaction would keep its locks, and with them every relay, for as long as it stands still.
    const began = (await client.query(
      `BEGIN ISOLATION LEVEL READ COMMITTED; SELECT pg_current_xact_id()::text AS id,
       CASE current_setting('${IDLE}') WHEN '0' THEN set_config('${IDLE}', '${statementTimeout}', true) END`,
    )) as unknown as readonly { rows: readonly { id: string }[] }[];
    const id = began[1]?.rows[0]?.id ?? '';
    const transaction = openTransaction(client, names);
    const result = await run(client, transaction, work);
    await commit(client, id);
    follow(transaction);
    return result;
  }

  /** Runs `work`; undoes the transaction when it rejects. */
  async function run<T>(
    client: PoolClient,
    transaction: OpenTransaction<PoolClient>,
    work: (tx: Transaction<PoolClient>) => Promise<T>,
  ): Promise<T> {
    try {
      const scope = { store: self, isOpen: transaction.isOpen };
      const result = await runInScope(scope, () => work(transaction.tx));
      await transaction.end();
      return result;
    } catch (error) {
      await transaction.end();
      // What `work` was rejected with says more than what a broken connection says of the rollback.
      await client.query('ROLLBACK').catch(() => client.emit('error', error));
      throw error;
    }
  }

  /** Rejects with `UnknownOutcomeError` when no answer came: the server may have committed or not. */
  async function commit(client: PoolClient, id: string): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new Error(`COMMIT was not answered within ${COMMIT_TIMEOUT} ms`)),
        COMMIT_TIMEOUT,
      );
    });
    try {
      const { command } = await Promise.race([client.query('COMMIT'), late]);
      // PostgreSQL answers COMMIT with ROLLBACK when a statement had failed and nobody rolled back.
      if (command !== 'COMMIT')
        throw new FailedTransactionError(
          'the transaction was rolled back: a statement in it had failed. Let its error through, or run the statement in tx.attempt',
        );
    } catch (error) {
      if (error instanceof FailedTransactionError || isStatementError(error)) throw error;
      throw new UnknownOutcomeError(id, error);
    } finally {
      clearTimeout(timer);
    }
  }

  async function read<T>(work: (tx: Transaction<PoolClient>) => Promise<T>): Promise<T> {
    return withClient(async (client) => {
      const look = session({
        client,
        names,
        scope: { outer: undefined, bounds: new Set(), horizons: undefined },
        inTurn: (statement) => statement(),
        assertOpen: () => undefined,
        touch: () => undefined,
        assertWritable: () => undefined,
      });
      // Before the snapshot is taken: see horizon.ts.
      const horizons = new Map([
        ['outbox', await readHorizon(look, 'outbox')],
        ['events', await readHorizon(look, 'events')],
      ] as const);
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
      const result = await run(client, openTransaction(client, names, horizons), work);
      await client.query('COMMIT');
      return result;
    });
  }

  function follow({ afterCommit, touched }: OpenTransaction<PoolClient>): void {
    for (const run of afterCommit) notify(run);
    if (touched.size > 0) watching.tell(touched);
  }

  return {
    async transaction(work) {
      if (isInTransaction(self)) throw new Error(NESTED);
      return track(() => write(work));
    },
    async read(work) {
      if (isInTransaction(self)) throw new Error(NESTED.replace('transaction()', 'read()'));
      return track(() => read(work));
    },
    async outcomeOf(transaction) {
      if (!/^\d{1,20}$/.test(transaction)) return 'unknown';
      try {
        return await withClient(async (client) => {
          const { rows } = await client.query('SELECT pg_xact_status($1::xid8) AS status', [transaction]);
          return OUTCOMES[rows[0]?.status] ?? 'unknown';
        });
      } catch {
        return 'unknown';
      }
    },
    watch: watching.watch,
    join(client) {
      const transaction = openTransaction(client, names);
      return {
        tx: transaction.tx,
        committed() {
          void transaction.end();
          follow(transaction);
        },
        rolledBack: () => void transaction.end(),
      };
    },
    async close() {
      if (closed) return;
      closed = true;
      await Promise.all(underWay);
      await watching.close();
      if (pool && !options.pool) await (await pool).end();
    },
    async [Symbol.asyncDispose]() {
      await this.close();
    },
  };
}

const OUTCOMES: Readonly<Record<string, 'committed' | 'rolled-back' | 'in-progress'>> = {
  committed: 'committed',
  aborted: 'rolled-back',
  'in progress': 'in-progress',
};

/** A statement of the transaction had failed, and nobody let its error through. */
class FailedTransactionError extends Error {
  override readonly name = 'FailedTransactionError';
}

async function loadPg(): Promise<typeof import('pg').default> {
  try {
    const { default: pg } = await import('pg');
    return pg;
  } catch (cause) {
    throw new Error('PostgreSQL needs its client: npm install pg', { cause });
  }
}

/** The SQLSTATE of an error that the server answered with. */
function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}

/** Whether the server answered with an error and the connection is well: not when it ends connections (class 57). */
function isStatementError(error: unknown): boolean {
  const code = codeOf(error);
  return code !== undefined && !code.startsWith('57') && !code.startsWith('08');
}

/** Undone because of other transactions, so that running it again may succeed. */
function isTransient(error: unknown): boolean {
  const code = codeOf(error);
  return code === '40001' || code === '40P01';
}
