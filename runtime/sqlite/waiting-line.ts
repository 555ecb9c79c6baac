import { mkdirSync, readdirSync, rmdirSync, statSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A line of the processes that wait for a file's write lock, beside the file. SQLite itself gives the lock to who happens to ask when it is free,
 * which is most often who had it last: others then wait for seconds, and some never get it. Who has waited long stands in line; while anyone does,
 * nobody goes first but who stands first. Where the line cannot be written it is not kept, and all is as before.
 */
export interface WaitingLine {
  /** Whether it is our turn: nobody stands in line, or we are first. */
  isOurTurn(): boolean;
  /** Stands in line, or says that we still do. */
  stand(): void;
  leave(): void;
}

/** Milliseconds without a sign of life after which a place in line is void. */
const VOID_AFTER = 1_000;
const SIGN_EVERY = 250;
/** Milliseconds for which a process goes on without standing in line again, once its turn has come: changing hands takes longer than a commit. */
const TURN = 25;
let places = 0;

/** One for each store: its transactions wait one after the other. `machine`: milliseconds by a clock that all processes share. */
export function waitingLine(file: string, machine: () => number): WaitingLine {
  const folder = `${file}-line`;
  let own: string | undefined;
  let signed = 0;
  let turnUntil = 0;

  return {
    isOurTurn() {
      if (own === undefined && performance.now() < turnUntil) return true;
      let first: string | undefined;
      for (const name of standing(folder)) {
        if (name !== own && isVoid(join(folder, name))) remove(join(folder, name));
        else if (first === undefined || name < first) first = name;
      }
      return first === undefined || first === own;
    },
    stand() {
      const now = performance.now();
      if (own !== undefined && now - signed < SIGN_EVERY) return;
      signed = now;
      own ??= `${String(machine()).padStart(16, '0')}-${process.pid}-${places++}`;
      const place = join(folder, own);
      try {
        utimesSync(place, new Date(), new Date());
      } catch {
        try {
          mkdirSync(folder, { recursive: true });
          writeFileSync(place, '');
        } catch {
          own = undefined;
        }
      }
    },
    leave() {
      if (own === undefined) return;
      turnUntil = performance.now() + TURN;
      remove(join(folder, own));
      own = undefined;
      try {
        // Only when nobody else stands there.
        rmdirSync(folder);
      } catch {
        // Somebody does.
      }
    },
  };
}

function standing(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isVoid(place: string): boolean {
  const found = statSync(place, { throwIfNoEntry: false });
  return found === undefined || Math.abs(Date.now() - found.mtimeMs) > VOID_AFTER;
}

function remove(place: string): void {
  try {
    unlinkSync(place);
  } catch {
    // Someone else did.
  }
}
