import { backoff } from '../backoff.ts';
import { type CodecFor, withCodec } from '../contract/codec-for.ts';
import type { RetrySchedule } from '../contract/message-contract.ts';
import { type Clock, systemClock } from '../ports/clock.ts';
import type { WireMessage } from '../ports/message.ts';
import { OUTBOX } from '../ports/parked-messages.ts';
import type { Store } from '../ports/store.ts';
import type {
  DeliverContext,
  DeliveryOutcome,
  StopOptions,
  Subscriber,
  Subscription,
} from '../ports/subscriber.ts';
import { condition, type PartHealth } from '../service/condition.ts';
import { type Observe, tell } from '../telemetry/observation.ts';
import { worker } from '../worker.ts';
import { type Arrival, type IntakeRules, readAll, retryParked, type Settled, takeBatch } from './intake.ts';
import type { Receiver } from './receive.ts';
import { report } from './report.ts';
import { assertOutlives, DEFAULT_RETENTION, DEFAULT_RETRY } from './retry-schedule.ts';
import { timeLimitOn } from './time-limit.ts';

/** A service's end of the bus. */
export interface Consumer extends AsyncDisposable {
  readonly name: string;
  /** Whether its last batch, or its last retry, went through. */
  health(): PartHealth;
  /** Begins to take messages; resolves when the broker knows of it, or at once when the broker is away. */
  start(): Promise<void>;
  /**
   * Takes no more, and resolves when what is under way is done. After `within` milliseconds handlers that still run have their
   * `signal` aborted and their writes undone, and their messages go back to the broker.
   */
  stop(options?: StopOptions): Promise<void>;
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
   * limit. Until then it holds its transaction, and later messages of its key wait. On a store with one writer at a time it must be
   * below the time that others wait for it (`store.maxLockWait`), and is 80% of that if not given and less than a minute.
   */
  readonly timeout?: number | undefined;
  /** Where a group begins that subscribes for the first time: see `SubscriptionOptions`. */
  readonly from?: 'first' | 'new' | undefined;
  /** How many transactions may be under way at once, each with messages of other keys: 16, or 1 on a store with one writer at a time. */
  readonly concurrency?: number | undefined;
  /** The most messages that take effect in one transaction: 64 unless told otherwise, or 256 on a store with one writer at a time. */
  readonly batch?: number | undefined;
  /** The most messages taken from the broker and not yet settled: 256 unless told otherwise, or 512 on a store with one writer at a time. */
  readonly maxInFlight?: number | undefined;
  readonly observe?: Observe | undefined;
  /** How bytes become payloads, instead of by the contract's own codec: framed by a schema registry, say. */
  readonly codec?: CodecFor | undefined;
  /** Milliseconds between looks for messages that another process parked or redrove. */
  readonly poll?: number | undefined;
  /** Milliseconds for which handled messages are remembered, to recognise duplicates: 7 days unless told otherwise. */
  readonly inboxRetention?: number | undefined;
}

const PRUNE_EVERY = 3_600_000;
/** Claims forgotten in one transaction, so that nobody waits long for it. */
const PRUNE_STEP = 1_000;
/** After so many milliseconds a transaction takes no further message: a slow handler holds up few others, and many quick ones share a commit. */
const GROUP_FOR = 50;
const RETRIES_AT_ONCE = 4;
type SubscriptionLimits = Pick<ConsumerOptions, 'concurrency' | 'batch' | 'maxInFlight'>;
const ONE_WRITER: SubscriptionLimits = {
  concurrency: 1,
  batch: 256,
  maxInFlight: 512,
};
const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 5_000;

/**
 * The consumer called `name`: the name of its group at the broker, of its inbox and of its dead letters.
 * Throws when a retry schedule is longer than the inbox remembers, or when a handler may take longer than the store lets others wait for it.
 */
