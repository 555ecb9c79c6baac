import type { DatabaseSync } from 'node:sqlite';

/** One step per version of the schema; `PRAGMA user_version` says how many have been taken. Never edit a released step. */
const steps: readonly string[] = [
  `
  CREATE TABLE outbox (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL, name TEXT, version TEXT, channel TEXT NOT NULL, key TEXT, identity TEXT,
    headers TEXT NOT NULL, content_type TEXT NOT NULL, body BLOB NOT NULL
  ) STRICT;

  CREATE TABLE inbox (
    consumer TEXT NOT NULL, identity TEXT NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (consumer, identity)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX inbox_at ON inbox (consumer, at);

  CREATE TABLE parked (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    consumer TEXT NOT NULL, ordering_key TEXT, dedup TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'retrying', 'dead')),
    due_at INTEGER, dead_at INTEGER, reason TEXT,
    attempts INTEGER NOT NULL, failure TEXT, parked_at INTEGER NOT NULL,
    id TEXT NOT NULL, name TEXT, version TEXT, channel TEXT NOT NULL, key TEXT, identity TEXT,
    headers TEXT NOT NULL, content_type TEXT NOT NULL, body BLOB NOT NULL,
    UNIQUE (consumer, dedup)
  ) STRICT;
  CREATE INDEX parked_queue ON parked (consumer, ordering_key, seq) WHERE ordering_key IS NOT NULL;
  CREATE INDEX parked_due ON parked (consumer, due_at) WHERE state = 'retrying';
  CREATE INDEX parked_dead ON parked (seq) WHERE state = 'dead';

  CREATE TABLE events (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    stream TEXT NOT NULL, version INTEGER NOT NULL, type TEXT NOT NULL,
    event TEXT NOT NULL, metadata TEXT NOT NULL, at INTEGER NOT NULL,
    UNIQUE (stream, version)
  ) STRICT;

  CREATE TABLE documents (
    collection TEXT NOT NULL, id TEXT NOT NULL, document TEXT NOT NULL,
    PRIMARY KEY (collection, id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE timers (
    owner TEXT NOT NULL, id TEXT NOT NULL, due_at INTEGER NOT NULL, attempts INTEGER NOT NULL,
    PRIMARY KEY (owner, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX timers_due ON timers (owner, due_at);

  CREATE TABLE leases (
    name TEXT PRIMARY KEY, holder TEXT, token INTEGER NOT NULL, until INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  // The inbox's ages begin where its times were; outbox rows of before are as old as this step.
  `
  CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  INSERT INTO meta (name, value) VALUES
    ('store-id', lower(hex(randomblob(8)))),
    ('inbox-age', CAST(CAST(unixepoch('subsec') * 1000 AS INTEGER) AS TEXT)),
    ('inbox-aged-at', CAST(CAST(unixepoch('subsec') * 1000 AS INTEGER) AS TEXT));
  ALTER TABLE outbox ADD COLUMN added_at INTEGER NOT NULL DEFAULT 0;
  UPDATE outbox SET added_at = CAST(unixepoch('subsec') * 1000 AS INTEGER);
  ALTER TABLE parked ADD COLUMN delay INTEGER;
  UPDATE parked SET delay = 3600000 WHERE state = 'retrying';
  ALTER TABLE leases ADD COLUMN ttl INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX parked_by_consumer ON parked (consumer, state);
  `,
  'ALTER TABLE events ADD COLUMN schema_version TEXT;',
  // In the order of arrival, and so is its index by age: a claim writes one page somewhere in the middle, where it was two.
  `
  ALTER TABLE inbox RENAME TO inbox_before;
  DROP INDEX inbox_at;
  CREATE TABLE inbox (
    consumer TEXT NOT NULL, identity TEXT NOT NULL, at INTEGER NOT NULL,
    UNIQUE (consumer, identity)
  ) STRICT;
  INSERT INTO inbox (consumer, identity, at) SELECT consumer, identity, at FROM inbox_before ORDER BY at;
  DROP TABLE inbox_before;
  CREATE INDEX inbox_at ON inbox (consumer, at);
  `,
];

/** The steps that make and update the tables, in order, each as one transaction: for those who run migrations with a tool of their own. */
export function migrationSql(): readonly MigrationText[] {
  return steps.map((step, index) => ({
    version: index + 1,
    sql: `BEGIN IMMEDIATE;\n${step.trim()}\nPRAGMA user_version = ${index + 1};\nCOMMIT;\n`,
  }));
}

/** A step of the schema as SQL. */
export interface MigrationText {
  /** 1 for the first. */
  readonly version: number;
  readonly sql: string;
}

/**
 * Brings the file up to date; takes no lock when it is. Throws when a newer version of the runtime wrote it, when it is locked, or when it is not up to
 * date and `mayMigrate` is false.
 */
export function migrate(database: DatabaseSync, file: string, mayMigrate: boolean): void {
  const now = versionOf(database, file);
  if (now === steps.length) return;
  if (!mayMigrate)
    throw new Error(
      `${file} has schema ${now}, and this runtime needs ${steps.length}: run the steps that migrationSql() prints, or leave out \`migrate: false\``,
    );
  database.exec('BEGIN IMMEDIATE');
  try {
    // Another process may have come first.
    const version = versionOf(database, file);
    for (const step of steps.slice(version)) database.exec(step);
    database.exec(`PRAGMA user_version = ${steps.length}`);
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

function versionOf(database: DatabaseSync, file: string): number {
  const version = Number(database.prepare('PRAGMA user_version').get()?.user_version);
  if (version <= steps.length) return version;
  throw new Error(
    `${file} has schema ${version}, and this runtime knows ${steps.length}: a newer one wrote it. Update @chirograph/runtime.`,
  );
}
