import type { Documents } from '../ports/documents.ts';
import { text } from '../rows/column.ts';
import type { Session } from './session.ts';

export function documents<T>(session: Session, collection: string): Documents<T> {
  return {
    async get(id) {
      const sql = 'SELECT document FROM documents WHERE collection = ? AND id = ?';
      const row = session.get(sql, collection, id);
      return row && JSON.parse(text(row, 'document'));
    },
    async put(id, document) {
      const sql = 'INSERT OR REPLACE INTO documents (collection, id, document) VALUES (?, ?, ?)';
      session.run(sql, collection, id, JSON.stringify(document));
    },
    async delete(id) {
      session.run('DELETE FROM documents WHERE collection = ? AND id = ?', collection, id);
    },
    async list({ limit = -1, after } = {}) {
      const sql = `SELECT id, document FROM documents WHERE collection = ?1 AND (?2 IS NULL OR id > ?2) ORDER BY id LIMIT ?3`;
      const rows = session.all(sql, collection, after ?? null, limit);
      return rows.map((row) => ({ id: text(row, 'id'), document: JSON.parse(text(row, 'document')) }));
    },
  };
}
