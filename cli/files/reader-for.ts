import { existsSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { folderReader, type Reader } from '@chirograph/contract/load/reader';
import type { Settings } from '../config/read-config.ts';
import { rootFor } from '../config/root.ts';
import { CommandError } from '../exit.ts';
import { globBase, globToRegExp, isGlob } from './glob.ts';
import type { Stdin } from './stdin.ts';

/** What a text from standard input is called where nobody says. */
const STDIN = 'stdin.yaml';

/**
 * The reader of the files, folders and patterns that a user typed, or of those of the config.
 * @param stdin the text of standard input, which stands in the current folder where it stands for no file; given when
 *   one of the paths is `-`
 */
export function readerFor(settings: Settings, cwd: string, paths: readonly string[], stdin?: Stdin): Reader {
  const typed = paths.filter((path) => path !== '-');
  // What the config names is in its own folder, wherever the command is run.
  const root =
    paths.length === 0 ? settings.root : rootFor(settings.root, cwd, typed.length > 0 ? typed : [cwd]);
  const toRoot = (path: string) => relative(root, resolve(cwd, path)).split(sep).join('/') || '.';
  const chosen = paths.length > 0 ? typed.map(toRoot) : [...settings.specs];
  const reader = folderReader(root, [
    ...new Set(chosen.map((path) => (isGlob(path) ? globBase(path) : path))),
  ]);
  for (const path of chosen) refuseMissing(root, path, reader);

  const matches = chosen.map((path) => (isGlob(path) ? globToRegExp(path) : undefined));
  const isChosen = (file: string) =>
    chosen.some(
      (path, i) => matches[i]?.test(file) ?? (path === '.' || file === path || file.startsWith(`${path}/`)),
    );
  const filtered = { ...reader, entries: reader.entries.filter(isChosen) };
  if (stdin !== undefined) return withText(filtered, toRoot(stdin.file ?? STDIN), stdin.text);
  if (filtered.entries.length > 0) return filtered;
  throw new CommandError(
    `there are no contracts at ${chosen.join(', ')}`,
    'A contract is a .yaml, .yml or .json file. Name others, or set `specs` in chirograph.config.ts.',
  );
}

function refuseMissing(root: string, path: string, reader: Reader): void {
  const found = isGlob(path)
    ? reader.entries.some((file) => globToRegExp(path).test(file))
    : existsSync(join(root, path));
  if (found) return;
  throw new CommandError(
    `there is nothing at ${path}`,
    'Name files or folders of contracts, or set `specs` in chirograph.config.ts.',
  );
}

function withText(reader: Reader, file: string, text: string): Reader {
  return {
    ...reader,
    entries: [...new Set([...reader.entries, file])].sort(),
    named: [...(reader.named ?? []), file],
    read: (it) => (it === file ? text : reader.read(it)),
  };
}
