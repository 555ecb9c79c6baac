import type { Leases } from '../ports/leases.ts';
import { integer, text } from '../rows/column.ts';
import type { Session } from './session.ts';

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
         RETURNING token`,
        name,
        holder,
        ttl,
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
