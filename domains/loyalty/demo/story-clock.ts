import type { Clock } from '@chirograph/runtime';

/** A clock that goes on by itself, and can be put forward by years in no time. */
export interface StoryClock extends Clock {
  /** Puts the hands forward; what falls due on the way is run at once, each to its end before the next. */
  forward(milliseconds: number): Promise<void>;
  /** The same, to a moment given in milliseconds since 1970-01-01T00:00Z. Moments that have passed are left alone. */
  forwardTo(moment: number): Promise<void>;
}

interface Timer {
  readonly at: number;
  readonly run: () => Promise<void>;
  readonly timeout: NodeJS.Timeout;
}

/** Starts at the moment given. */
export function storyClock(start: number): StoryClock {
  let ahead = start - Date.now();
  const now = (): number => Date.now() + ahead;
  const timers = new Set<Timer>();

  async function forward(milliseconds: number): Promise<void> {
    ahead += Math.max(0, milliseconds);
    for (;;) {
      const [first] = [...timers].filter(({ at }) => at <= now()).sort((one, other) => one.at - other.at);
      if (!first) return;
      timers.delete(first);
      clearTimeout(first.timeout);
      await first.run();
    }
  }

  return {
    now,
    after(milliseconds, run) {
      const timeout = setTimeout(() => {
        timers.delete(timer);
        void run();
      }, milliseconds);
      const timer: Timer = { at: now() + milliseconds, run, timeout };
      timers.add(timer);
      return () => {
        timers.delete(timer);
        clearTimeout(timeout);
      };
    },
    forward,
    forwardTo: (moment) => forward(moment - now()),
  };
}
