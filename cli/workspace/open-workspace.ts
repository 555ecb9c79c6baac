import { type Loaded, type LoadMemo, load, type Reader } from '@chirograph/contract/load';
import type { Base } from '../base/base.ts';
import type { Settings } from '../config/read-config.ts';
import { inPerspective } from '../files/perspective.ts';
import { readerFor } from '../files/reader-for.ts';
import type { Open } from '../files/scope.ts';
import type { Io } from '../terminal/io.ts';
import type { Values } from '../terminal/values.ts';
import { checkNames } from './check-names.ts';

/**
 * The workspace of a run: the contracts that a user means, as they are now and as they were, and what came of holding one
 * against the other.
 */

/**
 * Loads the contracts at the paths that a user typed, or those of the config.
 * @param memo of the time before, where the same paths are opened again and again
 */
export async function openWorkspace(
  settings: Settings,
  values: Values,
  io: Io,
  paths: readonly string[] = [],
  memo?: LoadMemo,
): Promise<Loaded> {
  const loaded = await opener(settings, values, io)(readerFor(settings, io.cwd, paths), memo);
  if (paths.length === 0) checkNames(settings, [loaded.workspace]);
  return loaded;
}

/** The same with the contracts of neighbours, for all that is about who sends and receives what. */
export async function openEstate(
  settings: Settings,
  values: Values,
  io: Io,
  paths: readonly string[] = [],
): Promise<Loaded> {
  const open = await estateOpener(settings, values, io);
  const loaded = await open(readerFor(settings, io.cwd, paths));
  if (paths.length === 0) checkNames(settings, [loaded.workspace]);
  return loaded;
}

/** Like {@link opener}, with the contracts of neighbours: today's, whichever state is opened, for they do not change here. */
export async function estateOpener(settings: Settings, values: Values, io: Io, base?: Base): Promise<Open> {
  const open = opener(settings, values, io, base);
  if (settings.neighbours.length === 0) return open;
  const { withNeighbours } = await import('../neighbours/open-neighbours.ts');
  return async (reader, memo) => open(withNeighbours(settings, reader), memo);
}

/** The same with the contracts of neighbours. */
export async function openEstateOf(base: Base, settings: Settings, values: Values, io: Io): Promise<Loaded> {
  const open = await estateOpener(settings, values, io, base);
  return open(base.reader);
}

/** How a run loads what a reader has: with what that refers to on the network, where that is followed, which is pinned. */
export function opener(settings: Settings, values: Values, io: Io, base?: Base): Open {
  const followsRemote = values.remote === true || values.updateRemote === true || settings.remote !== false;
  const seen = (reader: Reader) => inPerspective(settings, reader);
  if (!followsRemote) return async (reader, memo) => load(seen(reader), memo);
  const source = import('../remote/source-for.ts').then((it) => it.sourceFor(settings, values, io, base));
  return async (reader: Reader, memo?: LoadMemo) => {
    const { loadWhole } = await import('../remote/load-whole.ts');
    const { saveLock } = await import('../remote/remote-source.ts');
    const loaded = await loadWhole(seen(reader), await source, memo);
    if (!base) saveLock(settings.root, (await source).takeChanges(), io.err);
    return loaded;
  };
}
