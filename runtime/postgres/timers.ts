import type { Timers } from '../ports/timers.ts';
import { integer, text } from '../rows/column.ts';
import type { Session } from './session.ts';

export function timers(session: Session): Timers {
  return {
    async set({ owner, id, dueAt, attempts }) {
      await session.run(
        `INSERT INTO {s}.timers (owner, id, due_at, attempts) VALUES ($1, $2, $3, $4)
         ON CONFLICT (owner, id) DO UPDATE SET due_at = $3, attempts = $4`,
        owner,
        id,
        dueAt,
        attempts,
      );
      session.touch('timers');
    },
    async clear(owner, id) {
      await session.run('DELETE FROM {s}.timers WHERE owner = $1 AND id = $2', owner, id);
    },
    async due(owner, now) {
      session.assertWritable();
      const row = await session.get(
        `SELECT id, due_at, attempts FROM {s}.timers WHERE owner = $1 AND due_at <= $2
         ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED`,
        owner,
        now,
      );
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
      const sql = 'SELECT min(due_at) AS due_at FROM {s}.timers WHERE owner = $1';
      const row = await session.get(sql, owner);
      return row?.due_at == null ? undefined : integer(row, 'due_at');
    },
  };
}
