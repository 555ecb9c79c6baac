import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { migrate } from './schema.ts';
import type { WaitingLine } from './waiting-line.ts';

const SQLITE_BUSY = 5;

/** Whether an error says that another connection holds the file. */
export function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && Number(error.errcode) % 256 === SQLITE_BUSY;
}

/**
 * Opens the file, made when missing, and brings it up to date. `undefined` when another process holds it just now. Throws when it
 * cannot be opened or is not ours.
 */
export function tryToOpen(file: string, mayMigrate: boolean): DatabaseSync | undefined {
  const database = new DatabaseSync(file);
  try {
    // Waiting for another process is done in JavaScript: SQLite's own wait would stop the event loop, and with it
    // the very transaction of this process that it may be waiting for.
    database.exec('PRAGMA busy_timeout = 0');
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
    // Inboxes are written all over their tables. So more of those is at hand, and pages that change often are copied from the log once: it is 16 MB then.
    database.exec('PRAGMA cache_size = -16000; PRAGMA wal_autocheckpoint = 4000');
    migrate(database, file, mayMigrate);
    return database;
  } catch (error) {
    database.close();
    if (isBusy(error)) return undefined;
    throw error;
  }
}

/** Milliseconds of waiting after which a process stands in line, so that its turn comes. */
const PATIENCE = 50;

/**
 * Tries until another process has let go of the file, and no other one has waited longer. Rejects when that takes longer than `busyTimeout`
 * milliseconds. `line` is absent for a file that no other process can have.
 */
export async function whenFree<T>(
  file: string,
  busyTimeout: number,
  attempt: () => T | undefined,
  line?: WaitingLine,
): Promise<T> {
  const began = performance.now();
  try {
    for (let pause = 1; ; pause = Math.min(pause * 2, 25)) {
      const result = !line || line.isOurTurn() ? attempt() : undefined;
      if (result !== undefined) return result;
      const waited = performance.now() - began;
      if (waited > busyTimeout)
        throw new Error(`another process held ${file} for more than ${busyTimeout} ms`);
      if (waited > PATIENCE) line?.stand();
      // Who stands first looks often, for all others wait for it meanwhile. The rest come at different moments.
      if (line && waited > PATIENCE && line.isOurTurn()) await sleep(1);
      else await sleep(pause * (0.5 + Math.random()));
    }
  } finally {
    line?.leave();
  }
}
