import { type InboxRows, LONGEST_STEP } from '../ports/inbox-rows.ts';
import { meta, setMeta } from './meta.ts';
import { hasParked } from './parked-messages.ts';
import type { Session } from './session.ts';

/**
 * Claims carry the age that the inbox had when it was last pruned, not a time of the clock. The age grows with each pruning, by the
 * time that has passed and by `LONGEST_STEP` at the most; so a clock that jumps ahead by a week does not make it a week older.
 */
export function inboxRows(session: Session): InboxRows {
  return {
    async claim(consumer, identities) {
      const age = Number(meta(session, 'inbox-age'));
      const mayBeParked = hasParked(session, consumer);
      return identities.map((identity) => {
        const sql = 'INSERT OR IGNORE INTO inbox (consumer, identity, at) VALUES (?, ?, ?)';
        if (session.run(sql, consumer, identity, age).changes === 0) return false;
        if (!mayBeParked) return true;
        const parked = 'SELECT 1 FROM parked WHERE consumer = ? AND dedup = ?';
        return session.get(parked, consumer, identity) === undefined;
      });
    },
    async release(consumer, identities) {
      for (const identity of identities)
        session.run('DELETE FROM inbox WHERE consumer = ? AND identity = ?', consumer, identity);
    },
    async prune(consumer, { keep, limit }) {
      const now = session.time.wall();
      const passed = now - Number(meta(session, 'inbox-aged-at'));
      const age = Number(meta(session, 'inbox-age')) + Math.min(Math.max(0, passed), LONGEST_STEP);
      setMeta(session, 'inbox-age', age);
      setMeta(session, 'inbox-aged-at', now);
      const sql = `DELETE FROM inbox WHERE consumer = ?1 AND identity IN (
        SELECT identity FROM inbox WHERE consumer = ?1 AND at < ?2 AND NOT EXISTS (
          SELECT 1 FROM parked WHERE parked.consumer = ?1 AND dedup = inbox.identity
        ) LIMIT ?3)`;
      return session.run(sql, consumer, age - keep - LONGEST_STEP, limit).changes;
    },
  };
}
