import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';

/** What the README tells a newcomer to type, typed: its files are taken from its own text. */
mkdirSync('.chirograph', { recursive: true });
const folder = mkdtempSync('.chirograph/readme-');
afterAll(() => rmSync(folder, { recursive: true }));

const run = (command: string, ...args: readonly string[]) => {
  const bin = join(process.cwd(), 'node_modules/.bin', command);
  const { stdout, stderr, status } = spawnSync(bin, args, { cwd: folder, encoding: 'utf8' });
  return { output: stdout + stderr, status };
};

it('leads to a first event', { timeout: 60_000 }, () => {
  const blocks = readFileSync('README.md', 'utf8').matchAll(/```\w+ file=(\S+)\n([\s\S]*?)```/g);
  for (const [, path = '', text = ''] of blocks) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  writeFileSync(
    join(folder, 'tsconfig.json'),
    '{ "extends": "../../tsconfig.json", "include": ["**/*.ts"], "exclude": [] }',
  );

  expect(run('chirograph', 'validate')).toMatchObject({
    output: expect.stringMatching(/^clean: 2 files/),
    status: 0,
  });
  expect(run('chirograph', 'generate')).toMatchObject({ status: 0 });
  expect(run('tsc', '--noEmit')).toEqual({ output: '', status: 0 });
  expect(run('node', 'hello.ts')).toMatchObject({
    output: expect.stringMatching(/^Ada came at 20/),
    status: 0,
  });

  cpSync(join(folder, 'specs'), join(folder, 'base'), { recursive: true });
  const greeter = join(folder, 'specs/greetings/greeter.asyncapi.yaml');
  writeFileSync(greeter, readFileSync(greeter, 'utf8').replace('version, time, name]', 'version, time]'));
  const shown = /```text compat\n([\s\S]*?)```/.exec(readFileSync('README.md', 'utf8'))?.[1] ?? 'nothing';
  expect(run('chirograph', 'compat', '--against', 'base')).toMatchObject({
    output: expect.stringContaining(shown),
    status: 1,
  });
});
