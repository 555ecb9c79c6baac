import type { OutboxRows } from '../ports/outbox-rows.ts';
import { integer } from './column.ts';
import { MESSAGE_COLUMNS, messageFrom, messageValues } from './message-columns.ts';
import type { Session } from './session.ts';

export function outboxRows(session: Session): OutboxRows {
  return {
    async add(messages) {
      for (const message of messages) {
        session.run(
          `INSERT INTO outbox (${MESSAGE_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          ...messageValues(message),
        );
      }
      if (messages.length > 0) session.touch('outbox');
    },
    async next(limit) {
      const rows = session.all(`SELECT seq, ${MESSAGE_COLUMNS} FROM outbox ORDER BY seq LIMIT ?`, limit);
      return rows.map((row) => ({ id: String(integer(row, 'seq')), message: messageFrom(row) }));
    },
    async remove(ids) {
      for (const id of ids) session.run('DELETE FROM outbox WHERE seq = ?', Number(id));
    },
  };
}
