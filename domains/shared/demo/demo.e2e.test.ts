import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const demo = new URL('../../demo.ts', import.meta.url).pathname;
const run = (...args: readonly string[]) => promisify(execFile)(process.execPath, [demo, ...args]);

it.each(['shop', 'ticketing', 'checkout', 'learning-platform'])(
  'of %s tells its story, which checks itself',
  async (domain) => {
    const { stdout, stderr } = await run(domain);
    expect(stderr).toBe('');
    expect(stdout).toContain('All came out as told.');
  },
);

it('says which demos there are', async () => {
  await expect(run('casino')).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining('loyalty, shop, ticketing, checkout, learning-platform'),
  });
});
