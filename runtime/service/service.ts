import type { Consumer } from '../consumer/create-consumer.ts';
import { type Relay, type RelayOptions, relay } from '../outbox/relay.ts';
import type { Broker } from '../ports/broker.ts';
import { type Clock, systemClock } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';
import type { StopOptions } from '../ports/subscriber.ts';
import { type Observe, tell } from '../telemetry/observation.ts';
import type { PartHealth } from './condition.ts';
import { type Measurement, measure } from './measure.ts';
import { meterGauges } from './meter-gauges.ts';
import type { ServiceWorker } from './service-worker.ts';
import { untilSignalled } from './until-signalled.ts';

export interface ServiceOptions {
  readonly name: string;
  readonly store: Store;
  readonly broker: Broker;
  readonly consumers?: readonly Consumer[] | undefined;
  readonly workers?: readonly ServiceWorker[] | undefined;
  /** Of the relay from the store's outbox to the broker; `false` for a service that publishes nothing, or leaves it to another process. */
  readonly relay?: Omit<RelayOptions, 'clock' | 'observe'> | false | undefined;
  readonly clock?: Clock | undefined;
  readonly observe?: Observe | undefined;
  /**
   * Milliseconds that handlers have to end when the service is stopped: 7 seconds unless told otherwise, so that the process is gone
   * before ten are over. Those that still run then have their `signal` aborted and their writes undone.
   */
  readonly stopWithin?: number | undefined;
}

/** A service as one object. */
export interface Service extends AsyncDisposable {
  readonly name: string;
  /**
   * Starts consumers, then workers, then the relay: a broker in memory keeps nothing for those who have not subscribed. Rejects when
   * one cannot start, after the others have been stopped.
   */
  start(): Promise<void>;
  /**
   * Stops them in reverse. What stands in the outbox is sent after the next start. Resolves within `within` milliseconds
   * (`stopWithin` unless told otherwise) whatever the parts do; one that did not stop is told as a fault.
   */
  stop(options?: StopOptions): Promise<void>;
  /**
   * How it fares, for probes. `ready`: it is started and its store answers, so that it can take requests; a broker that is away keeps nobody from that, for the
   * outbox keeps what is sent. `healthy`: all of its parts are. Resolves within two seconds.
   */
  health(): Promise<ServiceHealth>;
  /** What operators page on, read just now. While the service runs, OpenTelemetry's meter reads it too. */
  measure(): Promise<readonly Measurement[]>;
  /** Stops, and closes broker and store. So does leaving the scope of `await using`. */
  close(): Promise<void>;
  /**
   * The life of a process: starts, waits for SIGTERM or SIGINT, closes, and resolves. A second signal ends the process at once; so does what keeps it
   * alive ten seconds after the first, with exit code 1.
   */
  run(): Promise<void>;
}

export interface ServiceHealth {
  readonly name: string;
  readonly ready: boolean;
  readonly healthy: boolean;
  readonly parts: readonly (PartHealth & { readonly part: string })[];
}

const HEALTH_WITHIN = 2_000;
const STOP_WITHIN = 7_000;
/** Milliseconds for what is undone once a part's time is up. */
const UNDO_WITHIN = 750;
/** Milliseconds that broker and store have to close. */
const CLOSE_WITHIN = 2_000;
/** Milliseconds from the first signal to the end of the process, whatever happens. */
const EXIT_WITHIN = 9_800;

