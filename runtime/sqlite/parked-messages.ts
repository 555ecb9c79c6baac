import type { SQLInputValue } from 'node:sqlite';
import {
  DEAD_LETTER_REASONS,
  type DeadLetterReason,
  type ParkedMessage,
  type ParkedMessages,
  type ParkedState,
  type ParkedSummary,
} from '../ports/parked-messages.ts';
import { integer, optionalText, text } from './column.ts';
import { MESSAGE_COLUMNS, messageFrom, messageHeadFrom, messageValues } from './message-columns.ts';
import type { Row, Session } from './session.ts';

// `dedup` is the identity under which the consumer knows the message; `identity` belongs to the message itself.
const COLUMNS = `seq, consumer, ordering_key, dedup, state, due_at, delay, dead_at, reason, attempts, failure, parked_at, ${MESSAGE_COLUMNS}`;
const SUMMARY_COLUMNS = COLUMNS.replace('body', 'length(body) AS size');
const sameQueueBehind =
  'FROM parked AS one JOIN parked AS other ON other.consumer = one.consumer AND other.ordering_key = one.ordering_key AND other.seq > one.seq WHERE one.seq = ?';

export function parkedMessages(session: Session): ParkedMessages {
  return {
    async add(message) {
      const { rowId } = session.run(
        `INSERT INTO parked (consumer, ordering_key, dedup, state, due_at, delay, dead_at, reason, attempts, failure, parked_at, ${MESSAGE_COLUMNS})
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
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
    async lockQueues(consumer, keys) {
      const sql = `SELECT ${COLUMNS} FROM parked WHERE consumer = ? AND ordering_key = ? ORDER BY seq LIMIT 1`;
      session.assertWritable();
      const heads = new Map<string, ParkedMessage>();
      for (const key of new Set(keys)) {
        const head = parkedMessage(session.get(sql, consumer, key));
        if (head) heads.set(key, head);
      }
      return heads;
    },
    async due(consumer, now, limit) {
      session.assertWritable();
      const sql = `SELECT ${COLUMNS} FROM parked
        WHERE consumer = ?1 AND state = 'retrying' AND (due_at <= ?2 OR due_at - ?2 > 2 * delay + 1000)
        ORDER BY due_at, seq LIMIT ?3`;
      return session.all(sql, consumer, now, limit).map(toParkedMessage);
    },
    async nextDueAt(consumer, now) {
      const sql = `SELECT min(CASE WHEN due_at - ?2 > 2 * delay + 1000 THEN ?2 ELSE due_at END) AS due_at
        FROM parked WHERE consumer = ?1 AND state = 'retrying'`;
      const row = session.get(sql, consumer, now);
      return row?.due_at == null ? undefined : integer(row, 'due_at');
    },
    async get(id) {
      return parkedMessage(session.get(`SELECT ${COLUMNS} FROM parked WHERE seq = ?`, seqOf(id)));
    },
    async update(id, { state, attempts, failure }) {
      session.run(
        'UPDATE parked SET state = ?, due_at = ?, delay = ?, dead_at = ?, reason = ?, attempts = ?, failure = ? WHERE seq = ?',
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
    async list({ limit, after, consumer, state, name, key, reason, deadBefore }) {
      const conditions = ['seq > ?'];
      const values: SQLInputValue[] = [after === undefined ? 0 : seqOf(after)];
      const where = (condition: string, value: SQLInputValue | undefined): void => {
        if (value === undefined) return;
        conditions.push(condition);
        values.push(value);
      };
      where('consumer = ?', consumer);
      where('state = ?', state);
      where('name = ?', name);
      where('ordering_key = ?', key);
      where('reason = ?', reason);
      where('dead_at < ?', deadBefore);
      const sql = `SELECT ${SUMMARY_COLUMNS} FROM parked WHERE ${conditions.join(' AND ')} ORDER BY seq LIMIT ?`;
      return session.all(sql, ...values, limit).map(toSummary);
    },
    async behind(id, { limit, after }) {
      const sql = `SELECT other.* ${sameQueueBehind} AND other.seq > ? ORDER BY other.seq LIMIT ?`;
      return session.all(sql, seqOf(id), after === undefined ? 0 : seqOf(after), limit).map(toParkedMessage);
    },
    async countBehind(id) {
      const row = session.get(`SELECT count(*) AS count ${sameQueueBehind}`, seqOf(id));
      return row ? integer(row, 'count') : 0;
    },
    async counts() {
      const sql = 'SELECT consumer, state, count(*) AS count FROM parked GROUP BY consumer, state';
      return session.all(sql).map((row) => ({
        consumer: text(row, 'consumer'),
        state: stateFrom(text(row, 'state')),
        count: integer(row, 'count'),
      }));
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
      return [state.kind, null, null, null, null];
    case 'retrying':
      return [state.kind, state.dueAt, state.delay, null, null];
    case 'dead':
      return [state.kind, null, null, state.at, state.reason];
  }
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

function stateFrom(name: string): ParkedState['kind'] {
  if (name === 'waiting' || name === 'retrying' || name === 'dead') return name;
  throw new Error(`a parked message has the state ${name}, which this runtime does not know`);
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
    ...entryFrom(row),
    message: messageFrom(row),
    failure: failure === undefined ? undefined : JSON.parse(failure),
  };
}

function toSummary(row: Row): ParkedSummary {
  const text = optionalText(row, 'failure');
  const { stack: _, ...failure } = text === undefined ? {} : JSON.parse(text);
  return {
    ...entryFrom(row),
    message: messageHeadFrom(row),
    size: integer(row, 'size'),
    failure: text === undefined ? undefined : failure,
  };
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
