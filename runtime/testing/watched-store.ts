import type { Store } from '../ports/store.ts';

export interface WatchedStore extends Store {
  /** Resolves when no transaction is under way and none follows from those before. */
  quiet(): Promise<void>;
}

/** Keeps count of a store's transactions: all that the runtime does goes through them, so their rest is its rest. */
export function watchedStore(store: Store): WatchedStore {
  let begun = 0;
  let ended = 0;
  async function counted<T>(transaction: () => Promise<T>): Promise<T> {
    begun += 1;
    try {
      return await transaction();
    } finally {
      ended += 1;
    }
  }
  return {
    ...store,
    transaction: (work) => counted(() => store.transaction(work)),
    read: (work) => counted(() => store.read(work)),
    async quiet() {
      let before: number;
      do {
        before = begun;
        await new Promise((turn) => setImmediate(turn));
      } while (ended < begun || begun > before);
    },
  };
}
