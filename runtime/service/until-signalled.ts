import { constants } from 'node:os';

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

export interface Signalled {
  /** Resolves at the first signal. */
  readonly promise: Promise<void>;
  /** Signals do again what they did before. The limit stays. */
  release(): void;
}

/**
 * Waits for the process to be told to end. From the first signal on it has `limit` milliseconds: what still keeps it alive then does so no
 * longer. A second signal ends it at once.
 */
export function untilSignalled(limit: number): Signalled {
  const { promise, resolve } = Promise.withResolvers<void>();
  let isFirst = true;

  function onSignal(signal: (typeof SIGNALS)[number]): void {
    if (!isFirst) process.exit(128 + constants.signals[signal]);
    isFirst = false;
    // Keeps nothing alive itself: a process that is done ends before.
    setTimeout(() => {
      process.stderr.write(`still running ${limit} ms after ${signal}: the process is ended\n`);
      process.exit(1);
    }, limit).unref();
    resolve();
  }

  for (const signal of SIGNALS) process.on(signal, onSignal);
  return {
    promise,
    release() {
      for (const signal of SIGNALS) process.off(signal, onSignal);
    },
  };
}
