import type { Timers } from '../ports/timers.ts';
import { integer, text } from '../rows/column.ts';
import type { Session } from './session.ts';

export function timers(session: Session): Timers {
  return {
    async set({ owner, id, dueAt, attempts }) {
      const sql = 'INSERT OR REPLACE INTO timers (owner, id, due_at, attempts) VALUES (?, ?, ?, ?)';
      session.run(sql, owner, id, dueAt, attempts);
      session.touch('timers');
    },
    async clear(owner, id) {
      session.run('DELETE FROM timers WHERE owner = ? AND id = ?', owner, id);
    },
    async due(owner, now) {
      const sql =
        'SELECT id, due_at, attempts FROM timers WHERE owner = ? AND due_at <= ? ORDER BY due_at LIMIT 1';
      const row = session.get(sql, owner, now);
      return (
        row && {
          owner,
          id: text(row, 'id'),
          dueAt: integer(row, 'due_at'),
          attempts: integer(row, 'attempts'),
        }
      );
    },
    async nextDueAt(owner) {
      const row = session.get('SELECT min(due_at) AS due_at FROM timers WHERE owner = ?', owner);
      return row?.due_at == null ? undefined : integer(row, 'due_at');
    },
  };
}
