import type { Cancel, Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';

/** For handlers of which nothing is said: a minute. */
export const DEFAULT_TIMEOUT = 60_000;

/**
 * The time limit of handlers on a store. Throws when one is asked for that contradicts the store's own patience: a handler may hold the only
 * writer for as long as its limit, and others would give up waiting meanwhile.
 */
export function timeLimitOn({ maxLockWait }: Pick<Store, 'maxLockWait'>, asked: number | undefined): number {
  if (maxLockWait === undefined) return asked ?? DEFAULT_TIMEOUT;
  if (asked === undefined) return Math.min(DEFAULT_TIMEOUT, maxLockWait * 0.8);
  if (asked < maxLockWait) return asked;
  throw new Error(
    `a handler may take ${asked} ms (\`timeout\`) and holds the store's only writer for so long, while others wait for it ${maxLockWait} ms at the most: lower the \`timeout\` of the consumer, or raise the \`busyTimeout\` of the store above it`,
  );
}

/** A handler did not end in time. Its try has failed, and what it wrote through its `tx` is undone. */
export class HandlerTimeoutError extends Error {
  override readonly name = 'HandlerTimeoutError';
  readonly code = 'handler-timeout';

  constructor(milliseconds: number) {
    super(
      `the handler did not end within ${milliseconds} ms. Give it longer with the consumer's \`timeout\`, or have it hand \`context.signal\` to what it waits for`,
    );
  }
}

/** Milliseconds that work which heeds its signal has to end, so that it does not meet its own retry. */
const GRACE = 1_000;

/**
 * Rejects with `HandlerTimeoutError` when the work takes longer (once it has ended, or `GRACE` later), and with the reason of `given` when that is aborted first. Nobody can end work
 * from outside: it is told by its signal, and what it still answers or throws is not heard. `Infinity` sets no limit.
 */
export async function withinTime(
  clock: Clock,
  milliseconds: number,
  given: AbortSignal,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  given.throwIfAborted();
  const control = new AbortController();
  const ended = Promise.withResolvers<never>();
  const end = (error: unknown): void => {
    control.abort(error);
    ended.reject(error);
  };
  const revoke = (): void => end(given.reason);
  given.addEventListener('abort', revoke, { once: true });
  const cancels: Cancel[] = [];
  if (milliseconds !== Number.POSITIVE_INFINITY)
    cancels.push(
      clock.after(milliseconds, async () => {
        const timeout = new HandlerTimeoutError(milliseconds);
        control.abort(timeout);
        cancels.push(clock.after(GRACE, async () => end(timeout)));
      }),
    );
  try {
    await Promise.race([work(control.signal), ended.promise]);
    // What it answers after its time is not heard.
    control.signal.throwIfAborted();
  } catch (error) {
    if (control.signal.aborted) throw control.signal.reason;
    throw error;
  } finally {
    for (const cancel of cancels) cancel();
    given.removeEventListener('abort', revoke);
  }
}
