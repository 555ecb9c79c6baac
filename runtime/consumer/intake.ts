import type { RetrySchedule } from '../contract/message-contract.ts';
import type { Clock } from '../ports/clock.ts';
import type { WireMessage } from '../ports/message.ts';
import type { ParkedMessage } from '../ports/parked-messages.ts';
import type { Transaction } from '../ports/store.ts';
import { type Reading, readMessage } from './read-message.ts';
import type { Accepted } from './receive.ts';
import { releaseNext } from './release-next.ts';
import { type FailedTry, type HandledTry, tryHandling } from './try-handling.ts';
import { tryTogether } from './try-together.ts';

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

/** A message that came from the broker, as it was read. */
export interface Arrival {
  readonly message: WireMessage;
  readonly reading: Reading;
}

/** A message that was dealt with. */
export interface Settled {
  readonly message: WireMessage;
  readonly outcome: Outcome;
  /** Milliseconds that its own part took. */
  readonly took: number;
}

/**
 * Takes a batch from the broker, in its order, in one transaction: handles each message, or parks it, or knows it already. Then
 * the broker may forget it. Stops when `isTimeUp` says so, after at least one message: answers with those that were
 * dealt with, always the first ones of the batch.
 */
export async function takeBatch(
  tx: Transaction,
  arrivals: readonly Arrival[],
  rules: IntakeRules,
  signal: AbortSignal,
  isTimeUp: () => boolean,
): Promise<readonly Settled[]> {
  const { consumer } = rules;
  const own = arrivals.filter(({ reading }) => !ignoredBy(rules, reading));
  const keys = [...new Set(own.flatMap(({ reading }) => reading.key ?? []))];
  const [claims, heads] = await Promise.all([
    tx.inbox.claim(
      consumer,
      own.map(({ reading }) => reading.identity),
    ),
    keys.length > 0 ? tx.parked.lockQueues(consumer, keys) : new Map<string, ParkedMessage>(),
  ]);
  const won = new Set(own.filter((_, index) => claims[index]));
  const blocked = new Set(heads.keys());

  const settled: Settled[] = [];
  const together = togetherWith(arrivals, (it) => won.has(it) && !isBlocked(it, blocked));
  while (settled.length < arrivals.length) {
    if (settled.length > 0 && isTimeUp()) break;
    const next = arrivals.slice(settled.length, settled.length + 1 + together(settled.length));
    const began = performance.now();
    const ready = next.filter((it) => won.has(it) && !isBlocked(it, blocked));
    const isDone = ready.length > 1 && (await tryTogether(tx, ready, { ...rules, signal }));
    const took = (performance.now() - began) / next.length;
    // Not one by one where it can be helped: those that failed together, and whatever is not handled together.
    for (const arrival of next) {
      const since = performance.now();
      const outcome =
        ignoredBy(rules, arrival.reading) ??
        (!won.has(arrival)
          ? DUPLICATE
          : isDone && !isBlocked(arrival, blocked)
            ? HANDLED
            : await takeOne(tx, arrival, rules, signal, blocked));
      settled.push({ message: arrival.message, outcome, took: took + performance.now() - since });
    }
  }
  const left = arrivals.slice(settled.length).filter((arrival) => won.has(arrival));
  if (left.length > 0)
    await tx.inbox.release(
      consumer,
      left.map(({ reading }) => reading.identity),
    );
  return settled;
}

const DUPLICATE: Outcome = { kind: 'duplicate' };
const HANDLED: Outcome = { kind: 'handled', attempt: 1 };

function isBlocked({ reading: { key } }: Arrival, blocked: ReadonlySet<string>): boolean {
  return key !== undefined && blocked.has(key);
}

/**
 * How many arrivals after one belong to the same call of a handler that takes several: those up to the next that another handler takes. What has no
 * effect may stand between them.
 */
