/** Time as the runtime knows it, so that tests can turn the hands. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00Z. */
  now(): number;
  /** Calls `run` once, `milliseconds` from now, unless cancelled. `run` settles its own failures: it never rejects. */
  after(milliseconds: number, run: () => Promise<void>): Cancel;
}

export type Cancel = () => void;

// setTimeout fires at once when asked to wait longer than this (about 25 days).
const LONGEST = 2 ** 31 - 1;

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(milliseconds, run) {
    let timer: ReturnType<typeof setTimeout>;
    const wait = (left: number): void => {
      timer = setTimeout(() => (left > LONGEST ? wait(left - LONGEST) : void run()), Math.min(left, LONGEST));
    };
    wait(milliseconds);
    return () => clearTimeout(timer);
  },
};
