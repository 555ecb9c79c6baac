import { notify } from '../ports/notify.ts';
import type { PendingWork } from '../ports/store.ts';

/** Who waits for work that a commit brings. */
export interface Watchers {
  watch(kinds: readonly PendingWork[], listener: () => void): () => void;
  /** After a commit of this process. */
  tell(touched: ReadonlySet<PendingWork>): void;
  close(): void;
}

/** Milliseconds between two looks at whether another process has committed: reading a counter, without a lock. */
const LOOK_EVERY = 50;

/** `changes` answers with a number that is another one after each commit of another connection. */
export function watchers(changes: () => number | undefined): Watchers {
  const listeners = new Set<{ readonly kinds: readonly PendingWork[]; readonly listener: () => void }>();
  let timer: ReturnType<typeof setInterval> | undefined;
  let seen: number | undefined;

  function look(): void {
    const now = changes();
    if (now === undefined || now === seen) return;
    const first = seen === undefined;
    seen = now;
    // What kind of work it was is not known.
    if (!first) for (const { listener } of listeners) notify(listener);
  }

  return {
    watch(kinds, listener) {
      const entry = { kinds, listener };
      listeners.add(entry);
      timer ??= setInterval(look, LOOK_EVERY).unref();
      return () => {
        listeners.delete(entry);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
    tell(touched) {
      for (const { kinds, listener } of listeners)
        if (kinds.some((kind) => touched.has(kind))) notify(listener);
    },
    close: () => clearInterval(timer),
  };
}
