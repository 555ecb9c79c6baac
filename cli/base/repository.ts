import { spawnSync } from 'node:child_process';

/** The way from the root of the git repository to a folder, `contracts/` for instance; empty at the root or outside one. */
export function repositoryPrefix(folder: string): string {
  const { status, stdout } = spawnSync('git', ['rev-parse', '--show-prefix'], {
    cwd: folder,
    encoding: 'utf8',
  });
  return status === 0 ? stdout.trimEnd() : '';
}

/** Whether git knows a commit by this name. */
export function isRevision(folder: string, name: string): boolean {
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`];
  return spawnSync('git', args, { cwd: folder }).status === 0;
}
