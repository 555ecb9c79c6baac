import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isInside } from '@chirograph/generators';

/**
 * Writing: the only place where the tool changes files. What is to be done is worked out first, as data; then it is
 * done as a whole or not at all.
 */

/** A file as it should be. `path` is relative to the output folder. */
export interface WantedFile {
  readonly path: string;
  readonly text: string;
}

/** What stands between the output folder and what it should hold. */
export interface Plan {
  readonly changes: readonly FileChange[];
  readonly unchanged: number;
  /** Files in the way that the tool did not write. */
  readonly foreign: readonly string[];
  /** All that the folder should hold, sorted. */
  readonly files: readonly string[];
}

export type FileChange =
  | { readonly kind: 'create'; readonly path: string; readonly text: string }
  | { readonly kind: 'update'; readonly path: string; readonly text: string; readonly former: string }
  | { readonly kind: 'delete'; readonly path: string; readonly former: string };

/**
 * Where the tool remembers which files of a folder are its own: a path on each line. Two branches that both generate
 * can be merged: markers of a conflict name no file, and what no contract asks for any more is removed with the next run.
 */
export const MANIFEST = '.chirograph-files';

/**
 * Compares an output folder with what it should hold.
 * @param standing files that are known to be there already, as they should be
 */
export function planFor(
  folder: string,
  wanted: readonly WantedFile[],
  standing: readonly string[] = [],
): Plan {
  const manifest = ownFiles(folder);
  const changes: FileChange[] = [];
  const foreign = new Set<string>();
  let unchanged = standing.length;
  for (const { path, text } of wanted) {
    const former = readText(join(folder, path));
    if (former === text) unchanged += 1;
    else if (former === undefined) {
      const above = foreignAbove(folder, path, manifest);
      if (above === undefined) changes.push({ kind: 'create', path, text });
      else foreign.add(above);
    } else if (former === FOLDER || !manifest.has(path)) foreign.add(path);
    else changes.push({ kind: 'update', path, text, former });
  }
  const kept = new Set([...standing, ...wanted.map(({ path }) => path)]);
  for (const path of manifest) {
    const former = kept.has(path) ? undefined : readText(join(folder, path));
    if (former !== undefined && former !== FOLDER) changes.push({ kind: 'delete', path, former });
  }
  return {
    changes: changes.sort((a, b) => (a.path < b.path ? -1 : 1)),
    unchanged,
    foreign: [...foreign],
    files: [...kept].sort(),
  };
}

/** The text of the manifest of a folder that holds these files. */
export function manifestOf({ files }: Plan): string {
  return manifestText(files);
}

export function manifestText(files: readonly string[]): string {
  return `# The files in this folder that chirograph writes, and may remove.\n${files.map((it) => `${it}\n`).join('')}`;
}

/** What leads out of the folder was not written by the tool, no matter who put it there. */
export function ownFiles(folder: string): ReadonlySet<string> {
  const text = readText(join(folder, MANIFEST));
  const rows = typeof text === 'string' ? text.split(/\r?\n/) : [];
  return new Set(rows.filter((row) => isInside(row) && !/^(#|<{7}|={7}|>{7}|\|{7})/.test(row)));
}

const FOLDER = Symbol('folder');

/** Undefined where there is no file. */
function readText(file: string): string | typeof FOLDER | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    if (code === 'EISDIR') return FOLDER;
    throw error;
  }
}

/** A file that is not ours where a folder is to be. */
function foreignAbove(folder: string, path: string, manifest: ReadonlySet<string>): string | undefined {
  const above = dirname(path);
  if (above === '.') return undefined;
  const isFile = statSync(join(folder, above), { throwIfNoEntry: false })?.isFile() === true;
  return isFile && !manifest.has(above) ? above : foreignAbove(folder, above, manifest);
}
