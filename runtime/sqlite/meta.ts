import { text } from '../rows/column.ts';
import type { Session } from './session.ts';

/** A fact about the store itself. Throws when there is none: then the file is not ours. */
export function meta(session: Session, name: 'store-id' | 'inbox-age' | 'inbox-aged-at'): string {
  const row = session.get('SELECT value FROM meta WHERE name = ?', name);
  if (!row) throw new Error(`the store's file has no ${name}`);
  return text(row, 'value');
}

export function setMeta(session: Session, name: 'inbox-age' | 'inbox-aged-at', value: number): void {
  session.run('UPDATE meta SET value = ? WHERE name = ?', String(value), name);
}
