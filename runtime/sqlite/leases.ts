import type { Leases } from '../ports/leases.ts';
import { integer, optionalText, text } from '../rows/column.ts';
import type { Session } from './session.ts';

export function leases(session: Session): Leases {
  return {
    async acquire({ name, holder, ttl }) {
      const now = session.time.machine();
      const row = session.get('SELECT holder, token, until, ttl FROM leases WHERE name = ?', name);
      const owner = row && optionalText(row, 'holder');
      if (row && owner !== undefined && owner !== holder) {
        const remaining = integer(row, 'until') - now;
        if (remaining > 0 && remaining <= integer(row, 'ttl')) return undefined;
      }
      const before = row ? integer(row, 'token') : 0;
      const token = owner === holder ? before : before + 1;
      session.run(
        'INSERT OR REPLACE INTO leases (name, holder, token, until, ttl) VALUES (?, ?, ?, ?, ?)',
        name,
        holder,
        token,
        now + ttl,
        ttl,
      );
      return token;
    },
    async release(name, token) {
      session.run('UPDATE leases SET holder = NULL WHERE name = ? AND token = ?', name, token);
    },
    async held(prefix) {
      const now = session.time.machine();
      const sql = `SELECT name, holder, token, until FROM leases
        WHERE substr(name, 1, length(?1)) = ?1 AND holder IS NOT NULL AND until > ?2 AND until - ?2 <= ttl ORDER BY name`;
      return session.all(sql, prefix, now).map((row) => ({
        name: text(row, 'name'),
        holder: text(row, 'holder'),
        token: integer(row, 'token'),
        remaining: integer(row, 'until') - now,
      }));
    },
  };
}
