import { createHash } from 'node:crypto';

/** How the tables of one store are named, and the locks that keep its order. */
export interface Names {
  /** The schema, quoted for SQL. */
  readonly schema: string;
  /** A statement with the schema where it says `{s}`. */
  inSchema(sql: string): string;
  /** What a statement is called where a connection keeps its plan. */
  statement(text: string): string;
  /** The channel of LISTEN and NOTIFY, not quoted. */
  readonly channel: string;
  /** First halves of advisory lock keys: 32-bit numbers that are this store's own. */
  readonly locks: {
    readonly migrate: number;
    readonly outbox: number;
    readonly events: number;
    readonly stream: number;
    readonly parked: number;
  };
}

/** Throws when the name is none that PostgreSQL takes as it is: it would be cut off silently. */
export function namesFor(schema: string): Names {
  if (!/^[a-z_][a-z0-9_]{0,47}$/.test(schema))
    throw new Error(
      `the schema ${JSON.stringify(schema)} should be up to 48 lower-case letters, digits and underscores, and not begin with a digit`,
    );
  const lock = (purpose: string): number =>
    createHash('sha256').update(`chirograph ${schema} ${purpose}`).digest().readInt32BE();
  const texts = new Map<string, string>();
  const statements = new Map<string, string>();
  return {
    schema: `"${schema}"`,
    inSchema(sql) {
      const known = texts.get(sql);
      if (known !== undefined) return known;
      const text = sql.replaceAll('{s}', `"${schema}"`);
      texts.set(sql, text);
      return text;
    },
    statement(text) {
      const known = statements.get(text);
      if (known !== undefined) return known;
      const name = `chirograph_${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
      statements.set(text, name);
      return name;
    },
    channel: `chirograph_${schema}`,
    locks: {
      migrate: lock('migrate'),
      outbox: lock('outbox'),
      events: lock('events'),
      stream: lock('stream'),
      parked: lock('parked'),
    },
  };
}
