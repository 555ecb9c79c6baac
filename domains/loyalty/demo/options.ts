import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { isServer } from './store.ts';

export interface DemoOptions {
  /** A broker's URL; the broker in memory without one. */
  readonly broker: string | undefined;
  /** PostgreSQL, or the store's file, which stays; a temporary one without it. */
  readonly store: string | undefined;
}

export const usage = `Usage: npm run demo -- [options]

Plays a story through the loyalty domain and prints what happens.

  --broker <url>   NATS with JetStream (nats://127.0.0.1:4222), Kafka
                   (kafka://127.0.0.1:9092), RabbitMQ (amqp://127.0.0.1:5672),
                   or Redis (redis://127.0.0.1:6379)
                   (default: a broker in memory)
  --store <where>  postgres (PGHOST, PGUSER, ... say where), postgres://user@host/database, or
                   a SQLite file, which must not exist, and which stays
                   (default: a temporary file, removed afterwards)
  --help           this text

CHIROGRAPH_BROKER and CHIROGRAPH_STORE say the same where an option is not given.
Colour on terminals; NO_COLOR and FORCE_COLOR are heeded.
Ends with 0, with 1 if the story does not come out as told, with 2 if it cannot begin.
`;

/** What the command line asks for. */
export function readOptions(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
):
  | (DemoOptions & { readonly kind: 'play' })
  | { readonly kind: 'help' }
  | { readonly kind: 'misuse'; readonly message: string } {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        broker: { type: 'string' },
        store: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help) return { kind: 'help' };
    const { broker = environment.CHIROGRAPH_BROKER, store = environment.CHIROGRAPH_STORE } = values;
    if (broker !== undefined && !/^(nats|tls|wss?|kafka|amqps?|rediss?):\/\//.test(broker)) {
      return {
        kind: 'misuse',
        message: `--broker ${broker}: should be a URL such as nats://127.0.0.1:4222 or redis://127.0.0.1:6379`,
      };
    }
    if (store !== undefined && !isServer(store) && existsSync(store)) {
      return {
        kind: 'misuse',
        message: `--store ${store}: exists already; the story needs a new file`,
      };
    }
    return { kind: 'play', broker, store };
  } catch (error) {
    return { kind: 'misuse', message: error instanceof Error ? error.message : String(error) };
  }
}
