import type { RetrySchedule } from '../contract/message-contract.ts';
import { type Clock, systemClock } from '../ports/clock.ts';
import type { WireMessage } from '../ports/message.ts';
import type { Store } from '../ports/store.ts';
import type { Subscriber, Subscription } from '../ports/subscriber.ts';
import { type Observe, tell } from '../telemetry/observation.ts';
import { worker } from '../worker.ts';
import { type IntakeRules, retryParked, takeDelivery } from './intake.ts';
import type { Receiver } from './receive.ts';
import { report } from './report.ts';
import { assertOutlives, defaultRetention, defaultRetry } from './retry-schedule.ts';
import { defaultTimeout } from './time-limit.ts';

/** A service's end of the bus. */
export interface Consumer {
  /** Begins to take messages; resolves when the broker knows of it. */
  start(): Promise<void>;
  /** Takes no more, and resolves when what is under way is done. */
  stop(): Promise<void>;
}

export interface ConsumerOptions {
  readonly store: Store;
  readonly clock?: Clock | undefined;
  /** Instead of the schedules that the contracts state. */
  readonly retry?: RetrySchedule | undefined;
  /** What to do with a message or version the consumer does not know. `dead-letter` unless told otherwise. */
  readonly onUnknown?: 'dead-letter' | 'ignore' | undefined;
  /**
   * Milliseconds that a handler may take before its try has failed: a minute unless told otherwise, `Infinity` for no
   * limit. Until then it holds its transaction, and later messages of its key wait.
   */
  readonly timeout?: number | undefined;
  readonly observe?: Observe | undefined;
  /** Milliseconds between looks for messages that another process parked or redrove. */
  readonly poll?: number | undefined;
  /** Milliseconds for which handled messages are remembered, to recognise duplicates: 7 days unless told otherwise. */
  readonly inboxRetention?: number | undefined;
}

const PRUNE_EVERY = 3_600_000;

/**
 * The consumer called `name`: the name of its group at the broker, of its inbox and of its dead letters.
 * Throws when a retry schedule is longer than the inbox remembers.
 */
export function createConsumer(
  name: string,
  subscriber: Subscriber,
  options: ConsumerOptions,
  receivers: readonly Receiver[],
): Consumer {
  const { store, clock = systemClock, onUnknown = 'dead-letter', observe, poll = 1_000 } = options;
  const { timeout = defaultTimeout, inboxRetention: retention = defaultRetention } = options;
  const accepted = receivers.flat();
  const scheduleOf = (stated: RetrySchedule | undefined): RetrySchedule =>
    options.retry ?? stated ?? defaultRetry;
  assertOutlives(
    retention,
    accepted.map(({ contract }) => scheduleOf(contract.retry)),
  );
  const rules: IntakeRules = {
    consumer: name,
    accepted,
    onUnknown,
    clock,
    timeout,
    retryOf: (reading) => scheduleOf(reading.kind === 'ready' ? reading.contract.retry : undefined),
  };

  let subscription: Subscription | undefined;
  let prunedAt = Number.NEGATIVE_INFINITY;

  async function deliver(message: WireMessage): Promise<void> {
    tell(observe, { kind: 'delivered', consumer: name, message });
    let began = 0;
    const outcome = await store
      .transaction((tx) => {
        // From here, and not from the delivery: waiting for the store's turn is not the handler's time.
        began = performance.now();
        return takeDelivery(tx, message, rules, clock.now());
      })
      .catch((error: unknown) => {
        tell(observe, { kind: 'fault', where: name, error });
        throw error;
      });
    report({ consumer: name, message, outcome, took: performance.now() - began, observe });
  }

  /** Tries the parked message that is due first, if any is; answers how long to wait for the next. */
  async function retryOne(): Promise<number> {
    let began = 0;
    const tried = await store.transaction(async (tx) => {
      began = performance.now();
      const now = clock.now();
      const parked = await tx.parked.next(name);
      if (parked?.state.kind !== 'retrying') return poll;
      const wait = parked.state.dueAt - now;
      if (wait > 0) return Math.min(wait, poll);
      return { message: parked.message, outcome: await retryParked(tx, parked, rules, now) };
    });
    if (typeof tried === 'number') return tried;
    report({ consumer: name, ...tried, took: performance.now() - began, observe });
    return 0;
  }

  async function prune(): Promise<void> {
    const now = clock.now();
    if (now - prunedAt < PRUNE_EVERY) return;
    await store.transaction((tx) => tx.inbox.prune(name, now - retention));
    prunedAt = now;
  }

  const retries = worker({
    clock,
    async step() {
      await prune();
      let wait = 0;
      while (wait === 0 && subscription) wait = await retryOne();
      return wait;
    },
    onFault(error) {
      tell(observe, { kind: 'fault', where: name, error });
      return poll;
    },
  });
  let unsubscribe = (): void => undefined;

  return {
    async start() {
      if (subscription) throw new Error(`the consumer ${name} is started already`);
      const channels = [...new Set(accepted.map(({ contract }) => contract.channel))];
      subscription = await subscriber.subscribe({ group: name, channels }, deliver);
      unsubscribe = store.onCommit((touched) => {
        if (touched.has('parked')) retries.wake();
      });
      retries.start();
    },
    async stop() {
      const stopping = subscription;
      subscription = undefined;
      unsubscribe();
      await stopping?.stop();
      await retries.stop();
    },
  };
}
