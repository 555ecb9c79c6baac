import type { ClientBase } from 'pg';
import { type Names, namesFor } from './names.ts';

/**
 * One step per version of the schema; the table `migrations` says which have been taken. Never edit a released step.
 * Ids and names sort by code point, whatever the database's collation. Times are milliseconds since 1970-01-01T00:00Z.
 */
const STEPS: readonly ((schema: string) => string)[] = [
  (schema) => `
CREATE FUNCTION ${schema}.now_ms() RETURNS bigint LANGUAGE sql VOLATILE
  AS $$ SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint $$;

CREATE TABLE ${schema}.meta (name text PRIMARY KEY, value text NOT NULL);
INSERT INTO ${schema}.meta (name, value) VALUES
  ('store-id', replace(gen_random_uuid()::text, '-', '')),
  ('inbox-age', ${schema}.now_ms()::text),
  ('inbox-aged-at', ${schema}.now_ms()::text);

CREATE SEQUENCE ${schema}.outbox_seq;
CREATE TABLE ${schema}.outbox (
  seq bigint PRIMARY KEY DEFAULT nextval('${schema}.outbox_seq'),
  added_at bigint NOT NULL DEFAULT ${schema}.now_ms(),
  id text NOT NULL, name text, version text, channel text NOT NULL, key text, identity text,
  headers json NOT NULL, content_type text NOT NULL, body bytea NOT NULL
);
-- Rows come and go by the thousand: without frequent vacuuming the relay reads past the dead ones.
ALTER TABLE ${schema}.outbox SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

CREATE TABLE ${schema}.inbox (
  consumer text COLLATE "C" NOT NULL, identity text COLLATE "C" NOT NULL, at bigint NOT NULL,
  PRIMARY KEY (consumer, identity)
);
CREATE INDEX inbox_at ON ${schema}.inbox (consumer, at);

CREATE TABLE ${schema}.parked (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  consumer text COLLATE "C" NOT NULL, ordering_key text COLLATE "C", dedup text COLLATE "C" NOT NULL,
  state text NOT NULL CHECK (state IN ('waiting', 'retrying', 'dead')),
  due_at bigint, delay bigint, dead_at bigint, reason text,
  attempts integer NOT NULL, failure json, parked_at bigint NOT NULL,
  id text NOT NULL, name text, version text, channel text NOT NULL, key text, identity text,
  headers json NOT NULL, content_type text NOT NULL, body bytea NOT NULL,
  UNIQUE (consumer, dedup)
);
CREATE INDEX parked_queue ON ${schema}.parked (consumer, ordering_key, seq) WHERE ordering_key IS NOT NULL;
CREATE INDEX parked_due ON ${schema}.parked (consumer, due_at) WHERE state = 'retrying';
CREATE INDEX parked_dead ON ${schema}.parked (seq) WHERE state = 'dead';

CREATE SEQUENCE ${schema}.events_seq;
CREATE TABLE ${schema}.events (
  position bigint PRIMARY KEY DEFAULT nextval('${schema}.events_seq'),
  stream text COLLATE "C" NOT NULL, version integer NOT NULL, type text NOT NULL,
  event json NOT NULL, metadata json NOT NULL, at bigint NOT NULL,
  UNIQUE (stream, version)
);

CREATE TABLE ${schema}.documents (
  collection text COLLATE "C" NOT NULL, id text COLLATE "C" NOT NULL, document json NOT NULL,
  PRIMARY KEY (collection, id)
);

CREATE TABLE ${schema}.timers (
  owner text COLLATE "C" NOT NULL, id text COLLATE "C" NOT NULL, due_at bigint NOT NULL, attempts integer NOT NULL,
  PRIMARY KEY (owner, id)
);
CREATE INDEX timers_due ON ${schema}.timers (owner, due_at);

CREATE TABLE ${schema}.leases (
  name text COLLATE "C" PRIMARY KEY, holder text, token bigint NOT NULL, until bigint NOT NULL, ttl bigint NOT NULL
);
`,
  (schema) => `
ALTER TABLE ${schema}.events ADD COLUMN schema_version text;
`,
];

/** A step of the schema as SQL, for those who run migrations with a tool of their own. */
export interface MigrationText {
  /** 1 for the first. */
  readonly version: number;
  readonly sql: string;
}

/** The steps that make and update the tables, in order. Each notes itself; run each in one transaction. */
export function migrationSql(schema = 'chirograph'): readonly MigrationText[] {
  const { schema: name } = namesFor(schema);
  return STEPS.map((step, index) => ({
    version: index + 1,
    sql: `${index === 0 ? preparation(name) : ''}${step(name)}
INSERT INTO ${name}.migrations (version) VALUES (${index + 1});
`,
  }));
}

function preparation(schema: string): string {
  return `CREATE SCHEMA IF NOT EXISTS ${schema};
CREATE TABLE IF NOT EXISTS ${schema}.migrations (
  version integer PRIMARY KEY, taken_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
`;
}

/**
 * Brings the tables up to date, one process at a time; takes no lock when they are. Throws when a newer runtime made them,
 * or when they are not up to date and `mayMigrate` is false.
 */
export async function migrate(
  client: ClientBase,
  names: Names,
  schema: string,
  mayMigrate: boolean,
): Promise<void> {
  if ((await versionOf(client, names)) === STEPS.length) return;
  if (!mayMigrate)
    throw new Error(
      `the tables in schema ${schema} are not those that this runtime needs: run the steps that migrationSql() prints, or leave out \`migrate: false\``,
    );
  await client.query('BEGIN');
  try {
    await client.query('SELECT pg_advisory_xact_lock($1, 0)', [names.locks.migrate]);
    // Another process may have come first.
    const version = await versionOf(client, names);
    for (const { sql } of migrationSql(schema).slice(version)) await client.query(sql);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}

async function versionOf(client: ClientBase, { schema }: Names): Promise<number> {
  // From the catalog's tables: to_regclass may answer from a cache of before another process made it.
  const table = await client.query(
    `SELECT 1 FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
     WHERE relname = 'migrations' AND nspname = $1`,
    [schema.slice(1, -1)],
  );
  if (table.rows.length === 0) return 0;
  const { rows } = await client.query(
    `SELECT coalesce(max(version), 0) AS version FROM ${schema}.migrations`,
  );
  const version = Number(rows[0]?.version);
  if (version <= STEPS.length) return version;
  throw new Error(
    `the tables in schema ${schema} have version ${version}, and this runtime knows ${STEPS.length}: a newer one made them. Update @chirograph/runtime.`,
  );
}
