import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { expect, it } from 'vitest';

const read = (file: string) => JSON.parse(readFileSync(file, 'utf8'));
const lock = read('package-lock.json').packages as Record<
  string,
  { bin?: Record<string, string>; optional?: boolean }
>;

/** `npm ci` links commands as the lock says and does not look whether the manifest says the same. */
it.each(read('package.json').workspaces as string[])('the lock knows the commands of %s', (folder) => {
  const { bin = {} } = read(`${folder}/package.json`) as { bin?: Record<string, string> };
  const stated = Object.entries(bin).map(([name, file]) => [name, posix.normalize(file)]);
  expect(lock[folder]?.bin ?? {}).toEqual(Object.fromEntries(stated));
});

it('the lock holds the binaries of every platform, not only of the one it was made on', () => {
  const platforms = Object.keys(lock).filter((path) => path.startsWith('node_modules/@biomejs/cli-'));
  expect(platforms.length).toBeGreaterThan(4);
});
