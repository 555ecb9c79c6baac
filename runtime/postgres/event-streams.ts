import type { DomainEvent, EventStreams, LoadOptions, StoredEvent } from '../ports/event-streams.ts';
import { integer, optionalText, type Row, text } from '../rows/column.ts';
import { holdBound, horizonOf } from './horizon.ts';
import type { Session } from './session.ts';

const COLUMNS = 'position, stream, version, event, metadata, at, schema_version';

export function eventStreams(session: Session): EventStreams {
  return {
    async append(stream, expectedVersion, events, { at, metadata = {}, schemaVersions = {} }) {
      // An append has its stream alone until the commit. It waits before it holds a bound: see horizon.ts.
      const [, row] = await Promise.all([
        session.run('SELECT pg_advisory_xact_lock($1, hashtext($2))', session.names.locks.stream, stream),
        session.get('SELECT coalesce(max(version), 0) AS version FROM {s}.events WHERE stream = $1', stream),
      ]);
      const actualVersion = row ? integer(row, 'version') : 0;
      if (expectedVersion !== 'any' && expectedVersion !== actualVersion)
        return { kind: 'conflict', expectedVersion, actualVersion };
      if (events.length > 0) {
        const held = holdBound(session, 'events');
        const added = session.run(
          `INSERT INTO {s}.events (stream, version, type, event, metadata, at, schema_version)
           SELECT $1, $2 + place, type, event::json, $3::json, $4, shape
           FROM unnest($5::text[], $6::text[], $7::text[]) WITH ORDINALITY AS it (type, event, shape, place) ORDER BY place`,
          stream,
          actualVersion,
          JSON.stringify(metadata),
          at,
          events.map(({ type }) => type),
          events.map((event) => JSON.stringify(event)),
          events.map(({ type }) => schemaVersions[type] ?? null),
        );
        await Promise.all([held, added]);
        session.touch('events');
      }
      return { kind: 'appended', version: actualVersion + events.length };
    },
    async load<E extends DomainEvent>(stream: string, { from = 1 }: LoadOptions = {}) {
      const sql = `SELECT ${COLUMNS} FROM {s}.events WHERE stream = $1 AND version >= $2 ORDER BY version`;
      return (await session.all(sql, stream, from)).map((row) => storedEvent<E>(row));
    },
    async readAll({ after, upTo, limit, types, stream, streamPrefix = '' }) {
      const horizon = upTo === undefined ? await horizonOf(session, 'events') : Number(upTo);
      const rows = await session.all(
        `SELECT ${COLUMNS} FROM {s}.events
         WHERE position > $1 AND position <= $2 AND ($3::text[] IS NULL OR type = ANY($3)) AND starts_with(stream, $4)
           AND ($6::text IS NULL OR stream = $6)
         ORDER BY position LIMIT $5`,
        Number(after ?? 0),
        horizon,
        types ? [...types] : null,
        streamPrefix,
        limit,
        stream ?? null,
      );
      return rows.map((row) => storedEvent(row));
    },
    async head() {
      const head = await horizonOf(session, 'events');
      return head === 0 ? undefined : String(head);
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
