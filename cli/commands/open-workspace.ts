import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { folderReader, type Loaded, load } from '@chirograph/contract/load';
import { type Settings, toRoot } from '../config/read-config.ts';
import { Failure } from '../exit.ts';

/** Loads the contracts at the paths that a user typed, or those of the config. */
export function openWorkspace(
  settings: Settings,
  cwd: string,
  paths: readonly string[] = [],
): Loaded & { readonly entries: readonly string[] } {
  const chosen = paths.length > 0 ? paths.map((path) => toRoot(settings, cwd, path)) : settings.specs;
  for (const path of chosen) {
    if (existsSync(join(settings.root, path))) continue;
    throw new Failure(
      `there is nothing at ${path}`,
      'Name files or folders of contracts, or set `specs` in chirograph.config.ts.',
    );
  }
  const reader = folderReader(settings.root, chosen);
  return { ...load(reader), entries: reader.entries };
}
