import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

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
  /** Files in the way that the tool did not write, or that somebody has edited since. */
  readonly foreign: readonly string[];
}

export type FileChange =
  | { readonly kind: 'create'; readonly path: string; readonly text: string }
  | { readonly kind: 'update'; readonly path: string; readonly text: string; readonly former: string }
  | { readonly kind: 'delete'; readonly path: string; readonly former: string };

/** Where the tool remembers which files of a folder are its own: path to SHA-256 of what it wrote. */
export const MANIFEST = '.chirograph.json';

export type Manifest = Readonly<Record<string, string>>;

/** Compares an output folder with what it should hold. */
export function planFor(folder: string, wanted: readonly WantedFile[]): Plan {
  const manifest = readManifest(folder);
  const changes: FileChange[] = [];
  const foreign: string[] = [];
  let unchanged = 0;
  for (const { path, text } of wanted) {
    const former = readText(join(folder, path));
    if (former === text) unchanged += 1;
    else if (former === undefined) changes.push({ kind: 'create', path, text });
    else if (manifest[path] === undefined) foreign.push(path);
    else changes.push({ kind: 'update', path, text, former });
  }
  const kept = new Set(wanted.map(({ path }) => path));
  for (const path of Object.keys(manifest)) {
    const former = kept.has(path) ? undefined : readText(join(folder, path));
    if (former !== undefined) changes.push({ kind: 'delete', path, former });
  }
  return { changes: changes.sort((a, b) => (a.path < b.path ? -1 : 1)), unchanged, foreign };
}

/** The manifest of a folder that holds these files. */
export function manifestOf(files: readonly WantedFile[]): Manifest {
  return Object.fromEntries(
    files.map(({ path, text }) => [path, hashOf(text)]).sort(([a = ''], [b = '']) => (a < b ? -1 : 1)),
  );
}

export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function readManifest(folder: string): Manifest {
  const text = readText(join(folder, MANIFEST));
  return text === undefined ? {} : (JSON.parse(text) as { files: Manifest }).files;
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
