import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const demo = new URL('demo.ts', import.meta.url).pathname;
const run = (...args: readonly string[]) => promisify(execFile)(process.execPath, [demo, ...args]);

it('tells the stories of all domains, which check themselves', async () => {
  const { stdout, stderr } = await run();
  expect(stderr).toBe('');
  expect(stdout.split('came out as told')).toHaveLength(7);
  expect(stdout).toMatch(
    /5 stories came out as told: loyalty, shop, ticketing, checkout, learning-platform\.\n$/,
  );
});

it.each<[string, readonly string[], string]>([
  ['which demos there are', ['casino'], 'loyalty, shop, ticketing, checkout, learning-platform'],
  ['that a file holds one story', ['--store', 'all.db'], 'npm run demo -- loyalty --store all.db'],
  ['in a sentence that there is no broker', ['shop', '--broker', 'amqp://127.0.0.1:1'], 'rabbitmq-server'],
  ['... and no store', ['shop', '--store', 'postgres://nobody@127.0.0.1:1/none'], 'No PostgreSQL at'],
])('says %s', async (_, args, said) => {
  await expect(run(...args)).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining(said) });
});
