import { join } from 'node:path';
import type { Settings } from '../config/read-config.ts';
import type { FolderRun, LastRun } from './cache.ts';
import { hashOf, textAt } from './fingerprint.ts';

/**
 * Whether running again could only give what the last run gave: it read the same texts with the same tool and settings,
 * and what it wrote still stands.
 */
export function isUnchanged(settings: Settings, last: LastRun, entries: readonly string[]): boolean {
  // Notes are told with the places that they are about, for which the contracts are read.
  const hasNotes = Object.values(last.folders).some((it) => it.notes !== undefined);
  if (!last.isComplete || hasNotes) return false;
  return (
    entries.length === last.entries.length &&
    entries.every((it, i) => it === last.entries[i]) &&
    holds(settings.root, last.inputs) &&
    Object.values(last.folders).every((it) => stands(settings, it))
  );
}

/** Whether the files of a folder are as they were written. */
export function stands({ root, output }: Settings, { outputs }: FolderRun): boolean {
  return holds(join(root, output), outputs);
}

function holds(folder: string, hashes: Readonly<Record<string, string>>): boolean {
  return Object.entries(hashes).every(([path, hash]) => {
    const text = textAt(join(folder, path));
    return text !== undefined && hashOf(text) === hash;
  });
}
