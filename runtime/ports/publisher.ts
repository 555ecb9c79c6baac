import type { OutgoingMessage } from './message.ts';
import type { Transaction } from './store.ts';

/** One of the two halves of a bus. Everything else (outbox, recording, metrics) decorates it. */
export interface Publisher {
  /**
   * Publishes the messages, in any order but for those of one key, and answers with what became of each, in the order
   * of the array.
   *
   * Order: the messages of a key are stored in the order of the array. After the first of a key that was not `acked`,
   * the later ones of that key are not stored and are `retry`; so publishing again what was not `acked`, in the same
   * order, keeps each key's first arrivals in order. What is `retry` may have been stored all the same.
   *
   * It does not reject because a broker is away, slow or refuses: these are outcomes. It rejects for misuse: a
   * transaction given to a plain broker, or a publisher that is closed. It settles within seconds when the connection is
   * dead (with `retry`), and never waits for the broker to come back.
   */
  publish(messages: readonly OutgoingMessage[], options?: PublishOptions): Promise<readonly PublishOutcome[]>;
}

export interface PublishOptions {
  /** Only an outbox can take part in a transaction. */
  readonly tx?: Transaction | undefined;
}

export type PublishOutcome =
  /** Safe: in the broker's keeping (replicated and on disk as far as the broker is set up to), or in the transaction. */
  | { readonly kind: 'acked' }
  /** It may or may not have arrived; publishing it again is right. */
  | { readonly kind: 'retry'; readonly error: Error }
  /** The broker will never take this message (too large, no place for its channel, not permitted): a person must act. */
  | { readonly kind: 'refused'; readonly error: Error };

/** What is known, before a message is sent, of what the broker takes. */
export interface PublishLimits {
  /** The most bytes that a message may have, by `sizeOf`. Absent: not known (yet), or no limit worth naming. */
  readonly maxBytes?: number | undefined;
}
