import type { Violation } from '@chirograph/runtime';
import type { Fault } from '../faults/faults.ts';

/** Something that a mocked service did or saw. Times are milliseconds since 1970-01-01T00:00Z. */
export type Happening = Received | Sent | Trouble;

export interface Received {
  readonly kind: 'received';
  readonly at: number;
  /** `shop/payment`. */
  readonly service: string;
  readonly channel: string;
  /** What the message is called, by contract or, where none knows it, by its own word. */
  readonly name?: string;
  readonly version?: string;
  readonly id: string;
  readonly correlationId?: string;
  readonly verdict: 'valid' | 'invalid' | 'undecodable' | 'unknown-message' | 'unknown-version';
  /** Why it cannot be read, as a sentence; for the last three verdicts. */
  readonly problem?: string;
  /** Of invalid messages, at least one. */
  readonly violations: readonly Violation[];
  /** The service was given the same message before, by what its contract calls the same. */
  readonly again: boolean;
  /** The service's document does not receive it; a flow has the service follow it. */
  readonly overheard: boolean;
  readonly payload: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Sent {
  readonly kind: 'sent';
  readonly at: number;
  readonly service: string;
  readonly channel: string;
  readonly name: string;
  readonly version: string;
  readonly id: string;
  readonly correlationId: string;
  /** The id of the message that it follows from. */
  readonly answers?: string;
  readonly faults: readonly Fault[];
  readonly payload: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

/** Something did not work: the broker refused a message, no sample could be made. */
export interface Trouble {
  readonly kind: 'trouble';
  readonly at: number;
  readonly service?: string;
  readonly problem: string;
}

/** As programs read it: the time in ISO 8601. */
export function documentOf<T extends Happening>({ at, ...rest }: T): object {
  return { at: new Date(at).toISOString(), ...rest };
}
