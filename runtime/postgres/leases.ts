import type { Leases } from '../ports/leases.ts';
import { integer, text } from '../rows/column.ts';
import type { Session } from './session.ts';

/** Milliseconds: a machine that does much else makes a process stand still for a moment, too. */
const SHORTEST_STANDSTILL = 5_000;

/**
 * The row of a lease is locked until the transaction ends that took it. A process that is stopped or frozen in between would keep the lease
 * however long ago that lapsed: so the server ends a session that stands still for longer than its lease lasts.
 */
export function leases(session: Session): Leases {
  return {
    async acquire({ name, holder, ttl }) {
      const row = await session.get(
        `INSERT INTO {s}.leases AS held (name, holder, token, until, ttl)
         VALUES ($1, $2, 1, {s}.now_ms() + $3, $3)
         ON CONFLICT (name) DO UPDATE SET
           token = held.token + CASE WHEN held.holder = $2 THEN 0 ELSE 1 END,
           holder = $2, until = {s}.now_ms() + $3, ttl = $3
         WHERE held.holder IS NULL OR held.holder = $2
           OR held.until <= {s}.now_ms() OR held.until - {s}.now_ms() > held.ttl
         RETURNING token, set_config('idle_in_transaction_session_timeout',
           coalesce($4, current_setting('idle_in_transaction_session_timeout')), true)`,
        name,
        holder,
        ttl,
        // Without time it is a lock for this transaction, however long that takes.
        ttl > 0 ? String(Math.max(ttl, SHORTEST_STANDSTILL)) : null,
      );
      return row && integer(row, 'token');
    },
    async release(name, token) {
      await session.run('UPDATE {s}.leases SET holder = NULL WHERE name = $1 AND token = $2', name, token);
    },
    async held(prefix) {
      const rows = await session.all(
        `SELECT name, holder, token, until - now AS remaining FROM {s}.leases, {s}.now_ms() AS now
         WHERE starts_with(name, $1) AND holder IS NOT NULL AND until > now AND until - now <= ttl ORDER BY name`,
        prefix,
      );
      return rows.map((row) => ({
        name: text(row, 'name'),
        holder: text(row, 'holder'),
        token: integer(row, 'token'),
        remaining: integer(row, 'remaining'),
      }));
    },
  };
}
