import { natsBroker } from '@chirograph/runtime/nats';
import { postgresStore } from '@chirograph/runtime/postgres';
import pg from 'pg';

const DATABASE_URL = process.env.DATABASE_URL ?? 'postgres://127.0.0.1:5432/postgres';
const NATS_URL = process.env.NATS_URL ?? 'nats://127.0.0.1:4222';

/**
 * What a service connects to. Each service has a schema of its own: for its tables, and for outbox and inbox.
 * @param schema the name of the service
 * @param tables statements that create its tables
 */
export async function connect(schema: string, tables: string) {
  const pool = new pg.Pool({ connectionString: DATABASE_URL });
  await pool.query(`CREATE SCHEMA IF NOT EXISTS ${schema}; ${tables}`);
  const store = postgresStore({ pool, schema: `${schema}_messages` });
  const broker = await natsBroker({
    servers: NATS_URL,
    streams: [{ name: 'shop', subjects: ['shop.>'] }],
  });
  return { pool, store, broker };
}
