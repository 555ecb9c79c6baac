import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { PeoplePage } from '@chirograph/catalog';
import { CommandError } from '../exit.ts';

/** Where people's own pages are looked for when nobody says. */
export const PAGES = 'catalog-pages';

/**
 * The markdown files of a folder, sorted by name. None where nobody named the folder and there is none.
 * @param given what somebody named
 */
export function peoplePages(root: string, cwd: string, given: unknown): PeoplePage[] {
  const folder = typeof given === 'string' ? resolve(cwd, given) : join(root, PAGES);
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    if (typeof given === 'string') throw new CommandError(`there is no folder of pages at ${given}`);
    return [];
  }
  return readdirSync(folder)
    .filter((it) => /\.md$/i.test(it))
    .sort()
    .map((file) => ({ name: file.slice(0, -3), text: readFileSync(join(folder, file), 'utf8') }));
}
