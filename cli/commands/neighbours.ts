import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keyOf, type Neighbour } from '../config/neighbour.ts';
import { readSettings, type Settings } from '../config/read-config.ts';
import { CommandError, EXIT, type ExitCode } from '../exit.ts';
import { fetchRepository, readFolder, store } from '../neighbours/fetch-neighbour.ts';
import { integrityOfFiles } from '../neighbours/neighbour-files.ts';
import { openNeighbours } from '../neighbours/open-neighbours.ts';
import {
  LOCK_FILE,
  type LockedNeighbour,
  lockText,
  readLock,
  readNeighbourLock,
} from '../remote/lock-file.ts';
import type { Io } from '../terminal/io.ts';
import { visible } from '../terminal/visible.ts';
import { count, table } from '../terminal/words.ts';
import type { Run } from './command.ts';

/**
 * `chirograph neighbours`: the contracts of other repositories that count here, and whether each is what is pinned; 2 where
 * one is not. With `--update`, pins what they hold now.
 */
export const run: Run = async (_, values, io) => {
  const settings = await readSettings(io.cwd, values.config);
  if (settings.neighbours.length === 0)
    throw new CommandError(
      'the config names no neighbours',
      "In chirograph.config.ts: neighbours: [{ from: 'vendor/orders' }, { git: 'https://...', ref: 'main', path: 'specs' }]",
    );
  return values.update === true ? update(settings, io) : show(settings, io);
};

function show(settings: Settings, io: Io): ExitCode {
  const lock = readNeighbourLock(settings.root);
  const rows = settings.neighbours.map((it) => {
    const { state, isGood } = stateOf(settings, it);
    const commit = lock[keyOf(it)]?.commit?.slice(0, 12) ?? '';
    return { row: [it.name, keyOf(it), commit, state], isGood };
  });
  io.out(`${table(rows.map(({ row }) => row.map(visible)))}\n`);
  return rows.every(({ isGood }) => isGood) ? EXIT.clean : EXIT.failure;
}

function stateOf(
  { root }: Settings,
  neighbour: Neighbour,
): { readonly state: string; readonly isGood: boolean } {
  try {
    const files = openNeighbours({ root, neighbours: [neighbour] });
    return { state: `pinned, ${count(files.size, 'file')}`, isGood: true };
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return { state: error.message, isGood: false };
  }
}

/** All or nothing: a lock of which a part is old would pin what nobody looked at together. */
function update({ root, neighbours }: Settings, io: Io): ExitCode {
  const former = readNeighbourLock(root);
  const pinned = neighbours.map((it): readonly [string, LockedNeighbour] => {
    const found = it.kind === 'folder' ? readFolder(root, it.from) : fetchRepository(root, it);
    if (found.kind === 'failed')
      throw new CommandError(
        `the neighbour ${it.name} (${keyOf(it)}) cannot be read: ${found.reason}`,
        'Nothing was pinned.',
      );
    if (it.kind === 'git') store(root, found.files);
    const { commit } = found;
    return [keyOf(it), { integrity: integrityOfFiles(found.files), ...(commit !== undefined && { commit }) }];
  });
  const now = Object.fromEntries(pinned);
  writeFileSync(join(root, LOCK_FILE), lockText(readLock(root) ?? {}, now));
  const keys = [...new Set([...Object.keys(former), ...Object.keys(now)])].sort();
  const told = keys.flatMap((key) => {
    const what = !now[key] ? 'removed' : !former[key] ? 'added' : 'changed';
    return former[key]?.integrity === now[key]?.integrity ? [] : [`${LOCK_FILE}: ${what} ${visible(key)}\n`];
  });
  io.out(told.length > 0 ? told.join('') : `${LOCK_FILE}: no neighbour has changed\n`);
  return EXIT.clean;
}
