import type { WireMessage } from './message.ts';

/**
 * Messages that a consumer has taken from the broker and not yet handled: each consumer and ordering key has a
 * queue of them. The head is tried again when due, or is dead; those behind it wait. Messages without a key
 * are queues of one.
 */
export interface ParkedMessages {
  /** Puts it at the tail of its queue; answers it with its id. */
  add(message: Omit<ParkedMessage, 'id'>): Promise<ParkedMessage>;
  /** Whether this very message is parked already. */
  has(consumer: string, identity: string): Promise<boolean>;
  /** The first in the queue of this key; no other transaction changes the queue until this one ends. */
  head(consumer: string, key: string): Promise<ParkedMessage | undefined>;
  /** Of those to be tried again, the earliest, due or not; no other transaction works on it until this one ends. */
  next(consumer: string): Promise<ParkedMessage | undefined>;
  get(id: string): Promise<ParkedMessage | undefined>;
  /** Sets what a try has changed; the place in the queue stays. */
  update(id: string, change: Pick<ParkedMessage, 'state' | 'attempts' | 'failure'>): Promise<void>;
  remove(id: string): Promise<void>;
  /** The dead ones, oldest first. */
  dead(consumer?: string): Promise<readonly ParkedMessage[]>;
  /** Those that wait behind this one, in order. */
  behind(id: string): Promise<readonly ParkedMessage[]>;
  countBehind(id: string): Promise<number>;
}

export interface ParkedMessage {
  /** Such as `d-118`; never used again. */
  readonly id: string;
  readonly consumer: string;
  readonly key?: string | undefined;
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

export type ParkedState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'retrying'; readonly dueAt: number }
  | { readonly kind: 'dead'; readonly reason: DeadLetterReason; readonly at: number };

/** Why a message was given up. All but the last are not fixed by trying again, so they are given up at once. */
export type DeadLetterReason = (typeof DEAD_LETTER_REASONS)[number];

export const DEAD_LETTER_REASONS = [
  'undecodable',
  'unknown-message',
  'unknown-version',
  'invalid',
  'upcast-invalid',
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
