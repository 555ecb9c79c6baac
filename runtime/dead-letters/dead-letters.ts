import { releaseNext } from '../consumer/release-next.ts';
import { type Clock, systemClock } from '../ports/clock.ts';
import type { WireMessage } from '../ports/message.ts';
import {
  type DeadLetterReason,
  type Failure,
  OUTBOX,
  type ParkedFilter,
  type ParkedMessage,
  type ParkedSummary,
} from '../ports/parked-messages.ts';
import type { Store, Transaction } from '../ports/store.ts';
import { type Observe, tell } from '../telemetry/observation.ts';

/** A message that its consumer has given up. Later messages of its key wait behind it until it is redriven or discarded. */
export interface DeadLetter {
  readonly id: string;
  /** `outbox` for a message that was not consumed, but that the broker refused to take. */
  readonly consumer: string;
  /** Without its body: `show` has that. */
  readonly message: Omit<WireMessage, 'body'>;
  /** Bytes of the body. */
  readonly size: number;
  /** The entity that stands still. */
  readonly key: string | undefined;
  readonly reason: DeadLetterReason;
  readonly failure: Failure | undefined;
  /** Tries that failed; 0 when none was worth it. */
  readonly attempts: number;
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly diedAt: number;
  /** How many messages wait behind it. */
  readonly waiting: number;
}

/** A dead letter with all that is known of it. */
export interface WholeDeadLetter extends DeadLetter {
  readonly message: WireMessage;
}

/** What is left out lets everything through. */
export interface DeadLetterFilter extends Omit<ParkedFilter, 'state' | 'limit'> {
  /** 100 unless told otherwise. */
  readonly limit?: number | undefined;
}

export interface DeadLetters {
  /** A page of them, by their ids: those after `after`, up to `limit`. A string is a consumer's name. */
  list(filter?: DeadLetterFilter | string): Promise<readonly DeadLetter[]>;
  /** The dead letter and the first hundred messages waiting behind it, in order; `undefined` when there is none of this id. */
  show(
    id: string,
  ): Promise<{ readonly letter: WholeDeadLetter; readonly behind: readonly WireMessage[] } | undefined>;
  /**
   * Has it tried again now, with its whole retry schedule, and after it those that wait, in order. Answers how
   * many wait; `undefined` when there is none of this id.
   */
  redrive(id: string): Promise<{ readonly waiting: number } | undefined>;
  /**
   * Gives it up for good and lets those behind it go. If it is delivered once more, it counts as a duplicate.
   * Answers how many waited; `undefined` when there is none of this id.
   */
  discard(id: string): Promise<{ readonly waiting: number } | undefined>;
  /**
   * Replaces its body, headers or content type, and leaves it where it is: redrive it then. It stays the same message to its consumer, which
   * checks it again. Answers how many wait; `undefined` when there is none of this id.
   */
  edit(
    id: string,
    change: Partial<Pick<WireMessage, 'body' | 'headers' | 'contentType'>>,
  ): Promise<{ readonly waiting: number } | undefined>;
}

export interface DeadLettersOptions {
  readonly clock?: Clock | undefined;
  readonly observe?: Observe | undefined;
}

const PAGE = 100;

/** The dead letters of all consumers that share the store, and of its outbox. */
export function deadLetters(
  store: Store,
  { clock = systemClock, observe }: DeadLettersOptions = {},
): DeadLetters {
  /** Changes a dead letter in one transaction. */
  async function change(
    kind: 'redriven' | 'discarded' | 'edited',
    id: string,
    work: (tx: Transaction, parked: ParkedMessage) => Promise<void>,
  ): Promise<{ readonly waiting: number } | undefined> {
    const changed = await store.transaction(async (tx) => {
      const found = await tx.parked.get(id);
      if (found?.key !== undefined) await tx.parked.lockQueues(found.consumer, [found.key]);
      // Once more, for until the queue was locked another may have changed it.
      const parked = await tx.parked.get(id);
      if (parked?.state.kind !== 'dead') return undefined;
      const waiting = await tx.parked.countBehind(id);
      await work(tx, parked);
      return { waiting };
    });
    if (changed) tell(observe, { kind, id, ...changed });
    return changed;
  }

  return {
    list: (filter = {}) =>
      store.read(async (tx) => {
        const { limit = PAGE, ...rest } = typeof filter === 'string' ? { consumer: filter } : filter;
        const letters: DeadLetter[] = [];
        for (const parked of await tx.parked.list({ ...rest, limit, state: 'dead' }))
          letters.push(...(await deadLetter(tx, parked)));
        return letters;
      }),
    show: (id) =>
      store.read(async (tx) => {
        const parked = await tx.parked.get(id);
        if (!parked) return undefined;
        const { message } = parked;
        const [letter] = await deadLetter(tx, { ...parked, size: message.body.byteLength });
        const behind = await tx.parked.behind(id, { limit: PAGE });
        return letter && { letter: { ...letter, message }, behind: behind.map((it) => it.message) };
      }),
    redrive: (id) =>
      change('redriven', id, async (tx, { failure }) => {
        const state = { kind: 'retrying', dueAt: clock.now(), delay: 0 } as const;
        await tx.parked.update(id, { state, attempts: 0, failure });
      }),
    edit: (id, { body, headers, contentType }) =>
      change('edited', id, async (tx, { state, attempts, failure, message }) => {
        const edited = {
          ...message,
          ...(body && { body }),
          ...(headers && { headers }),
          ...(contentType && { contentType }),
        };
        await tx.parked.update(id, { state, attempts, failure, message: edited });
      }),
    discard: (id) =>
      change('discarded', id, async (tx, parked) => {
        await tx.parked.remove(id);
        if (parked.consumer !== OUTBOX) await tx.inbox.claim(parked.consumer, [parked.identity]);
        await releaseNext(tx, parked, clock.now());
      }),
  };
}

/** One dead letter, or none when the message is still being tried. */
async function deadLetter(tx: Transaction, parked: ParkedSummary): Promise<readonly DeadLetter[]> {
  const { id, consumer, message, size, key, failure, attempts, state } = parked;
  if (state.kind !== 'dead') return [];
  const waiting = await tx.parked.countBehind(id);
  const { reason, at: diedAt } = state;
  return [{ id, consumer, message, size, key, reason, failure, attempts, diedAt, waiting }];
}
