import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FileNote, Memo } from '@chirograph/generators';
import { hashOf, textAt } from './fingerprint.ts';

/** Where a workspace keeps what it remembers. Not for version control; `rm -r` is always safe. */
export const CACHE = '.chirograph/cache';

/** What the last run read and wrote. */
export interface LastRun {
  /** Of the tool, the config and the settings. */
  readonly setup: string;
  /** The files that the run began with. */
  readonly entries: readonly string[];
  /** Every file that was read, and the hash of its text. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Whether every folder can be told to be unchanged. */
  readonly isComplete: boolean;
  /** Of each domain, or of each service of it, by the folder of its output. */
  readonly folders: Readonly<Record<string, FolderRun>>;
}

/** What was made for a folder of the output. */
export interface FolderRun {
  /** Of all that its files depend on. */
  readonly key: string;
  /** Its files, and the hashes of their texts. */
  readonly outputs: Readonly<Record<string, string>>;
  /** What could not be made: it is said in each run until it can. */
  readonly notes?: readonly FileNote[];
}

export function readLastRun(root: string): LastRun | undefined {
  return readJson(join(root, CACHE, 'last-run.json')) as LastRun | undefined;
}

export function writeLastRun(root: string, run: LastRun): void {
  writeJson(join(root, CACHE, 'last-run.json'), run);
}

/** What the generators of a folder remember, in a file that is read when they first ask. */
export interface FileMemo extends Memo {
  /** Writes what was asked for in this run, and forgets the rest. */
  readonly save: () => void;
}

/** @param setup what else the remembered depends on: another one, and nothing is remembered */
export function fileMemo(root: string, folder: string, setup: string): FileMemo {
  const file = join(root, CACHE, `${folder}.json`);
  let known: Readonly<Record<string, unknown>> | undefined;
  const used: Record<string, unknown> = {};
  let isNew = false;
  return {
    recall(key) {
      known ??= (readJson(file) ?? {}) as Record<string, unknown>;
      const name = hashOf(setup, key);
      const value = Object.hasOwn(known, name) ? known[name] : undefined;
      if (value !== undefined) used[name] = value;
      return value;
    },
    keep(key, value) {
      used[hashOf(setup, key)] = value;
      isNew = true;
    },
    save() {
      if (isNew) writeJson(file, used);
    },
  };
}

/** Undefined where there is nothing, or nothing that can be read: then it is made again. */
function readJson(file: string): unknown {
  const text = textAt(file);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function writeJson(file: string, value: unknown): void {
  writeWhole(file, JSON.stringify(value));
}

/**
 * By way of another file, so that a run that is killed leaves no half of one. Where it cannot be written, nothing is
 * remembered: that costs time, and no more.
 */
export function writeWhole(file: string, content: string | Uint8Array): void {
  const draft = `${file}.${process.pid}`;
  try {
    mkdirSync(dirname(file), { recursive: true });
  } catch {
    return;
  }
  try {
    writeFileSync(draft, content);
    renameSync(draft, file);
  } catch {
    rmSync(draft, { force: true });
  }
}
