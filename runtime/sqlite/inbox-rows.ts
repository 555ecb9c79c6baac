import type { InboxRows } from '../ports/inbox-rows.ts';
import type { Session } from './session.ts';

export function inboxRows(session: Session): InboxRows {
  return {
    async has(consumer, identity) {
      const sql = 'SELECT 1 FROM inbox WHERE consumer = ? AND identity = ?';
      return session.get(sql, consumer, identity) !== undefined;
    },
    async add(consumer, identity, at) {
      const sql = 'INSERT OR IGNORE INTO inbox (consumer, identity, at) VALUES (?, ?, ?)';
      session.run(sql, consumer, identity, at);
    },
    async prune(consumer, before) {
      return session.run('DELETE FROM inbox WHERE consumer = ? AND at < ?', consumer, before).changes;
    },
  };
}
