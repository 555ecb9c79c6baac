import type { WireMessage } from '../ports/message.ts';
import { notify } from '../ports/notify.ts';
import type { DeadLetterReason } from '../ports/parked-messages.ts';

/** Something the runtime did, told after it became durable: for timelines, logs and tests. */
export type Observation =
  /** A producer handed the message over (to the outbox, with the transaction committed; or to a broker). */
  | { readonly kind: 'published'; readonly by: string; readonly message: WireMessage }
  /** The relay saw the broker acknowledge it. */
  | { readonly kind: 'relayed'; readonly message: WireMessage }
  | (Reception & { readonly kind: 'delivered' })
  /** Done. `took`: milliseconds. `attempt`: 1 when the first try succeeded. */
  | (Reception & { readonly kind: 'handled'; readonly attempt: number; readonly took: number })
  /** A try failed and another will follow at `dueAt`. */
  | (Reception & {
      readonly kind: 'retrying';
      readonly attempt: number;
      readonly error: unknown;
      readonly dueAt: number;
    })
  /** An earlier message of the same key is parked; this one waits behind it. */
  | (Reception & { readonly kind: 'waiting'; readonly key: string })
  | (Reception & {
      readonly kind: 'dead-lettered';
      readonly id: string;
      readonly reason: DeadLetterReason;
      readonly error: unknown;
    })
  /** Handled or parked before; no effect. */
  | (Reception & { readonly kind: 'duplicate' })
  /** Not known to the consumer, and its policy is to ignore such messages. */
  | (Reception & { readonly kind: 'ignored'; readonly reason: DeadLetterReason })
  | { readonly kind: 'redriven'; readonly id: string; readonly waiting: number }
  | { readonly kind: 'discarded'; readonly id: string; readonly waiting: number }
  /** A person has changed the body or the headers of a dead letter. */
  | { readonly kind: 'edited'; readonly id: string; readonly waiting: number }
  | { readonly kind: 'deadline-reached'; readonly process: string; readonly id: string }
  | {
      readonly kind: 'deadline-failed';
      readonly process: string;
      readonly id: string;
      readonly attempt: number;
      readonly error: unknown;
      readonly dueAt: number;
    }
  /** The broker or the store failed under `where`; it will be tried again. */
  | { readonly kind: 'fault'; readonly where: string; readonly error: unknown };

interface Reception {
  readonly consumer: string;
  readonly message: WireMessage;
}

export type Observe = (observation: Observation) => void;

/**
 * Tells an observer; what it throws becomes a process warning. So do faults that nobody observes: whatever hangs
 * on the broker or the store stands still meanwhile.
 */
export function tell(observe: Observe | undefined, observation: Observation): void {
  if (observe) notify(() => observe(observation));
  else if (observation.kind === 'fault') process.emitWarning(`${observation.where}: ${observation.error}`);
}
