import { existsSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Loaded, LoadMemo } from '@chirograph/contract/load';
import type { Reader } from '@chirograph/contract/load/reader';
import type { Settings } from '../config/read-config.ts';
import { rootFor } from '../config/root.ts';
import { isGlob } from './glob.ts';
import { readerFor } from './reader-for.ts';
import type { Stdin } from './stdin.ts';

/** What a run has loaded, and which files of it the user asked about. */
export interface Scope {
  readonly loaded: Loaded;
  /** The files asked about and those that they refer to; undefined for all. */
  readonly files?: ReadonlySet<string>;
  /** All that the config means is loaded. */
  readonly isWhole: boolean;
}

/** How what a reader has is loaded. */
export type Open = (reader: Reader, memo?: LoadMemo) => Promise<Loaded>;

/**
 * Loads what a user asked about, and the whole workspace around it: whether anybody sends a message cannot be told from
 * the one document that receives it. Files outside of the workspace are a workspace of their own.
 * @param memo of the time before, where the same paths are opened again and again
 */
export async function openScope(
  settings: Settings,
  cwd: string,
  paths: readonly string[],
  open: Open,
  stdin?: Stdin,
  memo?: LoadMemo,
): Promise<Scope> {
  if (paths.length === 0) return { loaded: await open(readerFor(settings, cwd, paths), memo), isWhole: true };
  const around = workspaceAround(settings, cwd, paths);
  const asked = readerFor(settings, cwd, paths, stdin && placed(stdin, settings, cwd, around));
  const isPart = stdin !== undefined || asked.entries.some((file) => around?.entries.includes(file));
  const isAll = around?.entries.every((file) => asked.entries.includes(file)) === true;
  if (!around || !isPart || isAll) return { loaded: await open(asked, memo), isWhole: isAll };

  const own = await open(asked);
  const files = new Set([
    ...asked.entries,
    ...Object.keys(own.workspace.sources),
    ...own.diagnostics.map(({ at }) => at.file),
  ]);
  return { loaded: await open(together(asked, around), memo), files, isWhole: true };
}

/** The files of the config; none where there are none, or where a path leads out of the config's root. */
function workspaceAround(settings: Settings, cwd: string, paths: readonly string[]): Reader | undefined {
  const { root, specs } = settings;
  const typed = paths.filter((path) => path !== '-');
  const isWithin = rootFor(root, cwd, typed.length > 0 ? typed : [cwd]) === root;
  const isThere = specs.every((path) => isGlob(path) || existsSync(join(root, path)));
  return isWithin && isThere ? readerFor(settings, root, []) : undefined;
}

/** Parts of the workspace that are no documents themselves, such as shared schemas, may be named as well. */
function together(asked: Reader, around: Reader): Reader {
  const known = new Set(around.entries);
  return {
    ...asked,
    entries: [...new Set([...asked.entries, ...around.entries])].sort(),
    named: (asked.named ?? []).filter((file) => !known.has(file)),
  };
}

/**
 * Text with the file that it stands for: the one that the user named, else the document of the current folder that has
 * its title, so that it does not contradict the file that it was read from.
 */
function placed(stdin: Stdin, { root }: Settings, cwd: string, around: Reader | undefined): Stdin {
  const title = titleIn(stdin.text);
  if (stdin.file !== undefined || !around || title === undefined) return stdin;
  const way = relative(root, cwd).split(sep).join('/');
  const folder = way === '' ? '' : `${way}/`;
  const twin = around.entries.find(
    (file) =>
      file.startsWith(folder) &&
      !file.slice(folder.length).includes('/') &&
      titleIn(around.read(file) ?? '') === title,
  );
  return twin === undefined ? stdin : { ...stdin, file: twin.slice(folder.length) };
}

function titleIn(text: string): string | undefined {
  const [, title] = /^\s*(?:info:\s*\{\s*)?['"]?title['"]?\s*:\s*(.*?)\s*,?\s*$/m.exec(text) ?? [];
  return title;
}
