import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { BROKER_PROTOCOLS } from './broker.ts';
import { isServer } from './store.ts';

/** Which broker and which store: the same words for demos and services. */
export interface Infrastructure {
  /** A broker's URL; the broker in memory without one. */
  readonly broker: string | undefined;
  /** PostgreSQL, or the store's file; SQLite in memory without it. */
  readonly store: string | undefined;
}

export const infrastructureUsage = `  --broker <url>   NATS with JetStream (nats://127.0.0.1:4222), RabbitMQ
                   (amqp://127.0.0.1:5672), Redis (redis://127.0.0.1:6379), or Kafka
                   (kafka://127.0.0.1:9092)
                   (default: a broker in memory)
  --store <where>  postgres (PGHOST, PGUSER, ... say where), postgres://user@host/database, or
                   a SQLite file (default: SQLite in memory)
  --help           this text

CHIROGRAPH_BROKER and CHIROGRAPH_STORE say the same where an option is not given.
`;

/** What the command line asks for. */
export function readOptions(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
):
  | (Infrastructure & { readonly kind: 'run' /** What is no option. */; readonly names: readonly string[] })
  | { readonly kind: 'help' }
  | { readonly kind: 'misuse'; readonly message: string } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        broker: { type: 'string' },
        store: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help) return { kind: 'help' };
    const { broker = environment.CHIROGRAPH_BROKER, store = environment.CHIROGRAPH_STORE } = values;
    if (broker !== undefined && !BROKER_PROTOCOLS.some((it) => broker.startsWith(`${it}://`))) {
      return {
        kind: 'misuse',
        message: `--broker ${broker}: should be a URL such as nats://127.0.0.1:4222 or redis://127.0.0.1:6379`,
      };
    }
    return { kind: 'run', broker, store, names: positionals };
  } catch (error) {
    return { kind: 'misuse', message: error instanceof Error ? error.message : String(error) };
  }
}

/** What is wrong with a store whose contents have to be new; undefined for a server, where each run has a schema of its own. */
export function notNew(store: string | undefined): string | undefined {
  if (store === undefined || isServer(store) || !existsSync(store)) return undefined;
  return `--store ${store}: exists already; the story needs a new file`;
}
