import { type Loaded, load } from '@chirograph/contract/load';
import type { Settings } from '../config/read-config.ts';
import { readerFor } from '../files/reader-for.ts';

/** Loads the contracts at the paths that a user typed, or those of the config. */
export function openWorkspace(settings: Settings, cwd: string, paths: readonly string[] = []): Loaded {
  return load(readerFor(settings, cwd, paths));
}
