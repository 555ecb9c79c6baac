import type { Diagnostic } from '@chirograph/contract/diagnostics';
import type { Loaded, LoadMemo } from '@chirograph/contract/load';
import { type Message, messagesOf, type Workspace, withNeighbours } from '@chirograph/contract/model';
import { type Location, reachableSchemas } from '@chirograph/schema';
import { folderOf, isOfNeighbour, neighbourOfFile } from '../config/neighbour.ts';
import type { Settings } from '../config/read-config.ts';
import { readerFor } from '../files/reader-for.ts';
import type { Io } from '../terminal/io.ts';
import type { Values } from '../terminal/values.ts';
import { checkNames } from './check-names.ts';
import { estateOpener } from './open-workspace.ts';

/** Our contracts, with those of neighbours in domains of their own. */
export interface Neighbourhood extends Omit<Loaded, 'diagnostics'> {
  /** What is wrong with our own contracts, and with what of a neighbour's they send or receive. */
  readonly diagnostics: readonly Diagnostic[];
  /** The errors in what else neighbours have: not ours to fix, and none of our messages rests on it. */
  readonly aside: readonly Diagnostic[];
}

/** Loads the contracts of the config for all that is made of them: code, mocks, a catalog. */
export async function openNeighbourhood(
  settings: Settings,
  values: Values,
  io: Io,
  memo?: LoadMemo,
): Promise<Neighbourhood> {
  const open = await estateOpener(settings, values, io);
  const loaded = await open(readerFor(settings, io.cwd, []), memo);
  checkNames(settings, [loaded.workspace]);
  return neighbourhoodOf(settings, loaded);
}

/** The same of contracts that are loaded already, in whatever state. */
export function neighbourhoodOf(settings: Settings, loaded: Loaded): Neighbourhood {
  if (settings.neighbours.length === 0) return { ...loaded, aside: [] };
  const workspace = withNeighbours(loaded.workspace, (file) => {
    const neighbour = neighbourOfFile(settings, file);
    return neighbour && { name: neighbour.name, folder: folderOf(neighbour) };
  });
  const isOurs = concernsUs(settings, workspace);
  return {
    ...loaded,
    workspace,
    diagnostics: loaded.diagnostics.filter(isOurs),
    aside: loaded.diagnostics.filter((it) => it.severity === 'error' && !isOurs(it)),
  };
}

/** Whether a diagnostic is about our own contracts, or about a part of a neighbour's that our services' messages rest on. */
export function concernsUs(settings: Settings, workspace: Workspace): (it: Diagnostic) => boolean {
  if (settings.neighbours.length === 0) return () => true;
  const own = workspace.services.filter((it) => !isOfNeighbour(settings, it.at.file));
  const messages = own.flatMap(({ id }) => [
    ...messagesOf(workspace, id, 'send'),
    ...messagesOf(workspace, id, 'receive'),
  ]);
  const isReached = reachOf(workspace, messages);
  return ({ at }) => !isOfNeighbour(settings, at.file) || isReached(at);
}

/** Whether a place is in one of the messages, or in a schema that they lead to. */
export function reachOf(workspace: Workspace, messages: readonly Message[]): (at: Location) => boolean {
  return within([...messages.flatMap(placesOf), ...schemasOf(workspace, messages)]);
}

/** Where a message is written, its traits among it. */
export function placesOf({ at, layers = [] }: Message): Location[] {
  return [at, ...layers.map((it) => it.at)];
}

/** Where the schemas are written that messages lead to. */
export function schemasOf(workspace: Workspace, messages: readonly Message[]): Location[] {
  return messages.flatMap(({ payload, headers }) =>
    [payload, headers].flatMap((root) =>
      root === undefined || !workspace.schemas[root]
        ? []
        : reachableSchemas(workspace, root).flatMap((id) => workspace.schemas[id]?.at ?? []),
    ),
  );
}

/** Whether a place is one of those, or below. */
export function within(places: readonly Location[]): (at: Location) => boolean {
  const byFile = Map.groupBy(places, (it) => it.file);
  return ({ file, pointer }) =>
    (byFile.get(file) ?? []).some((it) => `${pointer}/`.startsWith(`${it.pointer}/`));
}
