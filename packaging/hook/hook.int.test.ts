import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';

const scratch = mkdtempSync(join(tmpdir(), 'chirograph-hook-'));
afterAll(() => rmSync(scratch, { recursive: true }));

/** What pre-commit does for `language: node` (pre_commit/languages/node.py): install in a clone, pack, install what was packed. */
it('the hook is installed as pre-commit installs it', { timeout: 600_000 }, () => {
  const clone = join(scratch, 'clone');
  const run = (command: string, args: readonly string[], cwd: string) =>
    execFileSync(command, args, { cwd, encoding: 'utf8', stdio: 'pipe' });
  run('git', ['clone', '--quiet', join(import.meta.dirname, '../..'), clone], scratch);
  const how = ['--include=dev', '--include=prod', '--ignore-prepublish', '--no-progress', '--no-save'];
  run('npm', ['install', ...how], clone);
  const packed = join(clone, run('npm', ['pack'], clone).trim());
  run('npm', ['install', '-g', '--prefix', join(scratch, 'env'), packed], scratch);
  const chirograph = join(scratch, 'env/bin/chirograph');
  expect(run(chirograph, ['validate', 'specs/loyalty'], clone)).toMatch(/^clean/);
  expect(run(chirograph, ['compat', '--against', 'HEAD'], clone)).toMatch(/^no change/);
});
