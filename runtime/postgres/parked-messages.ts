import type { ParkedMessages } from '../ports/parked-messages.ts';
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
import { placeholders } from './placeholders.ts';
import type { Session, Value } from './session.ts';

const COLUMNS = `seq, ${PARKED_COLUMNS}`;
const SUMMARY_COLUMNS = COLUMNS.replace('body', 'length(body) AS size');
const COLUMNS_OF_OTHER = COLUMNS.split(', ')
  .map((it) => `other.${it}`)
  .join(', ');
const WIDTH = PARKED_COLUMNS.split(',').length;
const sameQueueBehind = `FROM {s}.parked AS one JOIN {s}.parked AS other
  ON other.consumer = one.consumer AND other.ordering_key = one.ordering_key AND other.seq > one.seq WHERE one.seq = $1`;

/** PostgreSQL keeps no NUL in a text, and a message that cannot be parked would be delivered without end. */
function withoutNul<T>(value: T): T | string {
  return typeof value === 'string' ? value.replaceAll('\0', '\ufffd') : value;
}

export function parkedMessages(session: Session): ParkedMessages {
  return {
    async add(message) {
      const row = await session.get(
        `INSERT INTO {s}.parked (${PARKED_COLUMNS}) VALUES (${placeholders(WIDTH)}) RETURNING seq`,
        ...parkedValues(message).map(withoutNul),
      );
      session.touch('parked');
      return { ...message, id: idOf(row ? integer(row, 'seq') : 0) };
    },
    async lockQueues(consumer, keys) {
      session.assertWritable();
      // Locks are of hashes, taken in the order of these: two queues of one hash only wait for each other.
      const locked = session.run(
        `SELECT pg_advisory_xact_lock($1, queue) FROM (
           SELECT DISTINCT hashtext($2 || ' ' || key) AS queue FROM unnest($3::text[]) AS key ORDER BY queue
         ) AS queues`,
        session.names.locks.parked,
        consumer,
        [...keys],
      );
      // A statement of its own, that begins when the locks are had: it sees what their former holders have committed.
      const heads = session.all(
        `SELECT DISTINCT ON (ordering_key) ${COLUMNS} FROM {s}.parked
         WHERE consumer = $1 AND ordering_key = ANY($2::text[]) ORDER BY ordering_key, seq`,
        consumer,
        [...keys],
      );
      const [, rows] = await Promise.all([locked, heads]);
      return new Map(rows.map((row) => [text(row, 'ordering_key'), toParkedMessage(row)]));
    },
    async due(consumer, now, limit) {
      session.assertWritable();
      const rows = await session.all(
        `SELECT ${COLUMNS} FROM {s}.parked
         WHERE consumer = $1 AND state = 'retrying' AND (due_at <= $2 OR due_at - $2 > 2 * delay + 1000)
         ORDER BY due_at, seq LIMIT $3 FOR UPDATE SKIP LOCKED`,
        consumer,
        now,
        limit,
      );
      return rows.map(toParkedMessage);
    },
    async nextDueAt(consumer, now) {
      const row = await session.get(
        `SELECT min(CASE WHEN due_at - $2 > 2 * delay + 1000 THEN $2 ELSE due_at END) AS due_at
         FROM {s}.parked WHERE consumer = $1 AND state = 'retrying'`,
        consumer,
        now,
      );
      return row?.due_at == null ? undefined : integer(row, 'due_at');
    },
    async get(id) {
      const row = await session.get(`SELECT ${COLUMNS} FROM {s}.parked WHERE seq = $1`, seqOf(id));
      return row && toParkedMessage(row);
    },
    async update(id, { state, attempts, failure, message }) {
      if (message)
        await session.run(
          'UPDATE {s}.parked SET headers = $1, content_type = $2, body = $3 WHERE seq = $4',
          JSON.stringify(message.headers),
          message.contentType,
          message.body,
          seqOf(id),
        );
      await session.run(
        `UPDATE {s}.parked SET state = $1, due_at = $2, delay = $3, dead_at = $4, reason = $5, attempts = $6, failure = $7
         WHERE seq = $8`,
        ...stateValues(state),
        attempts,
        failure ? JSON.stringify(failure) : null,
        seqOf(id),
      );
      session.touch('parked');
    },
    async remove(id) {
      await session.run('DELETE FROM {s}.parked WHERE seq = $1', seqOf(id));
    },
    async list({ limit, after, consumer, state, name, key, reason, deadBefore }) {
      const values: Value[] = [after === undefined ? 0 : seqOf(after), limit];
      const where = (column: string, value: string | number | undefined): string => {
        if (value === undefined) return '';
        values.push(value);
        return ` AND ${column} $${values.length}`;
      };
      const conditions = [
        where('consumer =', consumer),
        where('state =', state),
        where('name =', name),
        where('ordering_key =', key),
        where('reason =', reason),
        where('dead_at <', deadBefore),
      ];
      const sql = `SELECT ${SUMMARY_COLUMNS} FROM {s}.parked WHERE seq > $1${conditions.join('')} ORDER BY seq LIMIT $2`;
      return (await session.all(sql, ...values)).map(toSummary);
    },
    async behind(id, { limit, after }) {
      const sql = `SELECT ${COLUMNS_OF_OTHER} ${sameQueueBehind} AND other.seq > $2 ORDER BY other.seq LIMIT $3`;
      const rows = await session.all(sql, seqOf(id), after === undefined ? 0 : seqOf(after), limit);
      return rows.map(toParkedMessage);
    },
    async countBehind(id) {
      const row = await session.get(`SELECT count(*) AS count ${sameQueueBehind}`, seqOf(id));
      return row ? integer(row, 'count') : 0;
    },
    async counts() {
      const rows = await session.all(
        'SELECT consumer, state, count(*) AS count FROM {s}.parked GROUP BY consumer, state',
      );
      return rows.map((row) => ({
        consumer: text(row, 'consumer'),
        state: stateFrom(text(row, 'state')),
        count: integer(row, 'count'),
      }));
    },
  };
}
