import type { WireMessage } from './message.ts';

/** The other half of a bus: at-least-once delivery to groups. */
export interface Subscriber {
  /**
   * Each message on the channels goes to one member of each group, at least once. A group that has subscribed once gets
   * what is published while all its members are away.
   *
   * Order: messages of one key that were published to one place of the broker (one stream, one partition of a topic,
   * one queue) are delivered one after the other in the order in which they were stored, whatever member dies when. No
   * broker orders what lies in two places; within one subscription no two messages of a key are under way at once, wherever they
   * came from.
   *
   * A member never acknowledges what it was not asked for: when members of a group ask for different channels (a
   * rolling deployment), the group gets all of them, what one member does not know goes to another, and a member that
   * comes back never narrows what the group gets.
   *
   * Resolves when the broker knows of the group, or at once when the broker is away: then the subscription begins when
   * it comes back. Rejects when the broker says that it can never be (no stream has the channel, settings that lose data).
   */
  subscribe(to: SubscriptionOptions, deliver: Deliver): Promise<Subscription>;
}

export interface SubscriptionOptions {
  /** The members of a group share its messages. */
  readonly group: string;
  /**
   * Addresses of channels, or templates of them: `orders.{region}.placed` asks for every address of this form, and
   * messages come with the address that they were sent to.
   */
  readonly channels: readonly string[];
  /**
   * Where a group begins that subscribes for the first time: with the oldest message that the broker still has
   * (`first`, the default), or with what is published from now on (`new`). A group that exists goes on where it was.
   */
  readonly from?: 'first' | 'new' | undefined;
  /** How many calls of `deliver` may be under way at once in this member, none with a key of another. Default 16. */
  readonly concurrency?: number | undefined;
  /** The most messages in one call of `deliver`. Default 64. */
  readonly batch?: number | undefined;
  /** The most messages that this member has taken from the broker and not settled: back-pressure. Default 256. */
  readonly maxInFlight?: number | undefined;
}

/**
 * Takes a batch, and answers with an outcome for each message in the order of the array. Messages of one key stand in their
 * order; once the outcome of one is `again`, the outcome of the later ones of its key must be `again` too. Rejecting says
 * `again` for all of them, after a delay that the adapter chooses.
 */
export type Deliver = (
  messages: readonly WireMessage[],
  context: DeliverContext,
) => Promise<readonly DeliveryOutcome[]>;

export interface DeliverContext {
  /**
   * Aborted when the messages are no longer this member's (a partition was revoked, a lease was lost, `stop` ran out of
   * time): whatever is done with them from then on, another member may be doing too. Outcomes are then ignored.
   */
  readonly signal: AbortSignal;
}

export type DeliveryOutcome =
  /** Acknowledged: never delivered to this group again. */
  | { readonly kind: 'done' }
  /** Delivered again, not before so many milliseconds, and before any later message of its key. */
  | { readonly kind: 'again'; readonly after: number }
  /**
   * This group can never handle it and keeps it nowhere. The adapter puts it where its broker keeps such messages (a
   * dead-letter exchange or the like), reports it in any case, and goes on as after `done`.
   */
  | { readonly kind: 'refused'; readonly reason: string };

export interface Subscription {
  /**
   * Takes no more messages; resolves when those under way are settled and the rest is back with the broker, so that another
   * member gets it at once. After `within` milliseconds (default: no limit) it aborts the signal of what is still under way, gives that
   * back too, and resolves.
   */
  stop(options?: StopOptions): Promise<void>;
}

export interface StopOptions {
  /** Milliseconds. */
  readonly within?: number | undefined;
}
