import type { WireMessage } from './message.ts';

/**
 * Messages that a consumer has taken from the broker and not yet handled: each consumer and ordering key has a
 * queue of them. The head is tried again when due, or is dead; those behind it wait. Messages without a key
 * are queues of one. The relay parks here too, as `OUTBOX`, what the broker refuses.
 */
export interface ParkedMessages {
  /** Puts it at the tail of its queue; answers with it and its id. Rejects when this consumer has one of this identity. */
  add(message: Omit<ParkedMessage, 'id'>): Promise<ParkedMessage>;
  /**
   * The first in the queue of each key that has one. Until this transaction ends no other one adds to these queues or takes from them,
   * not even to those that are empty: to add, redrive, discard or complete, the queue must be held. Locks are taken in one order, so
   * that two transactions that ask for the same keys cannot wait for each other.
   */
  lockQueues(consumer: string, keys: readonly string[]): Promise<ReadonlyMap<string, ParkedMessage>>;
  /**
   * Up to `limit` that are to be tried again and due by `now` (or whose `dueAt` lies ahead by more than twice their `delay` and a second: then the clock
   * was set back), earliest first. No other transaction works on them until this one ends: those that another one works on are left out.
   */
  due(consumer: string, now: number, limit: number): Promise<readonly ParkedMessage[]>;
  /** When the earliest of those to be tried again is due, as `due` counts; `undefined` when there is none. */
  nextDueAt(consumer: string, now: number): Promise<number | undefined>;
  get(id: string): Promise<ParkedMessage | undefined>;
  /** Sets what a try has changed, or a person: `message`, where given, replaces what was sent. The place in the queue stays. */
  update(
    id: string,
    change: Pick<ParkedMessage, 'state' | 'attempts' | 'failure'> & Partial<Pick<ParkedMessage, 'message'>>,
  ): Promise<void>;
  remove(id: string): Promise<void>;
  /** Those that the filter lets through, without their bodies, in the order of their ids. */
  list(filter: ParkedFilter): Promise<readonly ParkedSummary[]>;
  /** Up to `limit` of those that wait behind this one, in order, after one of them (from the first without one). */
  behind(
    id: string,
    page: { readonly limit: number; readonly after?: string | undefined },
  ): Promise<readonly ParkedMessage[]>;
  countBehind(id: string): Promise<number>;
  /** How many there are by consumer and state, for gauges. */
  counts(): Promise<readonly ParkedCount[]>;
}

/** The name under which the relay parks: no consumer may be called so. */
export const OUTBOX = 'outbox';

export interface ParkedMessage {
  /** Such as `d-118`; never used again in this store. */
  readonly id: string;
  readonly consumer: string;
  readonly key?: string | undefined;
  /** Under which the consumer's inbox knows it. */
  readonly identity: string;
  readonly message: WireMessage;
  readonly state: ParkedState;
  /** Tries so far that failed, since it was parked or last redriven. */
  readonly attempts: number;
  /** Absent while it has not been tried. */
  readonly failure?: Failure | undefined;
  /** Milliseconds since 1970-01-01T00:00Z, as all times here. */
  readonly parkedAt: number;
}

/** A parked message as it is listed: all but its body and stack. */
export interface ParkedSummary extends Omit<ParkedMessage, 'message'> {
  readonly message: Omit<WireMessage, 'body'>;
  /** Bytes of the body. */
  readonly size: number;
}

/** What is left out lets everything through. */
export interface ParkedFilter {
  readonly limit: number;
  /** The id after which to begin. */
  readonly after?: string | undefined;
  readonly consumer?: string | undefined;
  readonly state?: ParkedState['kind'] | undefined;
  /** The message's name. */
  readonly name?: string | undefined;
  readonly key?: string | undefined;
  readonly reason?: DeadLetterReason | undefined;
  /** Dead since before then. */
  readonly deadBefore?: number | undefined;
}

export interface ParkedCount {
  readonly consumer: string;
  readonly state: ParkedState['kind'];
  readonly count: number;
}

export type ParkedState =
  | { readonly kind: 'waiting' }
  /** `delay`: the milliseconds that lie between the failure and `dueAt`. */
  | { readonly kind: 'retrying'; readonly dueAt: number; readonly delay: number }
  | { readonly kind: 'dead'; readonly reason: DeadLetterReason; readonly at: number };

/** Why a message was given up. All but `retries-exhausted` are not helped by trying again, so they are given up at once. */
export type DeadLetterReason = (typeof DEAD_LETTER_REASONS)[number];

export const DEAD_LETTER_REASONS = [
  'undecodable',
  'unknown-message',
  'unknown-version',
  'invalid',
  'upcast-invalid',
  'refused',
  'refused-by-broker',
  'retries-exhausted',
] as const;

/** What went wrong, first and last. */
export interface Failure {
  /** The last error's name and message. */
  readonly error: string;
  readonly message: string;
  /** Where in the payload, when the message departs from its contract. */
  readonly violations?: readonly FailureViolation[] | undefined;
  readonly stack?: string | undefined;
  readonly firstAt: number;
  readonly lastAt: number;
}

/** As `Violation` of the contract: the ports know the shape, not the contract. */
export interface FailureViolation {
  readonly pointer: string;
  readonly rule: string;
  readonly expected: string;
  readonly found: string;
}
