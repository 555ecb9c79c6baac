import { DEFAULT_RETRY } from '../consumer/retry-schedule.ts';
import { type Clock, systemClock } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';
import { condition, type PartHealth } from '../service/condition.ts';
import { type Observe, tell } from '../telemetry/observation.ts';
import { worker } from '../worker.ts';
import type { ProcessManager } from './process-manager.ts';

/** Calls processes when their deadlines come. */
export interface Deadlines extends AsyncDisposable {
  /** The process manager's. */
  readonly name: string;
  /** Whether its last look at the store went through. */
  health(): PartHealth;
  start(): void;
  /** Resolves when the deadline under way is done. */
  stop(): Promise<void>;
}

export interface DeadlineOptions {
  readonly clock?: Clock | undefined;
  readonly observe?: Observe | undefined;
  /** Milliseconds between looks for deadlines that another process set. */
  readonly poll?: number | undefined;
}

/**
 * Watches the deadlines of one process manager. Each takes effect once, in one transaction; one that fails is
 * tried again on the default retry schedule, and then at its last interval for as long as it takes: a deadline
 * that was given up would leave its process hanging.
 */
export function deadlines(
  store: Store,
  process: Pick<ProcessManager<never>, 'name' | 'expire'>,
  { clock = systemClock, observe, poll = 2_000 }: DeadlineOptions = {},
): Deadlines {
  let started = false;
  const state = condition(clock);

  /** Meets the deadline that is due first, if any is; answers how long to wait for the next. */
  async function meetOne(): Promise<number> {
    const wait = await store.read(async (tx) => {
      const dueAt = await tx.timers.nextDueAt(process.name);
      return dueAt === undefined ? poll : Math.min(dueAt - clock.now(), poll);
    });
    if (wait > 0) return wait;
    const outcome = await store.transaction(async (tx) => {
      const now = clock.now();
      const timer = await tx.timers.due(process.name, now);
      if (!timer) return poll;
      const { owner, id, attempts } = timer;
      try {
        await tx.attempt(async (own) => {
          await own.timers.clear(owner, id);
          await process.expire(own, id);
        });
        return { kind: 'deadline-reached', process: owner, id } as const;
      } catch (error) {
        const { delays } = DEFAULT_RETRY;
        const dueAt = now + (delays[attempts] ?? delays.at(-1) ?? poll);
        await tx.timers.set({ owner, id, dueAt, attempts: attempts + 1 });
        return { kind: 'deadline-failed', process: owner, id, attempt: attempts + 1, error, dueAt } as const;
      }
    });
    if (typeof outcome === 'number') return outcome;
    tell(observe, outcome);
    return 0;
  }

  const work = worker({
    clock,
    async step() {
      let wait = 0;
      while (wait === 0 && started) wait = await meetOne();
      state.succeeded();
      return wait;
    },
    onFault(error) {
      state.failed(error);
      tell(observe, { kind: 'fault', where: process.name, error });
      return poll;
    },
  });
  let unwatch = (): void => undefined;

  return {
    name: process.name,
    health: state.health,
    start() {
      started = true;
      state.started();
      unwatch = store.watch(['timers'], work.wake);
      work.start();
    },
    async stop() {
      started = false;
      state.stopped();
      unwatch();
      await work.stop();
    },
    async [Symbol.asyncDispose]() {
      await this.stop();
    },
  };
}
