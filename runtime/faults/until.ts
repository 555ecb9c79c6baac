import { setTimeout as pause } from 'node:timers/promises';

export { pause };

/** Looks again and again until it is so. Rejects when it is not within so many milliseconds: the row then has not passed. */
export async function until(
  what: string | (() => string),
  isSo: () => boolean | Promise<boolean>,
  { within = 60_000, every = 50 }: { readonly within?: number; readonly every?: number } = {},
): Promise<void> {
  const time = stopwatch();
  while (!(await isSo())) {
    if (time.passed() > within)
      throw new Error(`not within ${within / 1_000} s: ${typeof what === 'string' ? what : what()}`);
    await pause(every);
  }
}

/** Waits until a count has reached what is wanted, for as long as it grows. Rejects when it has stood still for a minute. */
export async function untilReached(
  what: string,
  count: () => number | Promise<number>,
  wanted: number,
): Promise<void> {
  let last = -1;
  let still = stopwatch();
  for (;;) {
    const now = await count();
    if (now >= wanted) return;
    if (now !== last) still = stopwatch();
    last = now;
    if (still.passed() > STILL)
      throw new Error(`${what}: it stands still at ${now} of ${wanted} for ${STILL / 1_000} s`);
    await pause(50);
  }
}

const STILL = 60_000;

/** A broken variant is meant to lose messages: there is no need to wait long for them. */
const QUIET = process.argv.includes('--broken') ? 12_000 : 60_000;

/**
 * Waits until a count has reached what is wanted, and a moment longer for what should not come; or until it has not grown for
 * `quiet` milliseconds: what is missing then does not come any more.
 */
export async function untilSettled(
  count: () => number | Promise<number>,
  wanted: number,
  quiet = QUIET,
): Promise<void> {
  let last = -1;
  let still = stopwatch();
  for (;;) {
    const now = await count();
    if (now !== last) still = stopwatch();
    last = now;
    if (still.passed() > (now >= wanted ? 1_000 : quiet)) return;
    await pause(200);
  }
}

/** The most milliseconds between two looks that count. */
const LONGEST_LOOK = 1_000;

/**
 * Milliseconds since it was made, without those in which this very process stood still: what its children said meanwhile is not read
 * yet when it looks again.
 */
function stopwatch(): { passed(): number } {
  let last = performance.now();
  let sum = 0;
  return {
    passed() {
      const now = performance.now();
      sum += Math.min(now - last, LONGEST_LOOK);
      last = now;
      return sum;
    },
  };
}
