import type { RetrySchedule } from '../contract/message-contract.ts';
import type { Clock } from '../ports/clock.ts';
import type { Failure, ParkedState } from '../ports/parked-messages.ts';
import type { Transaction } from '../ports/store.ts';
import { failureOf, failureToRead } from './failure.ts';
import type { Reading } from './read-message.ts';
import { withinTime } from './time-limit.ts';

export interface TryOptions {
  readonly consumer: string;
  readonly clock: Clock;
  /** When it began. */
  readonly now: number;
  /** Milliseconds that the handler may take. */
  readonly timeout: number;
  readonly retry: RetrySchedule;
  /** Failed tries before this one, and what they left. */
  readonly attempts: number;
  readonly failure: Failure | undefined;
}

export interface HandledTry {
  readonly kind: 'handled';
  /** 1 when the first try succeeded. */
  readonly attempt: number;
}

export interface FailedTry {
  readonly kind: 'failed';
  /** Where it goes from here. */
  readonly state: Exclude<ParkedState, { readonly kind: 'waiting' }>;
  /** Failed tries, this one included. */
  readonly attempts: number;
  readonly failure: Failure;
  readonly error: unknown;
}

/**
 * Handles the message once. Its effects and the note that it is done are written together; when it fails,
 * nothing of it remains, and the same transaction can go on to park it.
 */
export async function tryHandling(
  tx: Transaction,
  reading: Reading,
  options: TryOptions,
): Promise<HandledTry | FailedTry> {
  const { consumer, clock, now, timeout, retry, attempts: failed, failure: before } = options;
  if (reading.kind === 'unreadable') {
    const failure = failureToRead(reading, now, before);
    const state: FailedTry['state'] = { kind: 'dead', reason: reading.reason, at: now };
    return { kind: 'failed', state, attempts: failed, failure, error: new Error(reading.problem) };
  }

  const attempt = failed + 1;
  const { causedBy } = reading;
  try {
    await tx.attempt(async (own) => {
      await withinTime(clock, timeout, (signal) => reading.run({ tx: own, causedBy, attempt, signal }));
      await own.inbox.add(consumer, reading.identity, now);
    });
    return { kind: 'handled', attempt };
  } catch (error) {
    const at = clock.now();
    const failure = failureOf(error, at, before);
    const delay = retry.delays[failed];
    const state: FailedTry['state'] =
      delay === undefined
        ? { kind: 'dead', reason: 'retries-exhausted', at }
        : { kind: 'retrying', dueAt: at + delay };
    return { kind: 'failed', state, attempts: attempt, failure, error };
  }
}
