import { AsyncResource } from 'node:async_hooks';
import type { Cancel, Clock } from '../ports/clock.ts';
import type { WireMessage } from '../ports/message.ts';
import { notify } from '../ports/notify.ts';
import type { Deliver, DeliveryOutcome } from '../ports/subscriber.ts';

/**
 * What a member of a group does with the messages that it has taken from its broker: one lane for each key, so that
 * messages of a key are delivered one after the other, in the order in which they were added, while others flow; batches, so that many take effect
 * in one transaction; and `again` without the broker, so that no later message of the key comes between.
 */
export interface Lanes<Item> {
  /** In the broker's order. */
  add(item: Item): void;
  /** How many are held: waiting or being delivered. */
  readonly size: number;
  /** Resolves when fewer than so many are held, or when stopped. */
  whenBelow(count: number): Promise<void>;
  /** Looks again for what can be delivered: when there may be more room than before. */
  pump(): void;
  /**
   * Takes out what matches: it belongs, or will belong, to someone else. Resolves when none of it is being delivered; what of
   * that is not settled then is taken out as well. With a reason it aborts the signal of the deliveries that hold some of it. Answers
   * with what was taken out, in the order in which it was added.
   */
  withdraw(match: (item: Item) => boolean, reason?: Error): Promise<readonly Item[]>;
  /**
   * Delivers nothing more. Resolves when what is under way is settled; after `within` milliseconds it aborts the signal of what is still under
   * way. Answers with the items that are not settled, in the order in which they were added: they go back to the broker.
   */
  stop(within?: number): Promise<readonly Item[]>;
  /** Aborts at once, without a word to the broker: the items belong to someone else now. */
  revoke(reason: Error): void;
}

export interface LanesOptions<Item> {
  readonly clock: Clock;
  messageOf(item: Item): WireMessage;
  readonly deliver: Deliver;
  /** Told once for each item that is done or refused, in the order of its key: to be acknowledged. */
  settled(item: Item, outcome: SettledOutcome): void;
  /** How many deliveries may be under way at once. */
  concurrency(): number;
  /** The most messages in one delivery. */
  batch(): number;
  /** Milliseconds before the messages of a delivery that rejected are delivered again. */
  readonly redeliveryDelay: number;
}

export type SettledOutcome = Exclude<DeliveryOutcome, { readonly kind: 'again' }>;

interface Entry<Item> {
  readonly item: Item;
  /** Its place among all that were added. */
  readonly place: number;
  isRunning: boolean;
  isWithdrawn: boolean;
  isSettled: boolean;
}

interface Lane<Item> {
  readonly key: string | undefined;
  queue: Entry<Item>[];
}

/** How long `stop` waits for a delivery that does not heed its signal. */
const GRACE = 1_000;

