import type { Clock } from '../ports/clock.ts';

/** A clock that stands still until told otherwise. */
export interface ManualClock extends Clock {
  /** Turns the hands forward; runs what falls due on the way, in order, each to its end before the next. */
  advance(milliseconds: number): Promise<void>;
}

interface Timer {
  readonly at: number;
  readonly run: () => Promise<void>;
}

/** Starts at the time given, in milliseconds since 1970-01-01T00:00Z. */
export function manualClock(start: number = Date.UTC(2026, 0, 1)): ManualClock {
  let now = start;
  // In the order in which they were set, which is the order among those due at the same moment.
  const timers = new Set<Timer>();

  function earliest(until: number): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of timers) if (timer.at <= until && (!first || timer.at < first.at)) first = timer;
    return first;
  }

  return {
    now: () => now,
    after(milliseconds, run) {
      // In whole milliseconds, as the system's clock counts.
      const timer: Timer = { at: now + Math.max(0, Math.ceil(milliseconds)), run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    async advance(milliseconds) {
      const until = now + milliseconds;
      for (let timer = earliest(until); timer; timer = earliest(until)) {
        timers.delete(timer);
        now = timer.at;
        await timer.run();
      }
      now = until;
    },
  };
}
