import type { Fence } from './leases.ts';
import type { WireMessage } from './message.ts';

/** Messages that are decided but not yet in the broker's keeping. */
export interface OutboxRows {
  /** To be sent, in this order, if the transaction commits. */
  add(messages: readonly WireMessage[]): Promise<void>;
  /**
   * The next to be sent, in an order in which rows of later commits never stand before rows of earlier ones, and
   * in which no row ever appears before one already read: on a database with concurrent writers this is not the order of ids.
   */
  next(page: OutboxPage): Promise<readonly OutboxRow[]>;
  /** Deletes rows if the lease still has this token, and answers whether it had. Without a fence: as a person does, in any case. */
  remove(ids: readonly string[], fence?: Fence): Promise<boolean>;
  /** How much waits, for gauges. */
  depth(): Promise<OutboxDepth>;
}

export interface OutboxPage {
  readonly limit: number;
  /** The id of the row after which to begin. Absent: with the first. */
  readonly after?: string | undefined;
}

export interface OutboxRow {
  /** Never used again for another row of this store. */
  readonly id: string;
  /** Never used again for another row of any store: what brokers drop duplicates by. */
  readonly deduplicationId: string;
  readonly message: WireMessage;
}

export interface OutboxDepth {
  readonly count: number;
  /** Milliseconds since the oldest row was written, by the store's clock; absent when there is none. */
  readonly oldestAge?: number | undefined;
}
