import { existsSync, statSync, watch as watchFolder } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { isDocument } from '@chirograph/contract/load';
import type { Settings } from '../config/read-config.ts';
import { CommandError, EXIT, type ExitCode, errorText } from '../exit.ts';
import { globBase, isGlob } from '../files/glob.ts';
import { type Watching, watchTree } from '../files/watch-tree.ts';
import type { Io } from '../terminal/io.ts';

/** Editors save in several steps; a change counts when this many milliseconds have passed without another one. */
const SETTLED = 10;

/**
 * Checks once, and again whenever a document at the paths changes, one check after the other, until the command is ended.
 * What changes during a check is checked once after it. A check that fails says so, and the watch goes on.
 */
export async function watch(
  settings: Settings,
  paths: readonly string[],
  io: Io,
  check: () => ExitCode | Promise<ExitCode>,
): Promise<ExitCode> {
  const places = watchedPlaces(settings, paths, io);
  // There is nothing to wait for; the check says what is missing.
  if (!places.every((place) => existsSync(place))) return check();

  let outcome: Promise<ExitCode> = Promise.resolve(EXIT.clean);
  let isDue = false;
  const recheck = () => {
    if (isDue) return;
    isDue = true;
    outcome = outcome.then(() => {
      isDue = false;
      return checked(check, io);
    });
  };
  let timer: NodeJS.Timeout | undefined;
  const changed = () => {
    clearTimeout(timer);
    timer = setTimeout(recheck, SETTLED);
  };
  const ended = Promise.withResolvers<void>();
  // From before the first check on, so that no change falls between the two.
  const failed = (place: string) => (error: Error) =>
    ended.reject(new CommandError(`cannot watch ${place}: ${error.message}`));
  const watchers = places.map((place) => watchPlace(place, changed, failed(place)));
  if (settings.file !== undefined) watchers.push(watchConfig(settings.file, io, failed(settings.file)));
  try {
    recheck();
    await outcome;
    io.err('Watching for changes.\n');
    io.signal?.addEventListener('abort', () => ended.resolve(), { once: true });
    process.once('SIGINT', () => ended.resolve());
    await ended.promise;
  } finally {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  }
  const last = await outcome;
  return io.signal ? last : EXIT.clean;
}

async function checked(check: () => ExitCode | Promise<ExitCode>, io: Io): Promise<ExitCode> {
  try {
    return await check();
  } catch (error) {
    io.err(errorText(error));
    return EXIT.failure;
  }
}

/** The absolute paths of the files and folders to be watched. */
function watchedPlaces(settings: Settings, paths: readonly string[], io: Io): string[] {
  const typed = paths.filter((path) => path !== '-');
  const root = typed.length > 0 ? io.cwd : settings.root;
  const watched = typed.length > 0 ? typed : settings.specs;
  return watched.map((path) => resolve(root, isGlob(path) ? globBase(path) : path));
}

/** A config is read once: what a watch goes by does not change under it, and a change of it is answered with a hint to start again. */
function watchConfig(file: string, io: Io, failed: (error: Error) => void): Watching {
  let isTold = false;
  const changed = () => {
    if (!isTold) io.err(`${basename(file)} has changed: end this watch and start it again to go by it.\n`);
    isTold = true;
  };
  return watchFile(file, changed, failed);
}

/** A file is watched by way of its folder: editors put another file in its place, which no watch would follow. */
function watchPlace(place: string, changed: () => void, failed: (error: Error) => void): Watching {
  if (statSync(place).isFile()) return watchFile(place, changed, failed);
  return watchTree(place, (name) => (name === null || isDocument(name)) && changed(), failed);
}

function watchFile(file: string, changed: () => void, failed: (error: Error) => void): Watching {
  const isIt = (name: string | null) => name === null || name === basename(file);
  return watchFolder(dirname(file), (_, name) => isIt(name) && changed()).on('error', failed);
}
