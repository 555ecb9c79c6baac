export { type MigrationText, migrationSql } from './migrations.ts';
export { type PostgresStore, type PostgresStoreOptions, postgresStore } from './postgres-store.ts';
export { type SingleConnection, singleConnection } from './single-connection.ts';