function togetherWith(
  arrivals: readonly Arrival[],
  hasEffect: (arrival: Arrival) => boolean,
): (index: number) => number {
  const handleOf = ({ reading }: Arrival): unknown =>
    reading.kind === 'ready' ? reading.together?.handle : undefined;
  return (index) => {
    const first = arrivals[index];
    const handle = first && hasEffect(first) ? handleOf(first) : undefined;
    if (handle === undefined) return 0;
    let count = 0;
    for (const arrival of arrivals.slice(index + 1)) {
      if (hasEffect(arrival) && handleOf(arrival) !== handle) break;
      count += 1;
    }
    return count;
  };
}

/** `blocked`: keys that have a parked message; grows when one is parked here. */
async function takeOne(
  tx: Transaction,
  { message, reading }: Arrival,
  rules: IntakeRules,
  signal: AbortSignal,
  blocked: Set<string>,
): Promise<Outcome> {
  const { consumer, clock, timeout } = rules;
  const { identity, key } = reading;
  const entry = { consumer, key, identity, message, parkedAt: clock.now() };
  if (key !== undefined && blocked.has(key)) {
    await tx.parked.add({ ...entry, state: { kind: 'waiting' }, attempts: 0 });
    return { kind: 'waiting', key };
  }
  const retry = rules.retryOf(reading);
  const options = { consumer, message, clock, signal, timeout, retry, attempts: 0, failure: undefined };
  const verdict = await tryHandling(tx, reading, options);
  if (verdict.kind === 'handled') return verdict;
  const { state, attempts, failure } = verdict;
  const { id } = await tx.parked.add({ ...entry, state, attempts, failure });
  if (key !== undefined) blocked.add(key);
  return { ...verdict, id };
}

/** Reads messages before a transaction is begun: that takes time, and needs nothing of the store. */
export function readAll(messages: readonly WireMessage[], { accepted }: IntakeRules): readonly Arrival[] {
  return messages.map((message) => ({ message, reading: readMessage(message, accepted) }));
}

/** Tries a parked message again; when it is done with, the one behind it may go. */
export async function retryParked(
  tx: Transaction,
  parked: ParkedMessage,
  rules: IntakeRules,
  signal: AbortSignal,
): Promise<Outcome> {
  const { consumer, clock, timeout } = rules;
  if (parked.key !== undefined) await tx.parked.lockQueues(consumer, [parked.key]);
  const reading = readMessage(parked.message, rules.accepted);
  const { message, attempts, failure } = parked;
  const options = {
    consumer,
    message,
    clock,
    signal,
    timeout,
    retry: rules.retryOf(reading),
    attempts,
    failure,
  };
  const outcome =
    ignoredBy(rules, reading) ??
    ((await isDoneAlready(tx, parked, reading)) ? DUPLICATE : await tryHandling(tx, reading, options));
  if (outcome.kind === 'failed') {
    if (reading.identity !== parked.identity) await tx.inbox.release(consumer, [reading.identity]);
    await tx.parked.update(parked.id, outcome);
    return { ...outcome, id: parked.id };
  }
  await tx.parked.remove(parked.id);
  // As long as it was parked its claim was not forgotten; from now on it is as old as the inbox says.
  await tx.inbox.release(consumer, [parked.identity]);
  await tx.inbox.claim(consumer, [parked.identity]);
  await releaseNext(tx, parked, clock.now());
  return outcome;
}

/** A message may have been parked by a version of the consumer that could not read it, under another identity than its own. */
async function isDoneAlready(tx: Transaction, parked: ParkedMessage, reading: Reading): Promise<boolean> {
  if (reading.kind === 'unreadable' || reading.identity === parked.identity) return false;
  const [won] = await tx.inbox.claim(parked.consumer, [reading.identity]);
  return won === false;
}

function ignoredBy(rules: IntakeRules, reading: Reading): Ignored | undefined {
  if (rules.onUnknown !== 'ignore' || reading.kind !== 'unreadable') return undefined;
  const { reason } = reading;
  return reason === 'unknown-message' || reason === 'unknown-version'
    ? { kind: 'ignored', reason }
    : undefined;
}
