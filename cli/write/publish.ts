import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { removeEmptyFolders } from './apply.ts';
import { MANIFEST, manifestText, ownFiles, type WantedFile } from './plan.ts';

/** What became of a folder. */
export interface Published {
  readonly files: number;
  readonly bytes: number;
  readonly written: number;
  readonly removed: number;
  /** Files in the way that the tool did not write. Where there are any, nothing was changed. */
  readonly foreign: readonly string[];
}

/**
 * Brings a folder up to date with files that come one after the other, as a whole or not at all: what is new is written
 * beside the folder's files while they come, and moved into place in the end. A file that is as it should be is not
 * touched. Thousands of files are never in memory at once.
 */
export function publish(folder: string, wanted: Iterable<WantedFile>): Published {
  const own = ownFiles(folder);
  mkdirSync(folder, { recursive: true });
  const staging = mkdtempSync(join(folder, '.chirograph-'));
  const undo: (() => void)[] = [];
  const known = new Set<string>();
  const staged: string[] = [];
  const foreign: string[] = [];
  let bytes = 0;
  try {
    for (const { path, text } of wanted) {
      const file = join(folder, path);
      known.add(path);
      bytes += Buffer.byteLength(text);
      const former = textOf(file);
      if (former === text) continue;
      if (former !== undefined && !own.has(path)) foreign.push(path);
      stage(staging, path, text);
      staged.push(path);
    }
    if (foreign.length > 0) return { files: known.size, bytes, written: 0, removed: 0, foreign };
    const removed = [...own].filter((path) => !known.has(path) && existsSync(join(folder, path)));
    const manifest = manifestText([...known].sort());
    const isManifestNew = textOf(join(folder, MANIFEST)) !== manifest;
    if (isManifestNew) stage(staging, MANIFEST, manifest);
    const moved = isManifestNew ? [...staged, MANIFEST] : staged;
    for (const path of [...moved, ...removed]) {
      if (existsSync(join(folder, path))) move(join(folder, path), join(staging, 'former', path), undo);
    }
    for (const path of moved) move(join(staging, 'new', path), join(folder, path), undo);
    undo.length = 0;
    for (const path of removed) removeEmptyFolders(folder, path);
    return { files: known.size, bytes, written: staged.length, removed: removed.length, foreign };
  } finally {
    for (const step of undo.reverse()) step();
    rmSync(staging, { recursive: true, force: true });
  }
}

function stage(staging: string, path: string, text: string): void {
  const file = join(staging, 'new', path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function move(from: string, to: string, undo: (() => void)[]): void {
  mkdirSync(dirname(to), { recursive: true });
  renameSync(from, to);
  undo.push(() => renameSync(to, from));
}

/** Undefined where there is no file; a folder in a file's place is nobody's text. */
function textOf(file: string): string | undefined {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found) return undefined;
  return found.isFile() ? readFileSync(file, 'utf8') : '';
}
