import type { SQLInputValue } from 'node:sqlite';
import {
  DEAD_LETTER_REASONS,
  type DeadLetterReason,
  type ParkedMessage,
  type ParkedMessages,
  type ParkedState,
} from '../ports/parked-messages.ts';
import { integer, optionalText, text } from './column.ts';
import { MESSAGE_COLUMNS, messageFrom, messageValues } from './message-columns.ts';
import type { Row, Session } from './session.ts';

// `dedup` is the identity under which the consumer knows the message; `identity` belongs to the message itself.
const COLUMNS = `seq, consumer, ordering_key, dedup, state, due_at, dead_at, reason, attempts, failure, parked_at, ${MESSAGE_COLUMNS}`;
const sameQueueBehind =
  'FROM parked AS one JOIN parked AS other ON other.consumer = one.consumer AND other.ordering_key = one.ordering_key AND other.seq > one.seq WHERE one.seq = ?';

export function parkedMessages(session: Session): ParkedMessages {
  return {
    async add(message) {
      const { rowId } = session.run(
        `INSERT INTO parked (consumer, ordering_key, dedup, state, due_at, dead_at, reason, attempts, failure, parked_at, ${MESSAGE_COLUMNS})
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        message.consumer,
        message.key ?? null,
        message.identity,
        ...stateValues(message.state),
        message.attempts,
        message.failure ? JSON.stringify(message.failure) : null,
        message.parkedAt,
        ...messageValues(message.message),
      );
      session.touch('parked');
      return { ...message, id: idOf(rowId) };
    },
    async has(consumer, identity) {
      const sql = 'SELECT 1 FROM parked WHERE consumer = ? AND dedup = ?';
      return session.get(sql, consumer, identity) !== undefined;
    },
    async head(consumer, key) {
      const sql = `SELECT ${COLUMNS} FROM parked WHERE consumer = ? AND ordering_key = ? ORDER BY seq LIMIT 1`;
      return parkedMessage(session.get(sql, consumer, key));
    },
    async next(consumer) {
      const sql = `SELECT ${COLUMNS} FROM parked WHERE consumer = ? AND state = 'retrying' ORDER BY due_at, seq LIMIT 1`;
      return parkedMessage(session.get(sql, consumer));
    },
    async get(id) {
      return parkedMessage(session.get(`SELECT ${COLUMNS} FROM parked WHERE seq = ?`, seqOf(id)));
    },
    async update(id, { state, attempts, failure }) {
      session.run(
        'UPDATE parked SET state = ?, due_at = ?, dead_at = ?, reason = ?, attempts = ?, failure = ? WHERE seq = ?',
        ...stateValues(state),
        attempts,
        failure ? JSON.stringify(failure) : null,
        seqOf(id),
      );
      session.touch('parked');
    },
    async remove(id) {
      session.run('DELETE FROM parked WHERE seq = ?', seqOf(id));
    },
    async dead(consumer) {
      const where = consumer === undefined ? '' : 'AND consumer = ?';
      const sql = `SELECT ${COLUMNS} FROM parked WHERE state = 'dead' ${where} ORDER BY seq`;
      return session.all(sql, ...(consumer === undefined ? [] : [consumer])).map(toParkedMessage);
    },
    async behind(id) {
      return session
        .all(`SELECT other.* ${sameQueueBehind} ORDER BY other.seq`, seqOf(id))
        .map(toParkedMessage);
    },
    async countBehind(id) {
      const row = session.get(`SELECT count(*) AS count ${sameQueueBehind}`, seqOf(id));
      return row ? integer(row, 'count') : 0;
    },
  };
}

function idOf(seq: number): string {
  return `d-${seq}`;
}

/** Ids that are none of ours find nothing: sequences begin at 1. */
function seqOf(id: string): number {
  return Number(/^d-(\d{1,15})$/.exec(id)?.[1] ?? 0);
}

function stateValues(state: ParkedState): SQLInputValue[] {
  switch (state.kind) {
    case 'waiting':
      return [state.kind, null, null, null];
    case 'retrying':
      return [state.kind, state.dueAt, null, null];
    case 'dead':
      return [state.kind, null, state.at, state.reason];
  }
}

function stateFrom(row: Row): ParkedState {
  switch (text(row, 'state')) {
    case 'retrying':
      return { kind: 'retrying', dueAt: integer(row, 'due_at') };
    case 'dead':
      return { kind: 'dead', at: integer(row, 'dead_at'), reason: reasonFrom(text(row, 'reason')) };
    default:
      return { kind: 'waiting' };
  }
}

function reasonFrom(name: string): DeadLetterReason {
  const reason = DEAD_LETTER_REASONS.find((known) => known === name);
  if (reason === undefined)
    throw new Error(`a dead letter holds the reason ${name}, which this runtime does not know`);
  return reason;
}

function parkedMessage(row: Row | undefined): ParkedMessage | undefined {
  return row && toParkedMessage(row);
}

function toParkedMessage(row: Row): ParkedMessage {
  const failure = optionalText(row, 'failure');
  return {
    id: idOf(integer(row, 'seq')),
    consumer: text(row, 'consumer'),
    key: optionalText(row, 'ordering_key'),
    identity: text(row, 'dedup'),
    message: messageFrom(row),
    state: stateFrom(row),
    attempts: integer(row, 'attempts'),
    failure: failure === undefined ? undefined : JSON.parse(failure),
    parkedAt: integer(row, 'parked_at'),
  };
}
