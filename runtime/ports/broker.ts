import type { Publisher } from './publisher.ts';
import type { Subscriber } from './subscriber.ts';

/** Both halves of a bus and the connection behind them. */
export interface Broker extends Publisher, Subscriber {
  /** Ends every subscription and the connection. */
  close(): Promise<void>;
}
