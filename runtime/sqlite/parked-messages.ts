import type { SQLInputValue } from 'node:sqlite';
import type { ParkedMessage, ParkedMessages } from '../ports/parked-messages.ts';
import { integer, text } from '../rows/column.ts';
import {
  idOf,
  PARKED_COLUMNS,
  parkedValues,
  seqOf,
  stateFrom,
  stateValues,
  toParkedMessage,
  toSummary,
} from '../rows/parked-row.ts';
import type { Row, Session } from './session.ts';

const COLUMNS = `seq, ${PARKED_COLUMNS}`;
const SUMMARY_COLUMNS = COLUMNS.replace('body', 'length(body) AS size');
const sameQueueBehind =
  'FROM parked AS one JOIN parked AS other ON other.consumer = one.consumer AND other.ordering_key = one.ordering_key AND other.seq > one.seq WHERE one.seq = ?';

export function parkedMessages(session: Session): ParkedMessages {
  return {
    async add(message) {
      const { rowId } = session.run(
        `INSERT INTO parked (${PARKED_COLUMNS})
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        ...parkedValues(message),
      );
      session.touch('parked');
      return { ...message, id: idOf(rowId) };
    },
    async lockQueues(consumer, keys) {
      const sql = `SELECT ${COLUMNS} FROM parked WHERE consumer = ? AND ordering_key = ? ORDER BY seq LIMIT 1`;
      session.assertWritable();
      const heads = new Map<string, ParkedMessage>();
      if (!hasParked(session, consumer)) return heads;
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
    async update(id, { state, attempts, failure, message }) {
      if (message)
        session.run(
          'UPDATE parked SET headers = ?, content_type = ?, body = ? WHERE seq = ?',
          JSON.stringify(message.headers),
          message.contentType,
          message.body,
          seqOf(id),
        );
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

/** Nothing is parked as a rule: then there is no need to look for each message and key. */
export function hasParked(session: Session, consumer: string): boolean {
  return session.get('SELECT 1 FROM parked WHERE consumer = ? LIMIT 1', consumer) !== undefined;
}

function parkedMessage(row: Row | undefined): ParkedMessage | undefined {
  return row && toParkedMessage(row);
}
