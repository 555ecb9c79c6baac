import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DefaultDeserializer, DefaultSerializer } from 'node:v8';
import type { LintMemo } from '@chirograph/contract/lint';
import type { LoadMemo } from '@chirograph/contract/load';
import { CACHE, writeWhole } from './cache.ts';

/** What one run has understood of the contracts, for the next one: while watching, and by way of a file. */
export interface Memo {
  readonly load: LoadMemo;
  readonly lint: LintMemo;
}

/** @returns undefined where there is none, and where it is of another setup or cannot be read: it is understood again then */
export function readMemo(root: string, setup: string): Memo | undefined {
  try {
    const reading = new DefaultDeserializer(readFileSync(join(root, CACHE, FILE)));
    reading.readHeader();
    return reading.readValue() === setup ? reading.readValue() : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Writes what a run has left, unless what stands there still serves: to understand a few documents again costs less than to
 * write down all the others.
 * @param setup what else the remembered depends on
 * @param stored what stands there, as it was read
 */
export function writeMemo(root: string, setup: string, memo: Memo, stored: StoredResults): void {
  const kept = [...memo.load.results].filter(([file, result]) => stored.get(file) === result).length;
  if (kept * SERVES > memo.load.results.size) return;
  const writing = new DefaultSerializer();
  writing.writeHeader();
  writing.writeValue(setup);
  // As one value: what lint has found is known by the very objects that loading has made.
  writing.writeValue(memo);
  writeWhole(join(root, CACHE, FILE), writing.releaseBuffer());
}

/** The results in a memo before a run, which has others after it. */
export type StoredResults = LoadMemo['results'];

const SERVES = 1.25;

const FILE = 'contracts.v8';
