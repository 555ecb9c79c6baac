import { releaseNext } from '../consumer/release-next.ts';
import { type Clock, systemClock } from '../ports/clock.ts';
import type { WireMessage } from '../ports/message.ts';
import type { DeadLetterReason, Failure, ParkedMessage } from '../ports/parked-messages.ts';
import type { Store, Transaction } from '../ports/store.ts';
import { type Observe, tell } from '../telemetry/observation.ts';

/** A message that its consumer has given up. Later messages of its key wait behind it until it is redriven or discarded. */
export interface DeadLetter {
  readonly id: string;
  readonly consumer: string;
  readonly message: WireMessage;
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

export interface DeadLetters {
  /** Oldest first; of one consumer or of all. */
  list(consumer?: string): Promise<readonly DeadLetter[]>;
  /** The dead letter and the messages waiting behind it, in order; `undefined` when there is none of this id. */
  show(
    id: string,
  ): Promise<{ readonly letter: DeadLetter; readonly behind: readonly WireMessage[] } | undefined>;
  /**
   * Has it tried again now, with its whole retry schedule, and after it those that wait, in order. Answers how
   * many wait; `undefined` when there is none of this id. A consumer that runs elsewhere notices at its next look.
   */
  redrive(id: string): Promise<{ readonly waiting: number } | undefined>;
  /**
   * Gives it up for good and lets those behind it go. If it is delivered once more, it counts as a duplicate.
   * Answers how many waited; `undefined` when there is none of this id.
   */
  discard(id: string): Promise<{ readonly waiting: number } | undefined>;
}

export interface DeadLettersOptions {
  readonly clock?: Clock | undefined;
  readonly observe?: Observe | undefined;
}

/** The dead letters of all consumers that share the store. */
export function deadLetters(
  store: Store,
  { clock = systemClock, observe }: DeadLettersOptions = {},
): DeadLetters {
  /** Changes a dead letter in one transaction. */
  async function change(
    kind: 'redriven' | 'discarded',
    id: string,
    work: (tx: Transaction, parked: ParkedMessage) => Promise<void>,
  ): Promise<{ readonly waiting: number } | undefined> {
    const changed = await store.transaction(async (tx) => {
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
    list: (consumer) =>
      store.transaction(async (tx) => {
        const letters: DeadLetter[] = [];
        for (const parked of await tx.parked.dead(consumer)) letters.push(...(await deadLetter(tx, parked)));
        return letters;
      }),
    show: (id) =>
      store.transaction(async (tx) => {
        const parked = await tx.parked.get(id);
        const [letter] = parked ? await deadLetter(tx, parked) : [];
        return letter && { letter, behind: (await tx.parked.behind(id)).map(({ message }) => message) };
      }),
    redrive: (id) =>
      change('redriven', id, async (tx, { failure }) => {
        await tx.parked.update(id, { state: { kind: 'retrying', dueAt: clock.now() }, attempts: 0, failure });
      }),
    discard: (id) =>
      change('discarded', id, async (tx, parked) => {
        const now = clock.now();
        await tx.inbox.add(parked.consumer, parked.identity, now);
        await tx.parked.remove(id);
        await releaseNext(tx, parked, now);
      }),
  };
}

/** One dead letter, or none when the message is still being tried. */
async function deadLetter(tx: Transaction, parked: ParkedMessage): Promise<readonly DeadLetter[]> {
  const { id, consumer, message, key, failure, attempts, state } = parked;
  if (state.kind !== 'dead') return [];
  const waiting = await tx.parked.countBehind(id);
  return [{ id, consumer, message, key, reason: state.reason, failure, attempts, diedAt: state.at, waiting }];
}
