import type { Reader } from '@chirograph/contract/load';
import { folderOf, keyOf, type Neighbour } from '../config/neighbour.ts';
import type { Settings } from '../config/read-config.ts';
import { CommandError } from '../exit.ts';
import { LOCK_FILE, readNeighbourLock } from '../remote/lock-file.ts';
import { type Found, fetchRepository, readFolder, readStored, store } from './fetch-neighbour.ts';
import { integrityOfFiles, type NeighbourFiles } from './neighbour-files.ts';

/**
 * The contracts of all neighbours as they are pinned, by the files that they seem to be. Of a repository that was fetched
 * before nothing is asked. Throws a CommandError where one is not pinned, not there, or not what is pinned: who reads what would
 * be told from other contracts than those that were looked at.
 */
export function openNeighbours({ root, neighbours }: Pick<Settings, 'root' | 'neighbours'>): NeighbourFiles {
  const all = new Map<string, string>();
  if (neighbours.length === 0) return all;
  const lock = readNeighbourLock(root);
  for (const neighbour of neighbours) {
    const pinned = lock[keyOf(neighbour)];
    if (!pinned)
      throw new CommandError(
        `the neighbour ${neighbour.name} (${keyOf(neighbour)}) is not pinned in ${LOCK_FILE}`,
        'Pin what it holds now: chirograph neighbours --update, and commit the file.',
      );
    const found = pinnedFiles(root, neighbour, pinned);
    if (found.kind === 'failed') throw unavailable(neighbour, found.reason);
    const integrity = integrityOfFiles(found.files);
    if (integrity !== pinned.integrity) throw changed(neighbour, pinned.integrity, integrity);
    for (const [file, text] of placed(neighbour, found.files)) all.set(file, text);
  }
  return all;
}

function pinnedFiles(
  root: string,
  neighbour: Neighbour,
  { integrity, commit }: { readonly integrity: string; readonly commit?: string },
): Found {
  if (neighbour.kind === 'folder') return readFolder(root, neighbour.from);
  const stored = readStored(root, integrity);
  if (stored) return { kind: 'files', files: stored };
  const found = fetchRepository(root, neighbour, commit);
  if (found.kind === 'files' && integrityOfFiles(found.files) === integrity) store(root, found.files);
  return found;
}

function unavailable({ name, ...neighbour }: Neighbour, reason: string): CommandError {
  return new CommandError(
    `the neighbour ${name} cannot be read: ${reason}`,
    neighbour.kind === 'git'
      ? `It is at ${neighbour.git}, and was not fetched before. Where there is no network, keep .chirograph/cache between runs.`
      : `It is expected at ${neighbour.from}, seen from the config: is a submodule not checked out?`,
  );
}

function changed({ name }: Neighbour, locked: string, found: string): CommandError {
  return new CommandError(
    `the neighbour ${name} is not what ${LOCK_FILE} pins: locked ${locked}, found ${found}`,
    'If the change is meant: chirograph neighbours --update, and commit the file.',
  );
}

/** The files of a neighbour where they seem to stand. */
function* placed(neighbour: Neighbour, files: NeighbourFiles): Iterable<readonly [string, string]> {
  for (const [path, text] of files)
    yield [neighbour.kind === 'folder' ? path : `${folderOf(neighbour)}/${path}`, text];
}

/** A reader of what another has, and of the neighbours. */
export function withNeighbours(settings: Settings, reader: Reader): Reader {
  const files = openNeighbours(settings);
  if (files.size === 0) return reader;
  const { stamp } = reader;
  return {
    ...reader,
    entries: [...new Set([...reader.entries, ...files.keys()])].sort(),
    read: (file) => files.get(file) ?? reader.read(file),
    ...(stamp && { stamp: (file: string) => (files.has(file) ? undefined : stamp.call(reader, file)) }),
  };
}
