import type { EventSchema } from '../event-sourcing/event-schema.ts';
import type { StoredForm } from '../event-sourcing/repository.ts';
import type { Clock } from '../ports/clock.ts';
import type { Documents } from '../ports/documents.ts';
import type { DomainEvent, StoredEvent } from '../ports/event-streams.ts';
import type { Store, Transaction } from '../ports/store.ts';
import type { ServiceWorker } from '../service/service-worker.ts';
import type { Observe } from '../telemetry/observation.ts';
import { collectionIn } from './generations.ts';

export interface ProjectionOptions<E extends DomainEvent> {
  readonly name: string;
  /**
   * Of `project` and of the shape of what it keeps: to be changed with either. Code of a new version builds data of its own beside the old, which is
   * read meanwhile, and takes its place when it has caught up.
   */
  readonly version: string;
  /** Checks events and brings them to their newest shape; only its types are read. Absent: events as they are stored, of all types. */
  readonly events?: EventSchema<E> | undefined;
  /** How events are stored, where that is not as they are: as in the repository that writes them. */
  readonly stored?: StoredForm<E> | undefined;
  /** Only streams whose names begin so: `order/`. */
  readonly streamPrefix?: string | undefined;
  /**
   * Puts one event into the data. Called once for each, in the order of their commits. It may be called again for all of them when the
   * projection is rebuilt, so it sends nothing. One that rejects is tried again until it does not: nothing is left out.
   */
  project(stored: StoredEvent<E>, data: ProjectionData): Promise<void> | void;
  /** For data in tables of one's own: drops those of a generation that nobody reads any more. */
  readonly drop?: ((tx: Transaction, generation: number) => Promise<void>) | undefined;
}

/** The data of one generation. */
export interface ProjectionData {
  readonly tx: Transaction;
  /** Names what it has outside of `documents`, such as tables: `orders_3`. */
  readonly generation: number;
  /** Collections of this projection. */
  documents<T>(collection: string): Documents<T>;
}

/** What is read. */
export interface ReadModel extends ProjectionData {
  /** Of the code that built it: another than one's own until that has caught up. */
  readonly version: string;
}

export interface KeepOptions {
  readonly clock?: Clock | undefined;
  readonly observe?: Observe | undefined;
  /** The most events in one transaction: 200 unless told otherwise. */
  readonly batch?: number | undefined;
  /** Milliseconds between looks for events that another process stored. */
  readonly poll?: number | undefined;
  /** Milliseconds after which another process may take over from one that went silent. */
  readonly lease?: number | undefined;
  /** Milliseconds for which data is kept up after another has taken its place, for processes not yet replaced and for the way back: a day unless told otherwise. */
  readonly keepRetired?: number | undefined;
}

/** A read model that follows from the stored events. */
export interface Projection {
  readonly name: string;
  readonly version: string;
  /** Keeps it up: a worker for `service`. Any number may run on a store; one at a time works on each generation. */
  keep(store: Store, options?: KeepOptions): ProjectionWorker;
  /** What is to be read now; `undefined` until it has been built for the first time. */
  read(tx: Transaction): Promise<ReadModel | undefined>;
  /** Has it built anew beside the old. Once committed, a process that runs this version begins. */
  rebuild(tx: Transaction): Promise<void>;
}

export interface ProjectionWorker extends ServiceWorker {
  /** Milliseconds since the oldest event was stored that is not in what is read yet; 0 when all are; `undefined` when there is nothing to read. */
  lag(): Promise<number | undefined>;
}

export function dataOf(tx: Transaction, name: string, generation: number): ProjectionData {
  return {
    tx,
    generation,
    documents: (collection) => tx.documents(collectionIn(name, generation, collection)),
  };
}
