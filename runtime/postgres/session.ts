import type { ClientBase, CustomTypesConfig, QueryArrayConfig } from 'pg';
import type { PendingWork } from '../ports/store.ts';
import type { Names } from './names.ts';

export type Value = string | number | null | Uint8Array | readonly (string | number | null | Uint8Array)[];
export type Row = Readonly<Record<string, unknown>>;

/** The connection as seen from inside one transaction. */
export interface Session {
  /** The rows that a statement answers with; `{s}` in it stands for the schema. */
  all(sql: string, ...values: readonly Value[]): Promise<readonly Row[]>;
  get(sql: string, ...values: readonly Value[]): Promise<Row | undefined>;
  /** Answers how many rows changed. */
  run(sql: string, ...values: readonly Value[]): Promise<number>;
  touch(kind: PendingWork): void;
  /** Throws in a transaction that is for looking only. */
  assertWritable(): void;
  readonly names: Names;
  /** What the whole transaction, or the attempt that it is seen from, knows. */
  readonly scope: Scope;
}

/** What is true until the transaction, or the attempt, ends. */
export interface Scope {
  readonly outer: Scope | undefined;
  /** Sequences whose lower bound is held: see `horizon.ts`. */
  readonly bounds: Set<Sequence>;
  /** In a transaction for looking only: how far each sequence could be read when it began. */
  readonly horizons: ReadonlyMap<Sequence, number> | undefined;
}

export type Sequence = 'outbox' | 'events';

const PARSERS: Readonly<Record<number, (text: string) => unknown>> = {
  16: (text) => text === 't',
  20: Number,
  21: Number,
  23: Number,
};

/**
 * Parsers of our own, whatever the process has set for `pg`: numbers for integers (sequences and milliseconds stay below
 * 2^53), bytes for `bytea`, text for all else.
 */
const types: CustomTypesConfig = {
  getTypeParser(oid: number): never {
    if (oid === 17) return bytes as never;
    return (PARSERS[oid] ?? ((text: string) => text)) as never;
  },
};

function bytes(text: string): Uint8Array {
  // `\x` and two hexadecimal digits a byte.
  const { buffer, byteOffset, byteLength } = Buffer.from(text.slice(2), 'hex');
  return new Uint8Array(buffer, byteOffset, byteLength);
}

export interface SessionOptions {
  readonly client: ClientBase;
  readonly names: Names;
  readonly scope: Scope;
  /** Throws once the transaction is over: the connection then serves others. */
  readonly assertOpen: () => void;
  readonly touch: (kind: PendingWork) => void;
  readonly assertWritable: () => void;
  /** Runs statements one after the other: a connection has one under way at a time. */
  readonly inTurn: <T>(run: () => Promise<T>) => Promise<T>;
}

export function session(options: SessionOptions): Session {
  const { client, names, scope, assertOpen, touch, assertWritable, inTurn } = options;
  const prepares = isPipelined(client);
  const query = async (sql: string, values: readonly Value[]) => {
    assertOpen();
    return inTurn(() => {
      assertOpen();
      const text = names.inSchema(sql);
      const config: QueryArrayConfig<unknown[]> | object = {
        text,
        values: values.map(toParameter),
        types,
        ...(prepares && { name: names.statement(text) }),
      };
      return client.query<Record<string, unknown>>(config as never);
    });
  };
  return {
    all: async (sql, ...values) => (await query(sql, values)).rows,
    get: async (sql, ...values) => (await query(sql, values)).rows[0],
    run: async (sql, ...values) => (await query(sql, values)).rowCount ?? 0,
    touch,
    assertWritable,
    names,
    scope,
  };
}

/**
 * Whether the client sends statements without waiting for the answers to those before (`pipeline` of `pg`, from 8.23 on). Such a connection is the store's
 * own, or one whose owner has asked for it, and keeps the statements that it has planned.
 */
export function isPipelined(client: ClientBase): boolean {
  return 'pipeline' in client && client.pipeline === true;
}

/** `pg` takes bytes as a Buffer. */
function toParameter(value: Value): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  return Array.isArray(value) ? value.map(toParameter) : value;
}
