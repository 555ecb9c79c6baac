/** The servers of compose.yaml are those that the other tests of this kind use. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import pg from 'pg';
import { expect, it } from 'vitest';

const POSTGRES = process.env.POSTGRES_URL ?? 'postgres://root@127.0.0.1:5432/test';
const text = readFileSync(new URL('../compose.yaml', import.meta.url), 'utf8');
const { services } = load(text) as { services: Record<string, { image: string; ports: string[] }> };

const said = (command: string, ...args: readonly string[]) => {
  const { stdout, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (error)
    throw new Error(`${command} is needed to know the version that is tested with: ${error.message}`);
  return stdout;
};

const VERSIONS: Readonly<Record<string, () => Promise<string> | string>> = {
  async postgres() {
    const client = new pg.Client({ connectionString: POSTGRES });
    await client.connect();
    const { rows } = await client.query('SHOW server_version');
    await client.end();
    return rows[0].server_version;
  },
  nats: () => said('nats-server', '--version'),
  redis: () => said('redis-server', '--version'),
  rabbitmq: () => said('rabbitmqctl', 'version'),
};

it('names each of them', () => expect(Object.keys(services).sort()).toEqual(Object.keys(VERSIONS).sort()));

it.each(Object.keys(VERSIONS))('has %s in the version that is tested with', async (name) => {
  const image = services[name]?.image ?? '';
  const [, wanted = 'no version'] = /:(\d+(?:\.\d+)?)/.exec(image) ?? [];
  const [, is = ''] = /v?=?(\d+\.\d+[.\d]*)/.exec((await VERSIONS[name]?.()) ?? '') ?? [];
  expect(`${is}.`.startsWith(`${wanted}.`), `${image}, and tested with is ${is}`).toBe(true);
});

it('lets nobody in from outside of this machine', () => {
  for (const { ports } of Object.values(services))
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
});
