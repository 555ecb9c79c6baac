import { AsyncResource } from 'node:async_hooks';
import type { Cancel, Clock } from './ports/clock.ts';

/** Work that is done in steps: when woken, and when it said it would have more. */
export interface Worker {
  start(): void;
  /** Has a step run now, or once more after the one under way. Does nothing while stopped. */
  wake(): void;
  /** Resolves when the step under way is done. */
  stop(): Promise<void>;
}

export interface WorkerOptions {
  readonly clock: Clock;
  /** Answers after how many milliseconds to be called again, if not woken before. Never runs twice at once. */
  step(): Promise<number>;
  /** Told when a step rejects; answers after how many milliseconds to try again. */
  onFault(error: unknown): number;
}

export function worker({ clock, step, onFault }: WorkerOptions): Worker {
  let started = false;
  let running: Promise<void> | undefined;
  let wokenMeanwhile = false;
  let cancel: Cancel | undefined;

  async function run(): Promise<void> {
    let pause: number;
    do {
      wokenMeanwhile = false;
      pause = await step().catch(onFault);
    } while (wokenMeanwhile && started);
    running = undefined;
    if (started) cancel = clock.after(pause, begin);
  }

  // The code that wakes the worker may be inside a transaction or a delivery; the work is not part of it.
  const begin = AsyncResource.bind((): Promise<void> => {
    cancel = undefined;
    running ??= run();
    return running;
  });

  function wake(): void {
    if (!started) return;
    if (running) {
      wokenMeanwhile = true;
    } else {
      cancel?.();
      void begin();
    }
  }

  return {
    start() {
      started = true;
      wake();
    },
    wake,
    async stop() {
      started = false;
      cancel?.();
      cancel = undefined;
      await running;
    },
  };
}
