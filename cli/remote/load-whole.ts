import { type Loaded, load, loadMemo, type Reader } from '@chirograph/contract/load';
import type { RemoteSource } from './remote-source.ts';

/**
 * Loads what a reader has and what it refers to on the network. Loading itself fetches nothing: it says what it lacks, that
 * is fetched, and what lacked it is loaded again; all is loaded once, where all is in the store.
 */
export async function loadWhole(reader: Reader, source: RemoteSource, memo = loadMemo()): Promise<Loaded> {
  for (;;) {
    const loaded = load({ ...reader, remote: source.find }, memo);
    if (loaded.wanted.length === 0) return loaded;
    await source.fetch(loaded.wanted);
  }
}