export function createConsumer(
  name: string,
  subscriber: Subscriber,
  options: ConsumerOptions,
  receivers: readonly Receiver[],
): Consumer {
  const { store, clock = systemClock, onUnknown = 'dead-letter', observe, poll = 2_000 } = options;
  const { inboxRetention: retention = DEFAULT_RETENTION, from } = options;
  const hasOneWriter = store.maxLockWait !== undefined;
  // One transaction at a time is to have many messages: most of its cost is that of the commit.
  const usual: SubscriptionLimits = hasOneWriter ? ONE_WRITER : {};
  const { concurrency = usual.concurrency, batch = usual.batch, maxInFlight = usual.maxInFlight } = options;
  if (name === OUTBOX)
    throw new Error(`\`${OUTBOX}\` is the relay's name among the dead letters: call the consumer otherwise`);
  const accepted = receivers.flat().map((it) => ({ ...it, contract: withCodec(it.contract, options.codec) }));
  const scheduleOf = (stated: RetrySchedule | undefined): RetrySchedule =>
    options.retry ?? stated ?? DEFAULT_RETRY;
  assertOutlives(
    retention,
    accepted.map(({ contract }) => scheduleOf(contract.retry)),
  );
  const rules: IntakeRules = {
    consumer: name,
    accepted,
    onUnknown,
    clock,
    timeout: timeLimitOn(store, options.timeout),
    retryOf: (reading) => scheduleOf(reading.kind === 'ready' ? reading.contract.retry : undefined),
  };

  const state = condition(clock);
  let subscription: Subscription | undefined;
  let retrying = new AbortController();
  let prunedAt = Number.NEGATIVE_INFINITY;
  let failures = 0;
  /** How many are taken into a transaction: about as many as were done in the last one before its time was up. What is claimed and not done is work for nothing. */
  let groupSize = Number.POSITIVE_INFINITY;

  async function deliver(
    messages: readonly WireMessage[],
    { signal }: DeliverContext,
  ): Promise<readonly DeliveryOutcome[]> {
    for (const message of messages) tell(observe, { kind: 'delivered', consumer: name, message });
    const done = new Set<WireMessage>();
    const held = new Set<string>();
    let left = messages;
    let isOneByOne = false;
    let failedInARow = 0;
    while (left.length > 0 && !signal.aborted) {
      const next = left.slice(0, isOneByOne ? 1 : groupSize);
      try {
        const settled = await takeInOneTransaction(next, signal);
        failures = 0;
        failedInARow = 0;
        state.succeeded();
        for (const { message } of settled) done.add(message);
        left = left.slice(settled.length);
        if (settled.length < next.length) groupSize = 2 * settled.length;
        else if (!isOneByOne && next.length === groupSize) groupSize *= 2;
        for (const one of settled) report({ consumer: name, ...one, observe });
      } catch (error) {
        if (signal.aborted) break;
        state.failed(error);
        tell(observe, { kind: 'fault', where: name, error });
        failedInARow += 1;
        // One of them may be what the store cannot take: then the others do without it. A store that takes none is away.
        if (next.length > 1) isOneByOne = true;
        else if (failedInARow > 2) break;
        else {
          const [{ key } = {}] = next;
          if (key !== undefined) held.add(key);
          left = left.slice(1).filter((message) => message.key === undefined || !held.has(message.key));
        }
      }
    }
    if (done.size === messages.length) return messages.map(() => DONE);
    failures += 1;
    const again: DeliveryOutcome = { kind: 'again', after: backoff(failures, FIRST_PAUSE, LONGEST_PAUSE) };
    return messages.map((message) => (done.has(message) ? DONE : again));
  }

  async function takeInOneTransaction(
    messages: readonly WireMessage[],
    signal: AbortSignal,
  ): Promise<readonly Settled[]> {
    let arrivals: readonly Arrival[] | undefined = readAll(messages, rules);
    return store.transaction(async (tx) => {
      // A second run, after the store had to undo the first: handlers may have changed what they were given.
      const read = arrivals ?? readAll(messages, rules);
      arrivals = undefined;
      const until = performance.now() + GROUP_FOR;
      const settled = await takeBatch(tx, read, rules, signal, () => performance.now() > until);
      signal.throwIfAborted();
      return settled;
    });
  }

  /** Tries what is due, until nothing more is. */
  async function retryDue(signal: AbortSignal): Promise<void> {
    let tried: readonly Settled[];
    do {
      tried = await store.transaction(async (tx) => {
        const settled: Settled[] = [];
        const [parked] = await tx.parked.due(name, clock.now(), 1);
        if (!parked) return settled;
        const began = performance.now();
        const outcome = await retryParked(tx, parked, rules, signal);
        signal.throwIfAborted();
        settled.push({ message: parked.message, outcome, took: performance.now() - began });
        return settled;
      });
      for (const one of tried) report({ consumer: name, ...one, observe });
    } while (tried.length > 0 && subscription && !signal.aborted);
  }

  async function prune(): Promise<void> {
    const now = clock.now();
    if (Math.abs(now - prunedAt) < PRUNE_EVERY) return;
    prunedAt = now;
    const options = { keep: retention, limit: PRUNE_STEP };
    while ((await store.transaction((tx) => tx.inbox.prune(name, options))) === PRUNE_STEP && subscription);
  }

  const retries = worker({
    clock,
    async step() {
      await prune();
      const wait = await store.read(async (tx) => {
        const now = clock.now();
        const dueAt = await tx.parked.nextDueAt(name, now);
        return dueAt === undefined ? poll : Math.min(dueAt - now, poll);
      });
      state.succeeded();
      if (wait > 0) return wait;
      const { signal } = retrying;
      await Promise.all(Array.from({ length: hasOneWriter ? 1 : RETRIES_AT_ONCE }, () => retryDue(signal)));
      return 0;
    },
    onFault(error) {
      if (!retrying.signal.aborted) {
        state.failed(error);
        tell(observe, { kind: 'fault', where: name, error });
      }
      failures += 1;
      return backoff(failures, FIRST_PAUSE, LONGEST_PAUSE);
    },
  });
  let unwatch = (): void => undefined;

  return {
    name,
    health: state.health,
    async start() {
      if (subscription) throw new Error(`the consumer ${name} is started already`);
      const channels = [...new Set(accepted.map(({ contract }) => contract.channel))];
      retrying = new AbortController();
      // One that has only replies to receive, all of which are awaited elsewhere, has nothing to ask a broker for.
      subscription =
        channels.length === 0
          ? NOTHING
          : await subscriber.subscribe(
              { group: name, channels, from, concurrency, batch, maxInFlight },
              deliver,
            );
      unwatch = store.watch(['parked'], retries.wake);
      state.started();
      retries.start();
    },
    async stop(stopOptions) {
      const stopping = subscription;
      state.stopped();
      subscription = undefined;
      unwatch();
      const { within } = stopOptions ?? {};
      const cancel =
        within === undefined
          ? () => undefined
          : clock.after(within, async () =>
              retrying.abort(new Error(`stopped: the handlers had ${within} ms to end`)),
            );
      await Promise.all([stopping?.stop(stopOptions), retries.stop()]);
      cancel();
    },
    async [Symbol.asyncDispose]() {
      await this.stop();
    },
  };
}

const NOTHING: Subscription = { stop: async () => undefined };
const DONE: DeliveryOutcome = { kind: 'done' };
