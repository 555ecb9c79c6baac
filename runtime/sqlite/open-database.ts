import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { migrate } from './schema.ts';

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
    migrate(database, file, mayMigrate);
    return database;
  } catch (error) {
    database.close();
    if (isBusy(error)) return undefined;
    throw error;
  }
}

/** Tries until another process has let go of the file. Rejects when that takes longer than `busyTimeout` milliseconds. */
export async function whenFree<T>(
  file: string,
  busyTimeout: number,
  attempt: () => T | undefined,
): Promise<T> {
  const deadline = performance.now() + busyTimeout;
  for (let pause = 1; ; pause = Math.min(pause * 2, 25)) {
    const result = attempt();
    if (result !== undefined) return result;
    if (performance.now() > deadline) {
      throw new Error(`another process held ${file} for more than ${busyTimeout} ms`);
    }
    // Those who wait come at different moments, so that none of them is always late.
    await sleep(pause * (0.5 + Math.random()));
  }
}
