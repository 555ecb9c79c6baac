import type { Clock } from '../ports/clock.ts';

/** For handlers of which nothing is said: a minute. */
export const defaultTimeout = 60_000;

/** A handler did not end in time. Its try has failed, and what it wrote through its `tx` is undone. */
export class HandlerTimeout extends Error {
  override readonly name = 'HandlerTimeout';

  constructor(milliseconds: number) {
    super(
      `the handler did not end within ${milliseconds} ms. Give it longer with the consumer's \`timeout\`, or have it hand \`context.signal\` to what it waits for`,
    );
  }
}

/**
 * Rejects with `HandlerTimeout` when the work takes longer. Nobody can end work from outside: it is told by the signal,
 * and what it still answers or throws is not heard. `Infinity` sets no limit.
 */
export async function withinTime(
  clock: Clock,
  milliseconds: number,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const control = new AbortController();
  if (milliseconds === Number.POSITIVE_INFINITY) return work(control.signal);
  const late = Promise.withResolvers<never>();
  const cancel = clock.after(milliseconds, async () => {
    const error = new HandlerTimeout(milliseconds);
    control.abort(error);
    late.reject(error);
  });
  try {
    await Promise.race([work(control.signal), late.promise]);
  } finally {
    cancel();
  }
}
