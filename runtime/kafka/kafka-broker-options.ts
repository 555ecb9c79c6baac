import type { ConnectionOptions, SASLOptions } from '@platformatic/kafka';
import type { KafkaTopic } from './topics.ts';

/** How the servers are reached. */
export interface KafkaConnection {
  /** `host:port` of some of the servers, with commas between them or as a list; the others are found by them. `kafka://` may stand before. */
  readonly brokers: string | readonly string[];
  /** What servers call this client in their logs and quotas. `chirograph` unless told otherwise. */
  readonly clientId?: string | undefined;
  readonly tls?: ConnectionOptions['tls'];
  readonly sasl?: SASLOptions | undefined;
}

export interface KafkaBrokerOptions extends KafkaConnection {
  /**
   * The topics, and the channels whose messages lie in each: made when missing. One for each domain keeps the order of a key over all
   * channels of the domain; where each channel has a topic of its own, a key keeps its order within a channel only.
   */
  readonly topics: readonly KafkaTopic[];
  /** Before the names of topics and groups, so that two environments can share a cluster. */
  readonly prefix?: string | undefined;
  /**
   * The most bytes of a message (`sizeOf`). What the topics take (`max.message.bytes`), less what a record needs beside it, unless told
   * otherwise.
   */
  readonly maxBytes?: number | undefined;
  /**
   * Milliseconds to wait for a server before the broker is handed out without one: 5 seconds unless told otherwise. It then goes on
   * trying, and says in `health()` how it stands.
   */
  readonly waitFor?: number | undefined;
  /**
   * Milliseconds without a sign of life after which a member's partitions go to others: 6 seconds unless told otherwise, the least that
   * Kafka's servers allow unless they are told otherwise (`group.min.session.timeout.ms`).
   */
  readonly sessionTimeout?: number | undefined;
  /** Milliseconds before a rejected message is delivered again. */
  readonly redeliveryDelay?: number | undefined;
  /** Told of lost connections and the like, which fix themselves. Process warnings unless told otherwise. */
  readonly onFault?: ((error: unknown) => void) | undefined;
}

/** The same for every use of it. */
export function connectionOf({ brokers, clientId = 'chirograph', tls, sasl }: KafkaConnection) {
  const list = typeof brokers === 'string' ? brokers.replace(/^kafka:\/\//, '').split(',') : brokers;
  return {
    brokers: list.map((it) => it.trim().replace(/\/$/, '')),
    clientId,
    ...(tls && { tls }),
    ...(sasl && { sasl }),
  };
}
