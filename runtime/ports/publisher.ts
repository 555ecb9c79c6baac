import type { WireMessage } from './message.ts';
import type { Transaction } from './store.ts';

/** One of the two halves of a bus. Everything else (outbox, recording, metrics) decorates it. */
export interface Publisher {
  /**
   * Resolves when the messages are safe: in the broker's keeping, or written in the transaction given.
   * Messages with the same key are published in the order of the array. Rejects when any of them may not have
   * arrived; publishing all of them again is then right. A plain broker rejects a transaction: only an outbox
   * can take part in one.
   */
  publish(messages: readonly WireMessage[], options?: PublishOptions): Promise<void>;
}

export interface PublishOptions {
  readonly tx?: Transaction | undefined;
}