export function lanes<Item>(options: LanesOptions<Item>): Lanes<Item> {
  const { clock, messageOf, settled, concurrency, redeliveryDelay } = options;
  // A delivery belongs to the subscriber, not to the code that happened to publish: its async context is not inherited.
  const deliver = AsyncResource.bind(options.deliver);
  const byKey = new Map<string, Lane<Item>>();
  const all = new Set<Lane<Item>>();
  /** Lanes whose first message can be delivered now, longest waiting first. */
  let ready: Lane<Item>[] = [];
  const pauses = new Set<Cancel>();
  let aborted = false;
  const waiting = new Set<{ readonly count: number; readonly resolve: () => void }>();
  const withdrawing = new Set<{ readonly entries: readonly Entry<Item>[]; readonly resolve: () => void }>();
  const underWay = new Map<AbortController, readonly Entry<Item>[]>();
  let size = 0;
  let added = 0;
  let running = 0;
  let stopped = false;
  let pumping = false;
  let idle: PromiseWithResolvers<void> | undefined;

  /** Soon, so that messages that come at once make one batch. */
  function pumpSoon(): void {
    if (pumping) return;
    pumping = true;
    queueMicrotask(() => {
      pumping = false;
      pump();
    });
  }

  function pump(): void {
    while (!stopped && ready.length > 0 && running < concurrency()) void run(take());
  }

  /** As many as fit into a batch; but no more than leaves something for the other deliveries that could begin now. */
  function take(): readonly { readonly lane: Lane<Item>; readonly entries: readonly Entry<Item>[] }[] {
    const free = Math.max(1, concurrency() - running);
    const batch = options.batch();
    let queued = 0;
    for (const lane of ready) {
      queued += lane.queue.length;
      if (queued >= batch * free) break;
    }
    const share = Math.min(batch, Math.max(1, Math.ceil(queued / free)));
    const taken: { readonly lane: Lane<Item>; readonly entries: readonly Entry<Item>[] }[] = [];
    let count = 0;
    let lanesTaken = 0;
    for (const lane of ready) {
      if (count >= share) break;
      const entries = lane.queue.slice(0, share - count);
      taken.push({ lane, entries });
      count += entries.length;
      lanesTaken += 1;
    }
    ready = ready.slice(lanesTaken);
    return taken;
  }

  async function run(taken: ReturnType<typeof take>): Promise<void> {
    running += 1;
    const entries = taken.flatMap((one) => one.entries);
    for (const entry of entries) entry.isRunning = true;
    const control = new AbortController();
    underWay.set(control, entries);
    const outcomes = await outcomesOf(
      entries.map(({ item }) => messageOf(item)),
      control.signal,
    );
    underWay.delete(control);
    running -= 1;
    for (const entry of entries) entry.isRunning = false;
    let index = 0;
    if (aborted) index = entries.length;
    else
      for (const one of taken) {
        settle(one.lane, one.entries, outcomes.slice(index, index + one.entries.length));
        index += one.entries.length;
      }
    if (running === 0) idle?.resolve();
    for (const one of withdrawing) {
      if (one.entries.some(({ isRunning }) => isRunning)) continue;
      withdrawing.delete(one);
      one.resolve();
    }
    wakeWaiting();
    pump();
  }

  function wakeWaiting(): void {
    for (const wait of waiting) {
      if (size >= wait.count) continue;
      waiting.delete(wait);
      wait.resolve();
    }
  }

  async function outcomesOf(
    messages: readonly WireMessage[],
    signal: AbortSignal,
  ): Promise<readonly DeliveryOutcome[]> {
    const again: DeliveryOutcome = { kind: 'again', after: redeliveryDelay };
    try {
      const outcomes = await deliver(messages, { signal });
      // One too few is not an acknowledgement.
      return messages.map((_, index) => outcomes[index] ?? again);
    } catch {
      return messages.map(() => again);
    }
  }

  function settle(
    lane: Lane<Item>,
    entries: readonly Entry<Item>[],
    outcomes: readonly DeliveryOutcome[],
  ): void {
    const left: Entry<Item>[] = [];
    let after = 0;
    for (const [index, entry] of entries.entries()) {
      const outcome = outcomes[index];
      if (entry.isWithdrawn && outcome?.kind !== 'done' && outcome?.kind !== 'refused') size -= 1;
      else if (!outcome || outcome.kind === 'again') {
        if (left.length === 0) after = outcome?.after ?? redeliveryDelay;
        left.push(entry);
      } else {
        size -= 1;
        entry.isSettled = true;
        // What cannot be acknowledged comes again; it holds up neither its key nor the process.
        notify(() => settled(entry.item, outcome));
      }
    }
    lane.queue = [...left, ...lane.queue.slice(entries.length)];
    if (lane.queue.length === 0) {
      all.delete(lane);
      if (lane.key !== undefined) byKey.delete(lane.key);
    } else if (left.length === 0) {
      ready.push(lane);
    } else {
      pause(lane, after);
    }
  }

  function pause(lane: Lane<Item>, milliseconds: number): void {
    const resume = (): void => {
      pauses.delete(cancel);
      // What it held may have been withdrawn, and its key have another lane by now.
      if (!all.has(lane)) return;
      ready.push(lane);
      pump();
    };
    let cancel: Cancel;
    if (milliseconds > 0) {
      cancel = clock.after(milliseconds, async () => resume());
    } else {
      const turn = setImmediate(resume);
      cancel = () => clearImmediate(turn);
    }
    pauses.add(cancel);
  }

  function abort(reason: Error): void {
    aborted = true;
    for (const control of underWay.keys()) control.abort(reason);
  }

  function end(): readonly Item[] {
    stopped = true;
    for (const cancel of pauses) cancel();
    pauses.clear();
    for (const wait of waiting) wait.resolve();
    waiting.clear();
    const left = [...all].flatMap((lane) => lane.queue).sort((one, other) => one.place - other.place);
    all.clear();
    byKey.clear();
    ready = [];
    return left.map(({ item }) => item);
  }

  return {
    add(item) {
      if (stopped) return;
      const { key } = messageOf(item);
      const entry: Entry<Item> = {
        item,
        place: added++,
        isRunning: false,
        isWithdrawn: false,
        isSettled: false,
      };
      size += 1;
      const opened = key === undefined ? undefined : byKey.get(key);
      if (opened) {
        opened.queue.push(entry);
        return;
      }
      const lane: Lane<Item> = { key, queue: [entry] };
      all.add(lane);
      if (key !== undefined) byKey.set(key, lane);
      ready.push(lane);
      pumpSoon();
    },
    get size() {
      return size;
    },
    whenBelow(count) {
      if (stopped || size < count) return Promise.resolve();
      return new Promise((resolve) => waiting.add({ count, resolve }));
    },
    pump: pumpSoon,
    async withdraw(match, reason) {
      const under: Entry<Item>[] = [];
      const out: Entry<Item>[] = [];
      for (const lane of all) {
        const left = lane.queue.filter((entry) => {
          if (!match(entry.item)) return true;
          if (!entry.isRunning) {
            out.push(entry);
            return false;
          }
          entry.isWithdrawn = true;
          under.push(entry);
          return true;
        });
        size -= lane.queue.length - left.length;
        lane.queue = left;
        if (left.length > 0) continue;
        all.delete(lane);
        if (lane.key !== undefined) byKey.delete(lane.key);
      }
      ready = ready.filter((lane) => all.has(lane));
      wakeWaiting();
      if (reason)
        for (const [control, entries] of underWay)
          if (entries.some((entry) => under.includes(entry))) control.abort(reason);
      if (under.length > 0)
        await new Promise<void>((resolve) => withdrawing.add({ entries: under, resolve }));
      out.push(...under.filter(({ isSettled }) => !isSettled));
      return out.sort((one, other) => one.place - other.place).map(({ item }) => item);
    },
    async stop(within = Number.POSITIVE_INFINITY) {
      stopped = true;
      if (running > 0) {
        idle ??= Promise.withResolvers();
        const patience: Cancel[] = [];
        const timedOut = new Promise<void>((resolve) => {
          if (within === Number.POSITIVE_INFINITY) return;
          patience.push(
            clock.after(within, async () => {
              abort(new Error(`stopped: the handlers had ${within} ms to end`));
              patience.push(clock.after(GRACE, async () => resolve()));
            }),
          );
        });
        await Promise.race([idle.promise, timedOut]);
        for (const cancel of patience) cancel();
      }
      return end();
    },
    revoke(reason) {
      abort(reason);
      end();
    },
  };
}
