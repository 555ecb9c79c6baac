import { type InboxRows, LONGEST_STEP } from '../ports/inbox-rows.ts';
import { integer, text } from '../rows/column.ts';
import type { Session } from './session.ts';

/**
 * Claims carry the age that the inbox had when it was last pruned, not a time of the clock. The age grows with each pruning, by the
 * time that has passed and by `LONGEST_STEP` at the most; so a clock that jumps ahead by a week does not make it a week older.
 */
export function inboxRows(session: Session): InboxRows {
  return {
    async claim(consumer, identities) {
      // Waits for a transaction that claimed the same and is open. All claim in one order, so that none waits in a circle.
      const rows = await session.all(
        `INSERT INTO {s}.inbox (consumer, identity, at)
         SELECT $1, identity, (SELECT value::bigint FROM {s}.meta WHERE name = 'inbox-age')
         FROM (SELECT DISTINCT identity FROM unnest($2::text[]) AS identity) AS named ORDER BY identity COLLATE "C"
         ON CONFLICT DO NOTHING
         RETURNING identity, EXISTS (
           SELECT 1 FROM {s}.parked WHERE parked.consumer = $1 AND dedup = inbox.identity
         ) AS parked`,
        consumer,
        [...identities],
      );
      const won = new Set(rows.filter((row) => row.parked === false).map((row) => text(row, 'identity')));
      return identities.map((identity) => won.delete(identity));
    },
    async release(consumer, identities) {
      const sql = 'DELETE FROM {s}.inbox WHERE consumer = $1 AND identity = ANY($2::text[])';
      await session.run(sql, consumer, [...identities]);
    },
    async prune(consumer, { keep, limit }) {
      const row = await session.get(
        `UPDATE {s}.meta AS age SET value = (age.value::bigint + passed.ms)::text
         FROM (
           SELECT least(greatest(0, {s}.now_ms() - value::bigint), $1::bigint) AS ms
           FROM {s}.meta WHERE name = 'inbox-aged-at' FOR UPDATE
         ) AS passed
         WHERE age.name = 'inbox-age' RETURNING age.value::bigint AS age`,
        LONGEST_STEP,
      );
      await session.run(`UPDATE {s}.meta SET value = {s}.now_ms()::text WHERE name = 'inbox-aged-at'`);
      const age = row ? integer(row, 'age') : 0;
      return session.run(
        `DELETE FROM {s}.inbox WHERE consumer = $1 AND identity IN (
           SELECT identity FROM {s}.inbox AS old WHERE consumer = $1 AND at < $2 AND NOT EXISTS (
             SELECT 1 FROM {s}.parked WHERE parked.consumer = $1 AND dedup = old.identity
           ) LIMIT $3)`,
        consumer,
        age - keep - LONGEST_STEP,
        limit,
      );
    },
  };
}
