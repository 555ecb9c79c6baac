import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/**
 * A copy of the repository with what is not committed yet, in a temporary folder: mutations never touch the files that people work on.
 * Packages are links to those of the repository, except its own, which are links into the copy.
 */
export function copyRepository(root: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'chirograph-mutants-'));
  git(tmpdir(), 'clone', '--quiet', '--shared', root, copy);
  for (const file of trackedFiles(root)) {
    if (!existsSync(join(root, file))) rmSync(join(copy, file), { force: true });
    else {
      mkdirSync(dirname(join(copy, file)), { recursive: true });
      copyFileSync(join(root, file), join(copy, file));
    }
  }
  linkPackages(join(root, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

/** The files that Git knows or would take, as paths from the root. */
export function trackedFiles(root: string): string[] {
  return git(root, 'ls-files', '--cached', '--others', '--exclude-standard', '-z')
    .split('\0')
    .filter(Boolean);
}

function linkPackages(from: string, to: string): void {
  mkdirSync(join(to, '@chirograph'), { recursive: true });
  for (const name of readdirSync(from)) {
    if (name === '@chirograph' || name === 'chirograph' || name.startsWith('.vite')) continue;
    symlinkSync(join(from, name), join(to, name));
  }
  for (const name of readdirSync(join(from, '@chirograph'))) {
    symlinkSync(join('../..', name), join(to, '@chirograph', name));
  }
  symlinkSync('../cli', join(to, 'chirograph'));
}

function git(cwd: string, ...args: readonly string[]): string {
  return execFileSync('git', args, { cwd, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
}
