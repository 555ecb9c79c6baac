import type { PoolClient } from 'pg';

/** As much of a `pg` pool as query builders ask for. */
export interface SingleConnection {
  connect(): Promise<{ query: PoolClient['query']; release(): void }>;
  end(): Promise<void>;
  readonly options: object;
}

/**
 * A pool that hands out one connection and never gives it up: for query builders that want a pool, so that their statements
 * run in the transaction that the connection is in.
 *
 *     const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: singleConnection(tx.client) }) });
 */
export function singleConnection(client: PoolClient): SingleConnection {
  const query = client.query.bind(client) as PoolClient['query'];
  return {
    connect: async () => ({ query, release: () => undefined }),
    end: async () => undefined,
    options: {},
  };
}
