import type { DomainEvent, Position, StoredEvent } from '../ports/event-streams.ts';
import type { Store } from '../ports/store.ts';
import type { EventSchema } from './event-schema.ts';

export interface ReplayOptions<E extends DomainEvent> {
  /** Checks and upcasts; of all streams only its types are read. Absent: events as they are stored. */
  readonly events?: EventSchema<E> | undefined;
  /** Only these types. */
  readonly types?: readonly E['type'][] | undefined;
  /** Only this stream. */
  readonly stream?: string | undefined;
  /** Only streams whose names begin so: `order/`. */
  readonly streamPrefix?: string | undefined;
  /** The position after which to begin. */
  readonly after?: Position | undefined;
  /** Events held at once: 500 unless told otherwise. */
  readonly batch?: number | undefined;
}

/**
 * The stored events in commit order, without gaps, up to the last that was committed when the reader got there. Each page is a transaction of its own, so
 * that a long replay holds nobody up.
 */
export async function* replay<E extends DomainEvent = DomainEvent>(
  store: Pick<Store, 'read'>,
  options: ReplayOptions<E> = {},
): AsyncGenerator<StoredEvent<E>, void, undefined> {
  const { events: schema, stream, streamPrefix, batch = 500 } = options;
  const { types = schema?.types } = options;
  let { after } = options;
  for (;;) {
    const page = await store.read((tx) =>
      tx.events.readAll({ after, limit: batch, types, stream, streamPrefix }),
    );
    for (const stored of page) yield schema ? schema.read(stored) : (stored as StoredEvent<E>);
    if (page.length < batch) return;
    after = page.at(-1)?.position;
  }
}
