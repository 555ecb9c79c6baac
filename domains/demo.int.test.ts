/** The stories of all domains on real brokers and stores: each domain on each broker and on each store, each pair of these with several. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kafkaAvailability, startKafkaFront } from '../runtime/conformance/kafka/index.ts';
import { rabbitMqAvailability, startRabbitMq } from '../runtime/conformance/rabbitmq-server.ts';
import { redisAvailability, startRedis } from '../runtime/conformance/redis-server.ts';
import { natsAvailability, startNats } from '../runtime/nats/nats-server.ts';

const DOMAINS = ['loyalty', 'shop', 'ticketing', 'checkout', 'learning-platform'];
const STORES = ['SQLite', 'PostgreSQL'] as const;
const POSTGRES = process.env.POSTGRES_URL ?? 'postgres://root@127.0.0.1:5432/test';
const demo = new URL('demo.ts', import.meta.url).pathname;

interface Kind {
  readonly name: string;
  readonly available: { readonly available: boolean; readonly reason?: string };
  start(): Promise<Server>;
}

interface Server {
  readonly url: string;
  stop(): Promise<void>;
}

const KINDS: readonly Kind[] = [
  { name: 'NATS', available: natsAvailability(), start: startNats },
  { name: 'RabbitMQ', available: rabbitMqAvailability(), start: startRabbitMq },
  { name: 'Redis', available: redisAvailability(), start: startRedis },
  { name: 'Kafka', available: kafkaAvailability(), start: startKafkaFront },
];

/** Whether the story checks out, and the names of its events in the order of their names: branches run side by side. */
async function play(domain: string, env: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { stdout } = await promisify(execFile)(process.execPath, [demo, domain], {
    env: { ...process.env, ...env },
  });
  expect(stdout).toMatch(/(All|Everything) came out as told/);
  return stdout
    .split('\n')
    .flatMap((line) => /● (\S+)/.exec(line)?.[1] ?? [])
    .sort();
}

describe.each(KINDS.map((kind, index) => ({ ...kind, index })))(
  'the stories over $name',
  { timeout: 180_000 },
  ({ name, available, start, index }) => {
    if (!available.available) {
      console.warn(`the demos were not tested over ${name}: ${available.reason}`);
      it.skip(`are not tested: ${available.reason}`, () => undefined);
      return;
    }
    let server: Server;
    beforeAll(async () => {
      server = await start();
    }, 120_000);
    afterAll(() => server?.stop());

    const pairs = DOMAINS.map((domain, at) => ({ domain, store: STORES[(at + index) % 2] ?? 'SQLite' }));
    it.each(pairs)('$domain on $store', async ({ domain, store }) => {
      const env = {
        CHIROGRAPH_BROKER: server.url,
        ...(store === 'PostgreSQL' && { CHIROGRAPH_STORE: POSTGRES }),
      };
      const told = await play(domain, env);
      expect(told.length).toBeGreaterThan(10);
      // Ten of the ticketing confirm at the same moment, and who is refused where is a matter of luck.
      if (domain !== 'ticketing') expect(told).toEqual(await play(domain, {}));
    });
  },
);
