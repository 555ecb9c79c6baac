/** A durable store in one file, on Node's own SQLite: nothing to install, nothing to run. */
export { type MigrationText, migrationSql } from './schema.ts';
export { type SqliteStore, type SqliteStoreOptions, sqliteStore } from './sqlite-store.ts';
