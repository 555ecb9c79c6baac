import type { RetrySchedule } from '../contract/message-contract.ts';
import type { Clock } from '../ports/clock.ts';
import type { WireMessage } from '../ports/message.ts';
import type { ParkedMessage } from '../ports/parked-messages.ts';
import type { Transaction } from '../ports/store.ts';
import { type Reading, readMessage } from './read-message.ts';
import type { Accepted } from './receive.ts';
import { releaseNext } from './release-next.ts';
import { type FailedTry, type HandledTry, tryHandling } from './try-handling.ts';

/** What a consumer goes by when it meets a message. */
export interface IntakeRules {
  readonly consumer: string;
  readonly accepted: readonly Accepted[];
  readonly onUnknown: 'dead-letter' | 'ignore';
  readonly clock: Clock;
  /** Milliseconds that a handler may take. */
  readonly timeout: number;
  retryOf(reading: Reading): RetrySchedule;
}

/** What became of a message, once the transaction is committed. */
export type Outcome =
  | HandledTry
  | (FailedTry & { /** Its id among the parked. */ readonly id: string })
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'waiting'; readonly key: string }
  | Ignored;

interface Ignored {
  readonly kind: 'ignored';
  readonly reason: 'unknown-message' | 'unknown-version';
}

/** Takes a message from the broker: handles it, or parks it, or knows it already. Then the broker may forget it. */
export async function takeDelivery(
  tx: Transaction,
  message: WireMessage,
  rules: IntakeRules,
  now: number,
): Promise<Outcome> {
  const { consumer, clock, timeout } = rules;
  const reading = readMessage(message, rules.accepted);
  const { identity, key } = reading;
  if ((await tx.inbox.has(consumer, identity)) || (await tx.parked.has(consumer, identity))) {
    return { kind: 'duplicate' };
  }
  const ignored = ignoredBy(rules, reading);
  if (ignored) return ignored;

  const entry = { consumer, key, identity, message, parkedAt: now };
  if (key !== undefined && (await tx.parked.head(consumer, key))) {
    await tx.parked.add({ ...entry, state: { kind: 'waiting' }, attempts: 0 });
    return { kind: 'waiting', key };
  }
  const retry = rules.retryOf(reading);
  const options = { consumer, clock, now, timeout, retry, attempts: 0, failure: undefined };
  const verdict = await tryHandling(tx, reading, options);
  if (verdict.kind === 'handled') return verdict;
  const { state, attempts, failure } = verdict;
  const { id } = await tx.parked.add({ ...entry, state, attempts, failure });
  return { ...verdict, id };
}

/** Tries a parked message again; when it is done with, the one behind it may go. */
export async function retryParked(
  tx: Transaction,
  parked: ParkedMessage,
  rules: IntakeRules,
  now: number,
): Promise<Outcome> {
  const { consumer, clock, timeout } = rules;
  const reading = readMessage(parked.message, rules.accepted);
  const { attempts, failure } = parked;
  const options = { consumer, clock, now, timeout, retry: rules.retryOf(reading), attempts, failure };
  const outcome = ignoredBy(rules, reading) ?? (await tryHandling(tx, reading, options));
  if (outcome.kind === 'failed') {
    await tx.parked.update(parked.id, outcome);
    return { ...outcome, id: parked.id };
  }
  // It may have been parked under another identity, by a version of the consumer that could not read it.
  await tx.inbox.add(consumer, parked.identity, now);
  await tx.parked.remove(parked.id);
  await releaseNext(tx, parked, now);
  return outcome;
}

function ignoredBy(rules: IntakeRules, reading: Reading): Ignored | undefined {
  if (rules.onUnknown !== 'ignore' || reading.kind !== 'unreadable') return undefined;
  const { reason } = reading;
  return reason === 'unknown-message' || reason === 'unknown-version'
    ? { kind: 'ignored', reason }
    : undefined;
}
