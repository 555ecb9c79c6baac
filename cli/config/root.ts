import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

/** The nearest folder, here or above, that a git repository stands in. */
export function repositoryOf(folder: string): string | undefined {
  for (let here = folder; ; here = dirname(here)) {
    if (existsSync(join(here, '.git'))) return here;
    if (here === dirname(here)) return undefined;
  }
}

/**
 * The folder that a run works in: the one given, unless a path that the user named lies outside of it; then the
 * repository of those paths, or the folder that holds them all.
 */
export function rootFor(root: string, cwd: string, paths: readonly string[]): string {
  const absolute = paths.map((path) => resolve(cwd, path));
  if (absolute.every((path) => isWithin(root, path))) return root;
  const shared = absolute.map(dirname).reduce((a, b) => (isWithin(a, b) ? a : sharedFolder(a, b)));
  return repositoryOf(shared) ?? shared;
}

function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && resolve(folder, way) === path;
}

function sharedFolder(a: string, b: string): string {
  let folder = a;
  while (!isWithin(folder, b)) folder = dirname(folder);
  return folder;
}
