import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { killAndCheck } from './kill-and-check.ts';

// More for the slower checks: CRASH_ROUNDS=200.
const rounds = Number(process.env.CRASH_ROUNDS ?? 5);

it('loses and doubles nothing when the process is killed again and again', {
  timeout: 120_000 + rounds * 2_000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'crash-'));
  await killAndCheck({ file: join(folder, 'store.db'), rounds, seed: 20_251_107 });
  await rm(folder, { recursive: true });
  expect.assertions(4);
});
