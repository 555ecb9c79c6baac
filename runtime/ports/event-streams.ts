/** What an event needs to be stored: a name for what happened. All of it must survive JSON. */
export interface DomainEvent {
  readonly type: string;
}

/** Append-only streams of events, one per entity, and the order of all of them together. */
export interface EventStreams {
  /**
   * Appends if the stream has exactly `expectedVersion` events (`any`: however many it has). A conflict leaves the
   * transaction usable, also when another transaction appended in the meantime.
   */
  append(
    stream: string,
    expectedVersion: number | 'any',
    events: readonly DomainEvent[],
    options: AppendOptions,
  ): Promise<Appended>;
  /**
   * The stream's events from version `from` (1 unless told otherwise), in order; empty when there is no such stream.
   * `E` is the caller's word for them.
   */
  load<E extends DomainEvent>(stream: string, options?: LoadOptions): Promise<readonly StoredEvent<E>[]>;
  /**
   * Up to `limit` events of all streams after a position (from the first without one), in commit order, without gaps: an
   * event that appears later never stands before a position that was already read.
   */
  readAll(options: ReadAllOptions): Promise<readonly StoredEvent<DomainEvent>[]>;
  /**
   * The last position up to which events can be read now without a gap; absent where nothing was ever stored. There need be no event at it. For readers with a
   * filter: what `readAll` with `upTo` does not hand them up to here they need not look for again.
   */
  head(): Promise<Position | undefined>;
}

export interface LoadOptions {
  readonly from?: number | undefined;
}

export interface ReadAllOptions {
  readonly after?: Position | undefined;
  /** A head, beyond which nothing is read: for those who go on from there. */
  readonly upTo?: Position | undefined;
  readonly limit: number;
  /** Only events of these types. */
  readonly types?: readonly string[] | undefined;
  /** Only this stream. */
  readonly stream?: string | undefined;
  /** Only streams whose names begin so. */
  readonly streamPrefix?: string | undefined;
}

export interface AppendOptions {
  /** When they are stored: milliseconds since 1970-01-01T00:00Z. */
  readonly at: number;
  /** Who or what led to them, such as correlation and causation ids. */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  /** In which version of its shape an event of a type is written: see `eventSchema`. */
  readonly schemaVersions?: Readonly<Record<string, string>> | undefined;
}

/** A conflict is an expected failure: someone else appended first. Load, decide and append again. */
export type Appended =
  | { readonly kind: 'appended' /** Events in the stream now. */; readonly version: number }
  | { readonly kind: 'conflict'; readonly expectedVersion: number; readonly actualVersion: number };

export interface StoredEvent<E extends DomainEvent> {
  readonly position: Position;
  readonly stream: string;
  /** 1 for the stream's first event. */
  readonly version: number;
  readonly at: number;
  readonly metadata: Readonly<Record<string, string>>;
  /** The version of the shape in which it was written; absent when that was not said. */
  readonly schemaVersion?: string | undefined;
  readonly event: E;
}

/** A place in the order of all events. Opaque: only the store that gave it can compare it. */
export type Position = string;
