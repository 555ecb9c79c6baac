import type { Store, Transaction } from '../ports/store.ts';
import { type DeadlineOptions, type Deadlines, deadlines } from './deadlines.ts';

/** A moment at which something is to happen to each entity of a kind unless it changes before: a cart expires. */
export interface EntityDeadlines<State> {
  /** Sets the entity's deadline by its state; to be called after each of its events. */
  note(tx: Transaction, id: string, state: State): Promise<void>;
  /** Calls `due` when the moment of an entity comes. It may find that nothing is to be done any more. */
  watch(
    store: Store,
    due: (tx: Transaction, id: string) => Promise<unknown>,
    options?: DeadlineOptions,
  ): Deadlines;
}

/**
 * @param name names the deadlines in the store
 * @param dueAt milliseconds since 1970-01-01T00:00Z, or never
 */
export function entityDeadlines<State>(
  name: string,
  dueAt: (state: State) => number | undefined,
): EntityDeadlines<State> {
  return {
    async note(tx, id, state) {
      const due = dueAt(state);
      if (due === undefined) await tx.timers.clear(name, id);
      else await tx.timers.set({ owner: name, id, dueAt: due, attempts: 0 });
    },
    watch(store, due, options) {
      const process = {
        name,
        async expire(tx: Transaction, id: string): Promise<void> {
          await due(tx, id);
        },
      };
      return deadlines(store, process, options);
    },
  };
}
