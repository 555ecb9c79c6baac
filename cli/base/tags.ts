import { spawnSync } from 'node:child_process';
import type { Settings } from '../config/read-config.ts';
import { Failure } from '../exit.ts';

/** The tags that HEAD descends from and that the config calls releases, the newest first. */
export function tagsBefore({ root, compat }: Settings): string[] {
  const args = ['tag', '--list', compat.tags, '--merged', 'HEAD', '--sort=-creatordate'];
  const { status, stdout, stderr } = spawnSync('git', args, { cwd: root, encoding: 'utf8' });
  if (status === 0) return stdout.split('\n').filter((it) => it !== '');
  throw new Failure(
    `cannot list the tags that a transitive mode looks back through: ${stderr.trim()}`,
    'In a shallow clone, fetch them first: git fetch --tags --unshallow',
  );
}