export function service(options: ServiceOptions): Service {
  const { name, store, broker, consumers = [], workers = [], clock = systemClock, observe } = options;
  const { stopWithin = STOP_WITHIN } = options;
  const courier: Relay | undefined =
    options.relay === false ? undefined : relay(store, broker, { ...options.relay, clock, observe });
  const groups: readonly (readonly ServiceWorker[])[] = [consumers, workers, courier ? [courier] : []];
  let running: Promise<void> | undefined;
  let startedAt = clock.now();
  let unmeter = (): void => undefined;

  async function startAll(): Promise<void> {
    for (const group of groups) {
      const started = await Promise.allSettled(group.map(async (part) => part.start()));
      const failed = started.find((it) => it.status === 'rejected');
      if (failed) throw failed.reason;
    }
  }

  /**
   * One group after the other. A part may have to wait for a transaction that a handler holds until that is aborted: so the time is that of all together,
   * and what was not done in it has a moment more once all have been told.
   */
  async function stopAll(within: number): Promise<void> {
    const until = clock.now() + within;
    const timeUp = whenPassed(within);
    const over = whenPassed(within + UNDO_WITHIN);
    const running = new Set<ServiceWorker>();
    const ends: Promise<unknown>[] = [];
    for (const group of groups.toReversed()) {
      const left = Math.max(0, until - clock.now());
      const ending = group.map((part) => {
        running.add(part);
        return stopOne(part, left).finally(() => running.delete(part));
      });
      ends.push(...ending);
      await Promise.race([Promise.all(ending), timeUp.promise]);
    }
    await Promise.race([Promise.all(ends), over.promise]);
    timeUp.cancel();
    over.cancel();
    for (const { name } of running) tellFault(name, new Error('did not stop in time'));
  }

  async function stopOne(part: ServiceWorker, within: number): Promise<void> {
    await part.stop({ within }).catch((error) => tellFault(part.name, error));
  }

  function tellFault(where: string, error: unknown): void {
    tell(observe, { kind: 'fault', where, error });
  }

  /** Whether the work is done before so many milliseconds are over. */
  async function settles(work: Promise<unknown>, milliseconds: number): Promise<boolean> {
    const late = whenPassed(milliseconds);
    const isDone = await Promise.race([work.then(() => true), late.promise]);
    late.cancel();
    return isDone;
  }

  function whenPassed(milliseconds: number): { readonly promise: Promise<false>; cancel(): void } {
    const { promise, resolve } = Promise.withResolvers<false>();
    return { promise, cancel: clock.after(milliseconds, async () => resolve(false)) };
  }

  /** Whether the store answers: nobody knows without asking. */
  async function storeHealth(): Promise<PartHealth> {
    const since = clock.now();
    let problem: string | undefined;
    const reading = store
      .read(async (tx) => void (await tx.outbox.next({ limit: 1 })))
      .catch((error) => {
        problem = error instanceof Error ? error.message : String(error);
      });
    const isAnswered = await settles(reading, HEALTH_WITHIN);
    if (!isAnswered) problem = `did not answer within ${HEALTH_WITHIN} ms`;
    return problem === undefined ? { healthy: true, since } : { healthy: false, since, problem };
  }

  async function health(): Promise<ServiceHealth> {
    const isStarted = running !== undefined;
    const ofStore = await storeHealth();
    const { connected, since, problem } = broker.health();
    const parts = [
      { part: 'store', ...ofStore },
      { part: 'broker', healthy: connected, since, ...(problem !== undefined && { problem }) },
      ...groups
        .flat()
        .map((it) => ({ part: it.name, ...(it.health?.() ?? { healthy: isStarted, since: startedAt }) })),
    ];
    const ready = isStarted && ofStore.healthy;
    return { name, ready, healthy: ready && parts.every((it) => it.healthy), parts };
  }

  const measureAll = () =>
    measure(store, {
      consumers: consumers.map((it) => it.name),
      lagOf: async (group) => broker.lag?.(group),
      projections: workers.filter(hasLag),
    });

  async function start(): Promise<void> {
    if (running) throw new Error(`the service ${name} is started already`);
    running = startAll();
    startedAt = clock.now();
    try {
      await running;
      unmeter = meterGauges(measureAll);
    } catch (error) {
      running = undefined;
      await stopAll(stopWithin);
      throw error;
    }
  }

  async function stop({ within = stopWithin }: StopOptions = {}): Promise<void> {
    const starting = running;
    running = undefined;
    unmeter();
    if (!starting) return;
    const until = clock.now() + within;
    // What has not begun cannot be stopped.
    await settles(
      starting.catch(() => undefined),
      within,
    );
    await stopAll(Math.max(0, until - clock.now()));
  }

  async function close(): Promise<void> {
    await stop();
    for (const [where, part] of [
      ['broker', broker],
      ['store', store],
    ] as const) {
      const closing = part.close().catch((error) => tellFault(where, error));
      if (!(await settles(closing, CLOSE_WITHIN / 2))) tellFault(where, new Error('did not close in time'));
    }
  }

  return {
    name,
    start,
    stop,
    close,
    health,
    measure: measureAll,
    async run() {
      const signalled = untilSignalled(stopWithin + EXIT_WITHIN - STOP_WITHIN);
      try {
        // A signal may come while a server is waited for.
        await Promise.race([start(), signalled.promise]);
        await signalled.promise;
      } finally {
        await close();
        signalled.release();
      }
    },
    [Symbol.asyncDispose]: close,
  };
}

function hasLag(worker: ServiceWorker): worker is ServiceWorker & { lag(): Promise<number | undefined> } {
  return 'lag' in worker && typeof worker.lag === 'function';
}
