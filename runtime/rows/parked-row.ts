import {
  DEAD_LETTER_REASONS,
  type DeadLetterReason,
  type ParkedMessage,
  type ParkedState,
  type ParkedSummary,
} from '../ports/parked-messages.ts';
import { integer, optionalText, type Row, text } from './column.ts';
import { MESSAGE_COLUMNS, messageFrom, messageHeadFrom, messageValues } from './message-row.ts';

/** What a parked message is written to, in the order of `parkedValues`. */
// `dedup` is the identity under which the consumer knows the message; `identity` belongs to the message itself.
export const PARKED_COLUMNS = `consumer, ordering_key, dedup, state, due_at, delay, dead_at, reason, attempts, failure, parked_at, ${MESSAGE_COLUMNS}`;

export function parkedValues(message: Omit<ParkedMessage, 'id'>): (string | number | null | Uint8Array)[] {
  return [
    message.consumer,
    message.key ?? null,
    message.identity,
    ...stateValues(message.state),
    message.attempts,
    message.failure ? JSON.stringify(message.failure) : null,
    message.parkedAt,
    ...messageValues(message.message),
  ];
}

/** The values of `state, due_at, delay, dead_at, reason`, in order. */
export function stateValues(state: ParkedState): (string | number | null)[] {
  switch (state.kind) {
    case 'waiting':
      return [state.kind, null, null, null, null];
    case 'retrying':
      return [state.kind, state.dueAt, state.delay, null, null];
    case 'dead':
      return [state.kind, null, null, state.at, state.reason];
  }
}

export function toParkedMessage(row: Row): ParkedMessage {
  const failure = optionalText(row, 'failure');
  return {
    ...entryFrom(row),
    message: messageFrom(row),
    failure: failure === undefined ? undefined : JSON.parse(failure),
  };
}

export function toSummary(row: Row): ParkedSummary {
  const text = optionalText(row, 'failure');
  const { stack: _, ...failure } = text === undefined ? {} : JSON.parse(text);
  return {
    ...entryFrom(row),
    message: messageHeadFrom(row),
    size: integer(row, 'size'),
    failure: text === undefined ? undefined : failure,
  };
}

export function stateFrom(name: string): ParkedState['kind'] {
  if (name === 'waiting' || name === 'retrying' || name === 'dead') return name;
  throw new Error(`a parked message has the state ${name}, which this runtime does not know`);
}

export function idOf(seq: number): string {
  return `d-${seq}`;
}

/** Ids that are none of ours find nothing: sequences begin at 1. */
export function seqOf(id: string): number {
  return Number(/^d-(\d{1,15})$/.exec(id)?.[1] ?? 0);
}

/** All but what a summary leaves out. */
function entryFrom(row: Row): Omit<ParkedMessage, 'message' | 'failure'> {
  return {
    id: idOf(integer(row, 'seq')),
    consumer: text(row, 'consumer'),
    key: optionalText(row, 'ordering_key'),
    identity: text(row, 'dedup'),
    state: stateOf(row),
    attempts: integer(row, 'attempts'),
    parkedAt: integer(row, 'parked_at'),
  };
}

function stateOf(row: Row): ParkedState {
  const kind = stateFrom(text(row, 'state'));
  switch (kind) {
    case 'retrying':
      return { kind, dueAt: integer(row, 'due_at'), delay: integer(row, 'delay') };
    case 'dead':
      return { kind, at: integer(row, 'dead_at'), reason: reasonFrom(text(row, 'reason')) };
    case 'waiting':
      return { kind };
  }
}

function reasonFrom(name: string): DeadLetterReason {
  const reason = DEAD_LETTER_REASONS.find((known) => known === name);
  if (reason === undefined)
    throw new Error(`a dead letter holds the reason ${name}, which this runtime does not know`);
  return reason;
}
