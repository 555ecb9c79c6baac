import { randomUUID } from 'node:crypto';
import { backoff } from '../backoff.ts';
import { errorKind } from '../consumer/failure.ts';
import { releaseNext } from '../consumer/release-next.ts';
import { type Clock, systemClock } from '../ports/clock.ts';
import { mark } from '../ports/mark.ts';
import type { OutgoingMessage } from '../ports/message.ts';
import type { OutboxRow } from '../ports/outbox-rows.ts';
import { OUTBOX, type ParkedMessage } from '../ports/parked-messages.ts';
import type { Publisher, PublishOutcome } from '../ports/publisher.ts';
import type { Store, Transaction } from '../ports/store.ts';
import { condition, type PartHealth } from '../service/condition.ts';
import { timeOperation } from '../telemetry/metrics.ts';
import { type Observe, tell } from '../telemetry/observation.ts';
import { inRelaySpan, markFailed, onlyChannel } from '../telemetry/tracing.ts';
import { worker } from '../worker.ts';
import { leaseKeeper } from './lease-keeper.ts';

/** Carries messages from the outbox to the broker. */
export interface Relay extends AsyncDisposable {
  readonly name: string;
  /** Whether the broker took what it was given last. One that stands by is healthy. */
  health(): PartHealth;
  start(): void;
  /** Gives up what is under way: it stays in the outbox, and is sent by the next relay. */
  stop(): Promise<void>;
  /**
   * Carries until the outbox is empty, another relay is at it, or the broker does not take everything; answers how many were
   * carried. For tests, and for shutdown once it is stopped.
   */
  drain(): Promise<number>;
}

export interface RelayOptions {
  readonly clock?: Clock | undefined;
  readonly observe?: Observe | undefined;
  /** How many messages are handed to the broker at once: 500 unless told otherwise. Twice as many are in memory, and may be sent twice after a crash. */
  readonly batch?: number | undefined;
  /** Milliseconds between looks into the outbox; commits wake the relay at once. */
  readonly poll?: number | undefined;
  /** Milliseconds after which another relay may take over from one that went silent. */
  readonly lease?: number | undefined;
}

const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 5_000;

/**
 * Moves messages in commit order, and deletes each only after the broker has acknowledged it. Any number of
 * relays may be started on a store: one at a time works, the others stand by. One that has lost its lease
 * without noticing can take and delete nothing; what it had in flight its successor sends too, in the same order, so that
 * each message arrives for the first time in its place and consumers drop the rest.
 *
 * What the broker refuses for good is parked by its key, as a dead letter of `outbox`; later messages of its key wait
 * behind it, all others flow.
 */
