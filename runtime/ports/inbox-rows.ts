/** What each consumer has taken charge of: handled, or parked. */
export interface InboxRows {
  /**
   * Takes charge of messages, and answers for each, in the order of the array, whether this transaction was the first: then
   * it must handle or park the message, or roll back. `false`: another delivery did that, or the message is parked now. A transaction
   * that claims what another one has claimed and not yet committed waits for it. Of an identity named twice the first wins.
   */
  claim(consumer: string, identities: readonly string[]): Promise<readonly boolean[]>;
  /** Takes back claims: those made in this very transaction, or those of parked messages that it holds. */
  release(consumer: string, identities: readonly string[]): Promise<void>;
  /**
   * Forgets up to `limit` claims made more than `keep` milliseconds ago, and answers how many it forgot. Never one of a message that
   * is parked. Ages by the store's clock, and so that a clock that jumps ahead makes nothing forgotten early: time that
   * passes between two prunings counts for `LONGEST_STEP` at the most. (So claims are kept somewhat longer than `keep`.)
   */
  prune(consumer: string, options: PruneOptions): Promise<number>;
}

export interface PruneOptions {
  /** Milliseconds. */
  readonly keep: number;
  readonly limit: number;
}

/** The most milliseconds by which claims grow older from one pruning to the next. Consumers prune each hour. */
export const LONGEST_STEP = 2 * 3_600_000;
