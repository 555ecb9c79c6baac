import type { DomainEvent, EventStreams, LoadOptions, StoredEvent } from '../ports/event-streams.ts';
import { integer, text } from '../rows/column.ts';
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
      if (events.length > 0) session.touch('events');
      return { kind: 'appended', version: actualVersion + events.length };
    },
    async load<E extends DomainEvent>(stream: string, { from = 1 }: LoadOptions = {}) {
      const sql = `SELECT ${COLUMNS} FROM events WHERE stream = ? AND version >= ? ORDER BY version`;
      return session.all(sql, stream, from).map((row) => storedEvent<E>(row));
    },
    async readAll({ after, limit, types, streamPrefix = '' }) {
      const sql = `SELECT ${COLUMNS} FROM events
        WHERE position > ?1 AND (?2 IS NULL OR type IN (SELECT value FROM json_each(?2)))
          AND substr(stream, 1, length(?3)) = ?3
        ORDER BY position LIMIT ?4`;
      const rows = session.all(
        sql,
        Number(after ?? 0),
        types ? JSON.stringify(types) : null,
        streamPrefix,
        limit,
      );
      return rows.map((row) => storedEvent(row));
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
