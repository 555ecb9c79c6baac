import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

it('compiles: ours, the generated code and the goldens', { timeout: 120_000 }, () => {
  const { stdout, status } = spawnSync('node_modules/.bin/tsc', ['--noEmit'], { encoding: 'utf8' });
  expect(stdout).toBe('');
  expect(status).toBe(0);
});