export function relay(store: Store, broker: Publisher, options: RelayOptions = {}): Relay {
  const { clock = systemClock, observe, batch = 500, poll = 2_000, lease = 2_000 } = options;
  const keeper = leaseKeeper({ store, clock, name: 'relay', holder: randomUUID(), ttl: lease });
  let isStopping = false;
  let stopping = Promise.withResolvers<'stopped'>();
  let carrying: Promise<Carried> = Promise.resolve({ count: 0, isComplete: true });
  let failures = 0;
  const state = condition(clock);

  /** A message that is to be sent, and where it is until it is. */
  type Load = Sendable & ({ readonly row: OutboxRow } | { readonly parked: ParkedMessage });
  interface Sendable {
    readonly message: OutgoingMessage;
  }
  interface Turned {
    /** To be sent. */
    readonly loads: readonly Load[];
    /** Whether there may be more behind them. */
    readonly isMore: boolean;
  }
  type Sent = readonly (readonly [Load, PublishOutcome])[];
  interface Carried {
    readonly count: number;
    /** Whether nothing was left that could have been carried. */
    readonly isComplete: boolean;
  }

  /** Whether there is anything to do: an idle relay takes no lock. */
  async function hasWork(): Promise<boolean> {
    return store.read(async (tx) => {
      if ((await tx.outbox.next({ limit: 1 })).length > 0) return true;
      const now = clock.now();
      const dueAt = await tx.parked.nextDueAt(OUTBOX, now);
      return dueAt !== undefined && dueAt <= now;
    });
  }

  /**
   * One transaction for each batch: notes what became of what was sent, and takes the next, behind the row `after` if there is one.
   * `undefined` when another relay is at work.
   */
  async function turnOver(sent: Sent, after?: string): Promise<readonly Load[] | undefined> {
    let turned = await turnOverOnce(sent, after);
    // All of what was next went behind something parked, and what comes after it has not been looked at.
    while (turned?.isMore && turned.loads.length === 0) turned = await turnOverOnce([], after);
    return turned?.loads;
  }

  async function turnOverOnce(sent: Sent, after: string | undefined): Promise<Turned | undefined> {
    return store.transaction(async (tx) => {
      const fence = await keeper.take(tx);
      if (!fence) return undefined;
      for (const [load, outcome] of sent) if ('parked' in load) await noteParked(tx, load.parked, outcome);
      const done: OutboxRow[] = [];
      for (const [load, outcome] of sent) {
        if (!('row' in load) || outcome.kind === 'retry') continue;
        done.push(load.row);
        if (outcome.kind === 'refused') await park(tx, load.row, outcome.error);
      }
      const [removed, due] = await Promise.all([
        tx.outbox.remove(
          done.map(({ id }) => id),
          fence,
        ),
        tx.parked.due(OUTBOX, clock.now(), batch),
      ]);
      if (!removed) return undefined;
      if (due.length > 0) return { loads: due.map(loadOfParked), isMore: true };
      const rows = await tx.outbox.next({ limit: batch, after });
      return { loads: await nextOf(tx, rows), isMore: rows.length > 0 };
    });
  }

  /**
   * While a batch is being published: notes what became of the one before, all of which was taken, and takes the one after it. Nothing
   * where no more is to be expected.
   */
  function turnOverAhead(before: Sent, loads: readonly Load[]): ReturnType<typeof turnOver> | undefined {
    const last = loads.at(-1);
    // What was parked, which is a batch of its own, waits for its outcome, and so do those behind it.
    if (loads.length < batch || !last || !('row' in last)) return undefined;
    return turnOver(before, last.row.id);
  }

  /** Rows whose key has a parked message go behind it; the others are to be sent. */
  async function nextOf(tx: Transaction, rows: readonly OutboxRow[]): Promise<readonly Load[]> {
    const keys = [...new Set(rows.flatMap((row) => queueOf(row) ?? []))];
    const heads: ReadonlyMap<string | undefined, ParkedMessage> =
      keys.length > 0 ? await tx.parked.lockQueues(OUTBOX, keys) : new Map();
    const blocked = rows.filter((row) => heads.has(queueOf(row)));
    for (const row of blocked) await tx.parked.add(entryOf(row, { kind: 'waiting' }));
    if (blocked.length > 0) await tx.outbox.remove(blocked.map(({ id }) => id));
    return rows.filter((row) => !blocked.includes(row)).map(loadOfRow);
  }

  async function park(tx: Transaction, row: OutboxRow, error: Error): Promise<void> {
    const now = clock.now();
    const queue = queueOf(row);
    if (queue !== undefined) await tx.parked.lockQueues(OUTBOX, [queue]);
    const state = { kind: 'dead', reason: 'refused-by-broker', at: now } as const;
    const { id } = await tx.parked.add({ ...entryOf(row, state), failure: failureOf(error, now) });
    tx.afterCommit(() =>
      tell(observe, {
        kind: 'dead-lettered',
        consumer: OUTBOX,
        message: row.message,
        id,
        reason: 'refused-by-broker',
        error,
      }),
    );
  }

  async function noteParked(tx: Transaction, parked: ParkedMessage, outcome: PublishOutcome): Promise<void> {
    if (outcome.kind === 'retry') return;
    const now = clock.now();
    if (parked.key !== undefined) await tx.parked.lockQueues(OUTBOX, [parked.key]);
    // A person may have discarded it meanwhile.
    if ((await tx.parked.get(parked.id))?.state.kind !== 'retrying') return;
    if (outcome.kind === 'refused') {
      const state = { kind: 'dead', reason: 'refused-by-broker', at: now } as const;
      await tx.parked.update(parked.id, {
        state,
        attempts: parked.attempts + 1,
        failure: failureOf(outcome.error, now, parked.failure?.firstAt),
      });
    } else {
      await tx.parked.remove(parked.id);
      await releaseNext(tx, parked, now);
    }
  }

  function entryOf(row: OutboxRow, state: ParkedMessage['state']): Omit<ParkedMessage, 'id'> {
    const { message, deduplicationId } = row;
    return {
      consumer: OUTBOX,
      key: queueOf(row),
      identity: deduplicationId,
      message,
      state,
      attempts: state.kind === 'dead' ? 1 : 0,
      parkedAt: clock.now(),
    };
  }

  async function carry(): Promise<Carried> {
    let count = 0;
    if (!(await hasWork())) return { count, isComplete: true };
    let loads = await turnOver([]);
    /** All of it was taken, and is in the outbox until the next transaction. */
    let before: Sent = [];
    while (loads && loads.length > 0) {
      if (isStopping) return { count, isComplete: false };
      const publishing = keeper.whileHeld(publish(loads));
      const taking = turnOverAhead(before, loads);
      taking?.catch(() => undefined);
      // A broker may keep us waiting for as long as a consumer is away; being stopped does not.
      const outcomes = await Promise.race([publishing, stopping.promise]);
      if (outcomes === 'stopped') {
        publishing.catch(() => undefined);
        // It would take the lease again that is about to be given back.
        await taking?.catch(() => undefined);
        return { count, isComplete: false };
      }
      const sent = loads.map((load, index) => [load, outcomes[index] ?? NO_ANSWER] as const);
      for (const [{ message }, { kind }] of sent) {
        if (kind !== 'acked') continue;
        count += 1;
        const { deduplicationId: _, ...plain } = message;
        tell(observe, { kind: 'relayed', message: plain });
      }
      const ahead = await taking;
      // Only behind a batch of which all was taken, for else a key would be out of order, and only if the lease has not lapsed meanwhile.
      if (ahead && ahead.length > 0 && keeper.isHeld() && sent.every(([, { kind }]) => kind === 'acked')) {
        before = sent;
        loads = ahead;
        failures = 0;
        continue;
      }
      const next = await turnOver(ahead ? sent : [...before, ...sent]);
      before = [];
      const error = failureAmong(sent);
      if (error) {
        state.failed(error);
        tell(observe, { kind: 'fault', where: 'relay', error });
        return { count, isComplete: false };
      }
      failures = 0;
      loads = next;
    }
    return { count, isComplete: loads !== undefined };
  }

  async function publish(loads: readonly Load[]): Promise<readonly PublishOutcome[]> {
    const messages = loads.map(({ message }) => message);
    const timed = timeOperation('relay', onlyChannel(messages));
    return inRelaySpan(messages, async (span) => {
      const outcomes = await outcomesOf(messages);
      const [error] = outcomes.flatMap((it) => (it.kind === 'acked' ? [] : [it.error]));
      if (error) markFailed(span, error);
      timed(error && errorKind(error));
      return outcomes;
    });
  }

  /** A broker that rejects has taken who knows what: all of it is sent again. */
  async function outcomesOf(messages: readonly OutgoingMessage[]): Promise<readonly PublishOutcome[]> {
    try {
      return await broker.publish(messages);
    } catch (cause) {
      const error = cause instanceof Error ? cause : new Error(String(cause));
      return messages.map(() => ({ kind: 'retry', error }));
    }
  }

  /** Two at once would send the same rows twice. */
  function carryAlone(): Promise<Carried> {
    carrying = carrying.then(carry, carry);
    return carrying;
  }

  function pauseAfterFailure(): number {
    failures += 1;
    return backoff(failures, FIRST_PAUSE, LONGEST_PAUSE);
  }

  const work = worker({
    clock,
    async step() {
      const { isComplete } = await carryAlone();
      if (isComplete) state.succeeded();
      return isComplete ? poll : pauseAfterFailure();
    },
    onFault(error) {
      state.failed(error);
      tell(observe, { kind: 'fault', where: 'relay', error });
      return pauseAfterFailure();
    },
  });
  let unwatch = (): void => undefined;

  return {
    name: 'relay',
    health: state.health,
    start() {
      unwatch = store.watch(['outbox', 'parked'], work.wake);
      state.started();
      work.start();
    },
    async stop() {
      unwatch();
      state.stopped();
      isStopping = true;
      stopping.resolve('stopped');
      await work.stop();
      await keeper.release();
      isStopping = false;
      stopping = Promise.withResolvers();
    },
    drain: async () => (await carryAlone()).count,
    async [Symbol.asyncDispose]() {
      await this.stop();
    },
  };
}

/** Why something was not taken that could be taken later. What stands behind a refused message is parked with it instead. */
function failureAmong(
  sent: readonly (readonly [{ readonly message: OutgoingMessage }, PublishOutcome])[],
): Error | undefined {
  const refused = new Set<string | undefined>();
  for (const [{ message }, outcome] of sent) {
    if (outcome.kind === 'refused') refused.add(message.key);
    if (outcome.kind === 'retry' && (message.key === undefined || !refused.has(message.key)))
      return outcome.error;
  }
  return undefined;
}

/** By which a row waits behind what was parked before it. */
function queueOf({ message: { key } }: OutboxRow): string | undefined {
  return key === undefined ? undefined : mark(key);
}

const NO_ANSWER: PublishOutcome = {
  kind: 'retry',
  error: new Error('the broker did not say what became of the message'),
};

function loadOfRow(row: OutboxRow) {
  return { row, message: { ...row.message, deduplicationId: row.deduplicationId } };
}

function loadOfParked(parked: ParkedMessage) {
  return { parked, message: { ...parked.message, deduplicationId: parked.identity } };
}

function failureOf({ name, message, stack }: Error, at: number, firstAt = at): ParkedMessage['failure'] {
  return { error: name, message, stack, firstAt, lastAt: at };
}
