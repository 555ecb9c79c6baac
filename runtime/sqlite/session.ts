import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';
import type { PendingWork } from '../ports/store.ts';
import type { StoreTime } from './store-time.ts';

export type Row = Readonly<Record<string, SQLOutputValue>>;

/** The connection as seen from inside one transaction. */
export interface Session {
  all(sql: string, ...values: SQLInputValue[]): readonly Row[];
  get(sql: string, ...values: SQLInputValue[]): Row | undefined;
  /** Answers how many rows changed, and the row id of the last one inserted. */
  run(sql: string, ...values: SQLInputValue[]): { readonly changes: number; readonly rowId: number };
  touch(kind: PendingWork): void;
  /** Throws in a transaction that is for looking only. */
  assertWritable(): void;
  readonly time: StoreTime;
}

/** Prepared statements, each prepared once for the life of the connection. */
export type Prepare = (sql: string) => StatementSync;

export function statementCache(database: DatabaseSync): Prepare {
  const prepared = new Map<string, StatementSync>();
  return (sql) => {
    const known = prepared.get(sql);
    if (known) return known;
    const statement = database.prepare(sql);
    prepared.set(sql, statement);
    return statement;
  };
}

/** `assertOpen` throws once the transaction is over: the connection is shared, so a late write would land in someone else's. */
export function session(
  prepare: Prepare,
  time: StoreTime,
  assertOpen: () => void,
  touch: (kind: PendingWork) => void,
  assertWritable: () => void,
): Session {
  const statement = (sql: string): StatementSync => {
    assertOpen();
    return prepare(sql);
  };
  return {
    all: (sql, ...values) => statement(sql).all(...values),
    get: (sql, ...values) => statement(sql).get(...values),
    run(sql, ...values) {
      const { changes, lastInsertRowid } = statement(sql).run(...values);
      return { changes: Number(changes), rowId: Number(lastInsertRowid) };
    },
    touch,
    assertWritable,
    time,
  };
}
