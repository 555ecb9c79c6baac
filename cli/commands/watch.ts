import { watch as watchFolder } from 'node:fs';
import { join } from 'node:path';
import { isDocument } from '@chirograph/contract/load';
import type { Settings } from '../config/read-config.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { globBase, isGlob } from '../files/glob.ts';
import { rootFor } from '../files/root.ts';
import type { Io } from '../terminal/io.ts';

/** Editors save in several steps; a change counts when this many milliseconds have passed without another one. */
const SETTLED = 20;

/** Checks once, and again whenever a document at the paths changes, one check after the other, until the command is ended. */
export async function watch(
  settings: Settings,
  paths: readonly string[],
  io: Io,
  check: () => ExitCode | Promise<ExitCode>,
): Promise<ExitCode> {
  let outcome = Promise.resolve(await check());
  const typed = paths.filter((path) => path !== '-');
  const root = typed.length > 0 ? io.cwd : rootFor(settings.root, io.cwd, [io.cwd]);
  const watched = typed.length > 0 ? typed : settings.specs;
  let timer: NodeJS.Timeout | undefined;
  const recheck = (_: unknown, file: string | null) => {
    if (file !== null && !isDocument(file)) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      outcome = outcome.then(check);
    }, SETTLED);
  };
  const watchers = watched.map((path) =>
    watchFolder(join(root, isGlob(path) ? globBase(path) : path), { recursive: true }, recheck),
  );
  io.err('Watching for changes.\n');
  await new Promise<void>((done) => {
    io.signal?.addEventListener('abort', () => done(), { once: true });
    process.once('SIGINT', () => done());
  });
  clearTimeout(timer);
  for (const watcher of watchers) watcher.close();
  const last = await outcome;
  return io.signal ? last : EXIT.clean;
}
