import type { DomainEvent, EventStreams, LoadOptions, StoredEvent } from '../ports/event-streams.ts';
import { integer, optionalText, text } from '../rows/column.ts';
import type { Row, Session } from './session.ts';

// Positions are row ids: SQLite has one writer at a time, so they are given in commit order and none appears late.
const COLUMNS = 'position, stream, version, event, metadata, at, schema_version';

export function eventStreams(session: Session): EventStreams {
  return {
    async append(stream, expectedVersion, events, { at, metadata = {}, schemaVersions = {} }) {
      const row = session.get('SELECT max(version) AS version FROM events WHERE stream = ?', stream);
      const actualVersion = row?.version == null ? 0 : integer(row, 'version');
      if (expectedVersion !== 'any' && expectedVersion !== actualVersion) {
        return { kind: 'conflict', expectedVersion, actualVersion };
      }
      const sql = `INSERT INTO events (stream, version, type, event, metadata, at, schema_version)
        VALUES (?, ?, ?, ?, ?, ?, ?)`;
      const written = JSON.stringify(metadata);
      events.forEach((event, index) => {
        const version = actualVersion + index + 1;
        const { type } = event;
        const shape = schemaVersions[type] ?? null;
        session.run(sql, stream, version, type, JSON.stringify(event), written, at, shape);
      });
      if (events.length > 0) session.touch('events');
      return { kind: 'appended', version: actualVersion + events.length };
    },
    async load<E extends DomainEvent>(stream: string, { from = 1 }: LoadOptions = {}) {
      const sql = `SELECT ${COLUMNS} FROM events WHERE stream = ? AND version >= ? ORDER BY version`;
      return session.all(sql, stream, from).map((row) => storedEvent<E>(row));
    },
    async readAll({ after, upTo, limit, types, stream, streamPrefix = '' }) {
      const sql = `SELECT ${COLUMNS} FROM events
        WHERE position > ?1 AND (?2 IS NULL OR type IN (SELECT value FROM json_each(?2)))
          AND substr(stream, 1, length(?3)) = ?3 AND (?5 IS NULL OR stream = ?5) AND (?6 IS NULL OR position <= ?6)
        ORDER BY position LIMIT ?4`;
      const rows = session.all(
        sql,
        Number(after ?? 0),
        types ? JSON.stringify(types) : null,
        streamPrefix,
        limit,
        stream ?? null,
        upTo === undefined ? null : Number(upTo),
      );
      return rows.map((row) => storedEvent(row));
    },
    async head() {
      const row = session.get('SELECT max(position) AS head FROM events');
      return row?.head == null ? undefined : String(integer(row, 'head'));
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
    schemaVersion: optionalText(row, 'schema_version'),
    event: JSON.parse(text(row, 'event')),
  };
}
