import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';

export interface DemoOptions {
  /** A NATS server with JetStream; the broker in memory without one. */
  readonly broker: string | undefined;
  /** The store's file, which stays; a temporary one without it. */
  readonly store: string | undefined;
}

export const usage = `Usage: npm run demo -- [options]

Plays a story through the loyalty domain and prints what happens.

  --broker <url>   NATS with JetStream, such as nats://127.0.0.1:4222, or RabbitMQ,
                   such as amqp://127.0.0.1:5672
                   (default: a broker in memory)
  --store <file>   a SQLite file, which must not exist, and which stays
                   (default: a temporary file, removed afterwards)
  --help           this text

Colour on terminals; NO_COLOR and FORCE_COLOR are heeded.
Ends with 0, with 1 if the story does not come out as told, with 2 if it cannot begin.
`;

/** What the command line asks for. */
export function readOptions(
  args: readonly string[],
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
    if (values.broker !== undefined && !/^(nats|tls|wss?|amqps?):\/\//.test(values.broker)) {
      return {
        kind: 'misuse',
        message: `--broker ${values.broker}: should be a URL such as nats://127.0.0.1:4222 or amqp://127.0.0.1:5672`,
      };
    }
    if (values.store !== undefined && existsSync(values.store)) {
      return {
        kind: 'misuse',
        message: `--store ${values.store}: exists already; the story needs a new file`,
      };
    }
    return { kind: 'play', broker: values.broker, store: values.store };
  } catch (error) {
    return { kind: 'misuse', message: error instanceof Error ? error.message : String(error) };
  }
}
