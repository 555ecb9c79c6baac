import type { RetrySchedule } from '../contract/message-contract.ts';
import { isRefusal } from '../event-sourcing/decider.ts';
import type { Clock } from '../ports/clock.ts';
import type { WireMessage } from '../ports/message.ts';
import type { Failure, ParkedState } from '../ports/parked-messages.ts';
import type { Transaction } from '../ports/store.ts';
import { inProcessSpan } from '../telemetry/tracing.ts';
import { failureOf, failureToRead } from './failure.ts';
import type { Reading } from './read-message.ts';
import { withinTime } from './time-limit.ts';

export interface TryOptions {
  readonly consumer: string;
  readonly message: WireMessage;
  readonly clock: Clock;
  /** Aborted when the message is no longer ours: then nothing of the try may take effect. */
  readonly signal: AbortSignal;
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
 * Handles the message once. When it fails, nothing of its effects remains, and the same transaction can go on to park it. Rejects with
 * the signal's reason when that is aborted: then the whole transaction must be undone.
 */
export async function tryHandling(
  tx: Transaction,
  reading: Reading,
  options: TryOptions,
): Promise<HandledTry | FailedTry> {
  const {
    consumer,
    message,
    clock,
    signal: given,
    timeout,
    retry,
    attempts: failed,
    failure: before,
  } = options;
  if (reading.kind === 'unreadable') {
    const at = clock.now();
    const failure = failureToRead(reading, at, before);
    const state: FailedTry['state'] = { kind: 'dead', reason: reading.reason, at };
    return { kind: 'failed', state, attempts: failed, failure, error: new Error(reading.problem) };
  }

  const attempt = failed + 1;
  const { causedBy } = reading;
  try {
    await tx.attempt((own) =>
      inProcessSpan(consumer, message, attempt, () =>
        withinTime(clock, timeout, given, (signal) => reading.run({ tx: own, causedBy, attempt, signal })),
      ),
    );
    return { kind: 'handled', attempt };
  } catch (error) {
    if (given.aborted) throw given.reason;
    const at = clock.now();
    const failure = failureOf(error, at, before);
    const state = stateAfter(error, retry.delays[failed], at);
    return { kind: 'failed', state, attempts: attempt, failure, error };
  }
}

function stateAfter(error: unknown, delay: number | undefined, at: number): FailedTry['state'] {
  if (typeof error === 'object' && error !== null && isRefusal(error))
    return { kind: 'dead', reason: 'refused', at };
  if (delay === undefined) return { kind: 'dead', reason: 'retries-exhausted', at };
  return { kind: 'retrying', dueAt: at + delay, delay };
}
