import type { RowContext } from './row.ts';
import { query } from './servers.ts';
import type { StoreSpec } from './service.ts';

/** A store of the row's own on the shared PostgreSQL. */
export async function postgresFor({
  name,
  servers,
  defer,
}: RowContext): Promise<Extract<StoreSpec, { kind: 'postgres' }>> {
  const { url } = await servers.postgres();
  const schema = name.replaceAll('-', '_');
  await query(url, `DROP SCHEMA IF EXISTS ${schema} CASCADE`);
  defer(async () => void (await query(url, `DROP SCHEMA IF EXISTS ${schema} CASCADE`)));
  return { kind: 'postgres', url, schema };
}
