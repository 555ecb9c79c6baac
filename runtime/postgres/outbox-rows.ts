import type { OutboxRows } from '../ports/outbox-rows.ts';
import { integer, text } from '../rows/column.ts';
import { deduplicationIdOf, MESSAGE_COLUMNS, messageFrom, messageValues } from '../rows/message-row.ts';
import { BOUND, holdBound, horizonOf, isHeld } from './horizon.ts';
import { columns } from './placeholders.ts';
import type { Session } from './session.ts';

const TYPES = ['text', 'text', 'text', 'text', 'text', 'text', 'text', 'text', 'bytea'];
const HEADERS = MESSAGE_COLUMNS.split(', ').indexOf('headers');

/** One row in a transaction is the common case: one statement for all of it. */
const INSERT_FIRST = `${BOUND('outbox')}
  INSERT INTO {s}.outbox (${MESSAGE_COLUMNS})
  SELECT ${TYPES.map((type, index) => `$${index + 2}::${index === HEADERS ? 'json' : type}`).join(', ')} FROM bound`;

const INSERT_MANY = `INSERT INTO {s}.outbox (${MESSAGE_COLUMNS})
  SELECT id, name, version, channel, key, identity, headers::json, content_type, body
  FROM unnest(${columns(TYPES)}) WITH ORDINALITY AS it (${MESSAGE_COLUMNS}, place) ORDER BY place`;

export function outboxRows(session: Session): OutboxRows {
  return {
    async add(messages) {
      if (messages.length === 0) return;
      const [only, ...others] = messages;
      if (only && others.length === 0 && !isHeld(session.scope, 'outbox')) {
        session.scope.bounds.add('outbox');
        await session.run(INSERT_FIRST, session.names.locks.outbox, ...messageValues(only));
      } else {
        const held = holdBound(session, 'outbox');
        const added = session.run(INSERT_MANY, ...transpose(messages.map(messageValues), TYPES.length));
        await Promise.all([held, added]);
      }
      session.touch('outbox');
    },
    async next({ limit, after }) {
      const horizon = await horizonOf(session, 'outbox');
      const rows = await session.all(
        `SELECT seq, ${MESSAGE_COLUMNS}, (SELECT value FROM {s}.meta WHERE name = 'store-id') AS store
         FROM {s}.outbox WHERE seq > $1 AND seq <= $2 ORDER BY seq LIMIT $3`,
        Number(after ?? 0),
        horizon,
        limit,
      );
      return rows.map((row) => {
        const id = String(integer(row, 'seq'));
        const message = messageFrom(row);
        return { id, deduplicationId: deduplicationIdOf(text(row, 'store'), id, message), message };
      });
    },
    async remove(ids, fence) {
      session.assertWritable();
      if (!fence) {
        if (ids.length > 0)
          await session.run('DELETE FROM {s}.outbox WHERE seq = ANY($1::bigint[])', ids.map(Number));
        return true;
      }
      const { name, token } = fence;
      // Held until the commit, so that nobody takes the lease over while rows are being deleted.
      const held = session.get(
        'SELECT 1 FROM {s}.leases WHERE name = $1 AND token = $2 FOR SHARE',
        name,
        token,
      );
      const deleted =
        ids.length > 0 &&
        session.run(
          `DELETE FROM {s}.outbox WHERE seq = ANY($1::bigint[])
             AND EXISTS (SELECT 1 FROM {s}.leases WHERE name = $2 AND token = $3)`,
          ids.map(Number),
          name,
          token,
        );
      const [lease] = await Promise.all([held, deleted]);
      return lease !== undefined;
    },
    async depth() {
      const row = await session.get(
        'SELECT count(*) AS count, greatest(0, {s}.now_ms() - min(added_at)) AS oldest FROM {s}.outbox',
      );
      const count = row ? integer(row, 'count') : 0;
      if (!row || count === 0) return { count };
      return { count, oldestAge: integer(row, 'oldest') };
    },
  };
}

/** Rows of values as one array for each column. */
function transpose<T>(rows: readonly (readonly T[])[], width: number): T[][] {
  return Array.from({ length: width }, (_, column) => rows.map((row) => row[column] as T));
}
