import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kafkaAvailability, startKafkaFront } from '../../../runtime/conformance/kafka/index.ts';
import { rabbitMqAvailability, startRabbitMq } from '../../../runtime/conformance/rabbitmq-server.ts';
import { redisAvailability, startRedis } from '../../../runtime/conformance/redis-server.ts';
import { natsAvailability, startNats } from '../../../runtime/nats/nats-server.ts';

const POSTGRES = process.env.POSTGRES_URL ?? 'postgres://root@127.0.0.1:5432/test';
const main = new URL('main.ts', import.meta.url).pathname;

interface Kind {
  readonly name: string;
  readonly available: { readonly available: boolean; readonly reason?: string };
  start(): Promise<{ readonly url: string; stop(): Promise<void> }>;
}

const KINDS: readonly Kind[] = [
  { name: 'NATS', available: natsAvailability(), start: startNats },
  { name: 'Kafka', available: kafkaAvailability(), start: startKafkaFront },
  { name: 'RabbitMQ', available: rabbitMqAvailability(), start: startRabbitMq },
  { name: 'Redis', available: redisAvailability(), start: startRedis },
];

/** What happened, without where and how long. */
async function story(args: readonly string[]): Promise<readonly string[]> {
  const { stdout } = await promisify(execFile)(process.execPath, [main, ...args]);
  expect(stdout).toContain('Everything came out as told');
  return stdout.split('\n').flatMap((line) => /● (\S+ \d\.\d)/.exec(line)?.[1] ?? []);
}

describe.each(KINDS)('the story over $name', { timeout: 180_000 }, ({ name, available, start }) => {
  if (!available.available) {
    console.warn(`the demo was not tested over ${name}: ${available.reason}`);
    it.skip(`is not tested: ${available.reason}`, () => undefined);
    return;
  }
  let server: Awaited<ReturnType<Kind['start']>>;
  beforeAll(async () => {
    server = await start();
  }, 120_000);
  afterAll(() => server?.stop());

  it.each([
    ['SQLite', []],
    ['PostgreSQL', ['--store', POSTGRES]],
  ])('and %s is the same as in memory', async (_, store) => {
    expect(await story(['--broker', server.url, ...store])).toEqual(await story([]));
  });
});
