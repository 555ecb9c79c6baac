import { type Loaded, load, type Reader } from '@chirograph/contract/load';
import type { RemoteSource } from './remote-source.ts';

/**
 * Loads what a reader has and what it refers to on the network. Loading itself fetches nothing: it says what it lacks, that
 * is fetched, and it is done again; once, where all is in the store.
 */
export async function loadWhole(reader: Reader, source: RemoteSource | undefined): Promise<Loaded> {
  if (!source) return load(reader);
  for (;;) {
    const loaded = load({ ...reader, remote: source.find });
    if (loaded.wanted.length === 0) return loaded;
    await source.fetch(loaded.wanted);
  }
}
