import type { Leases } from '../ports/leases.ts';
import { integer, optionalText } from './column.ts';
import type { Session } from './session.ts';

export function leases(session: Session): Leases {
  return {
    async acquire({ name, holder, now, until }) {
      const row = session.get('SELECT holder, token, until FROM leases WHERE name = ?', name);
      const owner = row && optionalText(row, 'holder');
      const lapsed = !row || owner === undefined || integer(row, 'until') <= now;
      if (!lapsed && owner !== holder) return undefined;
      const token = row ? integer(row, 'token') + (lapsed ? 1 : 0) : 1;
      const sql = 'INSERT OR REPLACE INTO leases (name, holder, token, until) VALUES (?, ?, ?, ?)';
      session.run(sql, name, holder, token, until);
      return token;
    },
    async release(name, token) {
      session.run('UPDATE leases SET holder = NULL WHERE name = ? AND token = ?', name, token);
    },
  };
}
