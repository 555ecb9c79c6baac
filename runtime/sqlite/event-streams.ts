import type { DomainEvent, EventStreams, StoredEvent } from '../ports/event-streams.ts';
import { integer, text } from './column.ts';
import type { Row, Session } from './session.ts';

// Positions are row ids: SQLite has one writer at a time, so they are given in commit order and none appears late.
const COLUMNS = 'position, stream, version, event, metadata, at';

export function eventStreams(session: Session): EventStreams {
  return {
    async append(stream, expectedVersion, events, { at, metadata = {} }) {
      const row = session.get('SELECT max(version) AS version FROM events WHERE stream = ?', stream);
      const actualVersion = row?.version == null ? 0 : integer(row, 'version');
      if (expectedVersion !== 'any' && expectedVersion !== actualVersion) {
        return { kind: 'conflict', expectedVersion, actualVersion };
      }
      const sql = 'INSERT INTO events (stream, version, type, event, metadata, at) VALUES (?, ?, ?, ?, ?, ?)';
      events.forEach((event, index) => {
        const version = actualVersion + index + 1;
        session.run(sql, stream, version, event.type, JSON.stringify(event), JSON.stringify(metadata), at);
      });
      return { kind: 'appended', version: actualVersion + events.length };
    },
    async load<E extends DomainEvent>(stream: string) {
      const rows = session.all(`SELECT ${COLUMNS} FROM events WHERE stream = ? ORDER BY version`, stream);
      return rows.map((row) => storedEvent<E>(row));
    },
    async readAll({ after, limit }) {
      const sql = `SELECT ${COLUMNS} FROM events WHERE position > ? ORDER BY position LIMIT ?`;
      return session.all(sql, after === undefined ? 0 : Number(after), limit).map((row) => storedEvent(row));
    },
  };
}

function storedEvent<E extends DomainEvent>(row: Row): StoredEvent<E> {
  return {
    position: String(integer(row, 'position')),
    stream: text(row, 'stream'),
    version: integer(row, 'version'),
    at: integer(row, 'at'),
    metadata: JSON.parse(text(row, 'metadata')),
    event: JSON.parse(text(row, 'event')),
  };
}
