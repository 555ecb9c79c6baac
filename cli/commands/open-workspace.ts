import { type Loaded, type LoadMemo, load, type Reader } from '@chirograph/contract/load';
import type { Base } from '../base/base.ts';
import type { Settings } from '../config/read-config.ts';
import { readerFor } from '../files/reader-for.ts';
import type { Io } from '../terminal/io.ts';
import type { Values } from './command.ts';

/**
 * Loads the contracts at the paths that a user typed, or those of the config.
 * @param stdin the text of standard input, where it is one of the paths
 * @param memo of the time before, where the same paths are opened again and again
 */
export function openWorkspace(
  settings: Settings,
  values: Values,
  io: Io,
  paths: readonly string[] = [],
  stdin?: string,
  memo?: LoadMemo,
): Promise<Loaded> {
  return openReader(readerFor(settings, io.cwd, paths, stdin), settings, values, io, { memo });
}

/** Loads a former state; what it refers to on the network is read as it was then, as far as that was pinned. */
export function openState(base: Base, settings: Settings, values: Values, io: Io): Promise<Loaded> {
  return openReader(base.reader, settings, values, io, { base });
}

async function openReader(
  reader: Reader,
  settings: Settings,
  values: Values,
  io: Io,
  { base, memo }: { readonly base?: Base; readonly memo?: LoadMemo | undefined },
): Promise<Loaded> {
  if (values.remote !== true && values.updateRemote !== true && settings.remote === false)
    return load(reader, memo);
  const { sourceFor } = await import('../remote/source-for.ts');
  const { loadWhole } = await import('../remote/load-whole.ts');
  const { saveLock } = await import('../remote/remote-source.ts');
  const source = sourceFor(settings, values, io, base);
  const loaded = await loadWhole(reader, source, memo);
  if (!base) saveLock(settings.root, source.changes(), io.err);
  return loaded;
}
