import { type Loaded, type LoadMemo, load } from '@chirograph/contract/load';
import type { Settings } from '../config/read-config.ts';
import { readerFor } from '../files/reader-for.ts';

/**
 * Loads the contracts at the paths that a user typed, or those of the config.
 * @param memo of the time before, where the same paths are opened again and again
 */
export function openWorkspace(
  settings: Settings,
  cwd: string,
  paths: readonly string[] = [],
  memo?: LoadMemo,
): Loaded {
  return load(readerFor(settings, cwd, paths), memo);
}
