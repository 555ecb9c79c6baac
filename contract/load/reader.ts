import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/**
 * Loading turns files into a workspace. A reader is the only thing that knows where files come from; the rest is a
 * function of their texts.
 */
export interface Reader {
  /** The files to begin with, relative to the root, with forward slashes, sorted. References may lead to others. */
  readonly entries: readonly string[];
  /** Those entries that a user named one by one. */
  readonly named?: readonly string[];
  /** The text of a file of the workspace, undefined where there is none. Throws when it exists but cannot be read. */
  read(file: string): string | undefined;
}

/** A workspace that exists in memory: for tests and for texts that come from elsewhere. */
export function memoryReader(files: Readonly<Record<string, string>>): Reader {
  return { entries: Object.keys(files).sort(), read: (file) => files[file] };
}

/**
 * A workspace on disk.
 * @param root the folder that file names are relative to
 * @param paths files and folders to begin with, relative to the root
 */
export function folderReader(root: string, paths: readonly string[]): Reader {
  const entries = new Set(paths.flatMap((path) => filesBelow(root, path)));
  return {
    entries: [...entries].sort(),
    read: (file) => {
      try {
        return readFileSync(join(root, file), 'utf8');
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
  };
}

/** True for files that may hold a contract or a part of one. */
export function isDocument(file: string): boolean {
  return /\.(ya?ml|json)$/.test(file);
}

function filesBelow(root: string, path: string): string[] {
  const absolute = join(root, path);
  const file = relative(root, absolute).split(sep).join('/');
  if (!statSync(absolute).isDirectory()) return [file];
  return readdirSync(absolute, { withFileTypes: true })
    .filter((entry) => entry.name !== 'node_modules' && !entry.name.startsWith('.'))
    .flatMap((entry) => {
      if (entry.isDirectory()) return filesBelow(root, join(path, entry.name));
      return isDocument(entry.name) ? [file === '' ? entry.name : `${file}/${entry.name}`] : [];
    });
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
