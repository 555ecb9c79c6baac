import pg from 'pg';
import { BROKERS, type BrokerName, type BrokerServer } from './brokers.ts';
import { type PostgresServer, startPostgres } from './postgres-server.ts';

/** Servers of our own that rows share, started when first asked for. A row that kills one starts one for itself. */
export interface Servers {
  broker(kind: BrokerName): Promise<BrokerServer>;
  postgres(): Promise<PostgresServer>;
  stop(): Promise<void>;
}

export function sharedServers(): Servers {
  const brokers = new Map<BrokerName, Promise<BrokerServer>>();
  let postgres: Promise<PostgresServer> | undefined;
  return {
    broker(kind) {
      const running = brokers.get(kind) ?? BROKERS[kind].start();
      brokers.set(kind, running);
      return running;
    },
    postgres() {
      // Nobody kills this one, so it need not wait for the disk.
      postgres ??= startPostgres({ settings: ['fsync=off', 'full_page_writes=off'] });
      return postgres;
    },
    async stop() {
      for (const running of [...brokers.values(), ...(postgres ? [postgres] : [])])
        await running.then((server) => server.stop()).catch(() => undefined);
    },
  };
}

/** One statement on a connection of its own. */
export async function query(
  url: string,
  sql: string,
  values: readonly unknown[] = [],
): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql, [...values])).rows;
  } finally {
    await client.end();
  }
}
