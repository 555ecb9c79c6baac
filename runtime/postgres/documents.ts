import type { Documents } from '../ports/documents.ts';
import { text } from '../rows/column.ts';
import type { Session } from './session.ts';

export function documents<T>(session: Session, collection: string): Documents<T> {
  return {
    async get(id) {
      const sql = 'SELECT document FROM {s}.documents WHERE collection = $1 AND id = $2';
      const row = await session.get(sql, collection, id);
      return row && JSON.parse(text(row, 'document'));
    },
    async put(id, document) {
      await session.run(
        `INSERT INTO {s}.documents (collection, id, document) VALUES ($1, $2, $3)
         ON CONFLICT (collection, id) DO UPDATE SET document = $3`,
        collection,
        id,
        JSON.stringify(document),
      );
    },
    async delete(id) {
      await session.run('DELETE FROM {s}.documents WHERE collection = $1 AND id = $2', collection, id);
    },
    async list({ limit, after } = {}) {
      const rows = await session.all(
        `SELECT id, document FROM {s}.documents WHERE collection = $1 AND ($2::text IS NULL OR id > $2)
         ORDER BY id LIMIT $3`,
        collection,
        after ?? null,
        limit ?? null,
      );
      return rows.map((row) => ({ id: text(row, 'id'), document: JSON.parse(text(row, 'document')) }));
    },
  };
}
