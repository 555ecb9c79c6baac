import type { WireMessage } from './message.ts';

/** Messages that are decided but not yet in the broker's keeping. */
export interface OutboxRows {
  /** To be sent, in this order, if the transaction commits. */
  add(messages: readonly WireMessage[]): Promise<void>;
  /** The next to be sent, in commit order. */
  next(limit: number): Promise<readonly OutboxRow[]>;
  remove(ids: readonly string[]): Promise<void>;
}

export interface OutboxRow {
  /** Never used again for another row. */
  readonly id: string;
  readonly message: WireMessage;
}
