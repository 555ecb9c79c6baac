import type { NodeConnectionOptions } from '@nats-io/transport-node';
import type { NatsStream } from './ensure-stream.ts';

export interface NatsBrokerOptions {
  /** `nats://127.0.0.1:4222`, or several of one cluster. */
  readonly servers: string | readonly string[];
  /** Streams the channels belong to, usually one for each domain; made when missing. */
  readonly streams: readonly NatsStream[];
  /** Put before every subject and stream name, so that two environments can share a server. */
  readonly prefix?: string | undefined;
  /** What else the NATS client should know: credentials, TLS. */
  readonly connection?: NodeConnectionOptions | undefined;
  /**
   * Milliseconds to wait for a server before the broker is handed out without one: 5 seconds unless told otherwise. It then goes on
   * trying, and says in `health()` how it stands.
   */
  readonly waitFor?: number | undefined;
  /** Milliseconds without a sign of life after which the server gives a message to another member: 3 seconds unless told otherwise. */
  readonly ackWait?: number | undefined;
  /** Milliseconds before a rejected message is delivered again. */
  readonly redeliveryDelay?: number | undefined;
  /** Told of lost consumers and the like, which fix themselves. Process warnings unless told otherwise. */
  readonly onFault?: ((error: unknown) => void) | undefined;
}
