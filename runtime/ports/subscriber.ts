import type { WireMessage } from './message.ts';

/** The other half of a bus: at-least-once delivery to groups. */
export interface Subscriber {
  /**
   * Each message on the channels goes to one member of each group. Messages with the same key are delivered one
   * after the other, in the order published, also across channels and members. A group that has once
   * subscribed gets what is published while all its members are away.
   */
  subscribe(to: SubscriptionOptions, deliver: Deliver): Promise<Subscription>;
}

export interface SubscriptionOptions {
  /** The members of a group share its messages. */
  readonly group: string;
  /**
   * Addresses of channels, or forms of them: `orders.{region}.placed` asks for every address of this form, and messages
   * come with the address that they were sent to.
   */
  readonly channels: readonly string[];
}

/** Resolving acknowledges the message; rejecting has it delivered again, before later ones of its key. */
export type Deliver = (message: WireMessage) => Promise<void>;

export interface Subscription {
  /** Takes no more messages; resolves when those under way are done. */
  stop(): Promise<void>;
}
