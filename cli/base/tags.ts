import { gitReason, runGit } from '@chirograph/contract/load';
import type { Settings } from '../config/read-config.ts';
import { CommandError } from '../exit.ts';
import { isShallow } from './repository.ts';

/**
 * The tags that HEAD descends from and that the config calls releases, the newest first. Fails where there is none, and
 * where the history that they are looked for in is cut off: to look back at nothing is no look back.
 */
export function tagsBefore({ root, compat }: Settings): string[] {
  if (isShallow(root))
    throw new CommandError(
      'a transitive mode looks back through the releases, and this clone is shallow: it does not have them all',
      'Fetch the tags and the history first: git fetch --tags --unshallow',
    );
  const tags = runGit(root, ['tag', '--list', compat.tags, '--merged', 'HEAD', '--sort=-creatordate']);
  if (tags.status !== 0)
    throw new CommandError(
      `cannot list the releases that a transitive mode looks back through: ${gitReason(tags)}`,
    );
  const names = tags.stdout.toString('utf8').split('\n').filter(Boolean);
  if (names.length > 0) return names;
  throw new CommandError(
    `a transitive mode looks back through the releases, and HEAD descends from no tag that matches \`${compat.tags}\``,
    'Fetch them (git fetch --tags), set `compat.tags` to what releases are called, or say `compat: { versions: [] }` where there is no release yet.',
  );
}
