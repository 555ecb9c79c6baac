import type { OutboxRows } from '../ports/outbox-rows.ts';
import { integer } from '../rows/column.ts';
import { deduplicationIdOf, MESSAGE_COLUMNS, messageFrom, messageValues } from '../rows/message-row.ts';
import { meta } from './meta.ts';
import type { Session } from './session.ts';

// Row ids are in commit order: SQLite has one writer at a time.
export function outboxRows(session: Session): OutboxRows {
  return {
    async add(messages) {
      const at = session.time.wall();
      for (const message of messages) {
        session.run(
          `INSERT INTO outbox (added_at, ${MESSAGE_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          at,
          ...messageValues(message),
        );
      }
      if (messages.length > 0) session.touch('outbox');
    },
    async next({ limit, after }) {
      const sql = `SELECT seq, ${MESSAGE_COLUMNS} FROM outbox WHERE seq > ? ORDER BY seq LIMIT ?`;
      const rows = session.all(sql, Number(after ?? 0), limit);
      if (rows.length === 0) return [];
      const store = meta(session, 'store-id');
      return rows.map((row) => {
        const id = String(integer(row, 'seq'));
        const message = messageFrom(row);
        return { id, deduplicationId: deduplicationIdOf(store, id, message), message };
      });
    },
    async remove(ids, fence) {
      if (fence) {
        const sql = 'SELECT 1 FROM leases WHERE name = ? AND token = ?';
        if (!session.get(sql, fence.name, fence.token)) return false;
      }
      for (const id of ids) session.run('DELETE FROM outbox WHERE seq = ?', Number(id));
      return true;
    },
    async depth() {
      const row = session.get('SELECT count(*) AS count, min(added_at) AS oldest FROM outbox');
      const count = row ? integer(row, 'count') : 0;
      if (!row || count === 0) return { count };
      return { count, oldestAge: Math.max(0, session.time.wall() - integer(row, 'oldest')) };
    },
  };
}
