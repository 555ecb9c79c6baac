import { setTimeout as pause } from 'node:timers/promises';

export { pause };

/** Looks again and again until it is so. Rejects when it is not within so many milliseconds: the row then has not passed. */
export async function until(
  what: string | (() => string),
  isSo: () => boolean | Promise<boolean>,
  { within = 60_000, every = 50 }: { readonly within?: number; readonly every?: number } = {},
): Promise<void> {
  const end = performance.now() + within;
  while (!(await isSo())) {
    if (performance.now() > end)
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
  let since = performance.now();
  for (;;) {
    const now = await count();
    if (now >= wanted) return;
    if (now !== last) since = performance.now();
    last = now;
    if (performance.now() - since > STILL)
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
  let since = performance.now();
  for (;;) {
    const now = await count();
    if (now !== last) since = performance.now();
    last = now;
    if (performance.now() - since > (now >= wanted ? 1_000 : quiet)) return;
    await pause(200);
  }
}
