import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { waitingLine } from './waiting-line.ts';

let folder: string;
let file: string;
let now = 0;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'line-'));
  file = join(folder, 'store.db');
});
afterEach(() => rm(folder, { recursive: true }));

const line = () => waitingLine(file, () => ++now);

it('lets nobody go before who has stood in line longer, and leaves nothing behind', () => {
  const [first, second, third] = [line(), line(), line()];
  expect(third.isOurTurn()).toBe(true);
  first.stand();
  second.stand();
  expect([first, second, third].map((it) => it.isOurTurn())).toEqual([true, false, false]);
  first.leave();
  // Whose turn it was goes on for a moment; the others see who is first now.
  expect([second, third].map((it) => it.isOurTurn())).toEqual([true, false]);
  second.leave();
  expect(third.isOurTurn()).toBe(true);
  expect(existsSync(`${file}-line`)).toBe(false);
});

it('passes over a process that has died in line', async () => {
  const [dead, next] = [line(), line()];
  dead.stand();
  next.stand();
  expect(next.isOurTurn()).toBe(false);
  const [place = ''] = await readdir(`${file}-line`);
  const long = new Date(Date.now() - 60_000);
  await utimes(join(`${file}-line`, place), long, long);
  expect(next.isOurTurn()).toBe(true);
});

it('does without a line that cannot be written', async () => {
  await writeFile(`${file}-line`, 'not a folder');
  const [first, second] = [line(), line()];
  first.stand();
  expect([first, second].map((it) => it.isOurTurn())).toEqual([true, true]);
  first.leave();
});
