/// <reference lib="esnext.disposable" preserve="true" />
import type { Health } from './health.ts';
import type { Publisher, PublishLimits } from './publisher.ts';
import type { Subscriber } from './subscriber.ts';

/**
 * Both halves of a bus and the connection behind them. It can be made while its server is away: it then connects when
 * the server comes, with growing pauses, and says so in `health()`.
 */
export interface Broker extends Publisher, Subscriber, AsyncDisposable {
  /** Answers at once, from what the last connection said. */
  limits(): PublishLimits;
  health(): Health;
  /**
   * How many messages the group has not settled, for gauges. `undefined` when the broker does not say, or knows no such group. Where the server does not
   * filter (Redis, NATS before 2.10), messages of other channels of its streams count too; on RabbitMQ only what no member has been handed.
   */
  lag?(group: string): Promise<number | undefined>;
  /** Ends every subscription (as `stop` without a limit does) and the connection. Resolves in seconds when the server is away. */
  close(): Promise<void>;
}
