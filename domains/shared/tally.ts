import {
  type DomainEvent,
  type KeepOptions,
  type ProjectionWorker,
  projection,
  type Store,
  type Transaction,
} from '@chirograph/runtime';

/** Figures that many things are counted in: none is lost where transactions run side by side. */
export interface Tally<Noted extends DomainEvent, Figures> {
  /** Stores what is to be counted. @param about whom it is noted under, such as an order's id */
  note(tx: Transaction, about: string, noted: Noted, time: string): Promise<void>;
  /** Counts what is noted, one after another. */
  keep(store: Store, options?: KeepOptions): ProjectionWorker;
  /** The figures under a key, as far as they are counted. */
  read(tx: Transaction, key: string): Promise<Figures>;
}

export interface TallyOptions<Noted extends DomainEvent, Figures> {
  /** Names it in the store: what it notes lies in streams `<name>/...`. */
  readonly name: string;
  /** To be changed with `add`: then all is counted anew. */
  readonly version: string;
  readonly none: Figures;
  keyOf(noted: Noted): string;
  add(figures: Figures, noted: Noted): Figures;
}

/** Reading figures, adding one and putting them back would lose what another transaction adds meanwhile; events are only ever added. */
export function tally<Noted extends DomainEvent, Figures>(
  options: TallyOptions<Noted, Figures>,
): Tally<Noted, Figures> {
  const { name, version, none, keyOf, add } = options;
  const counted = projection<Noted>({
    name,
    version,
    streamPrefix: `${name}/`,
    async project({ event }, { documents }) {
      const figures = documents<Figures>('figures');
      const key = keyOf(event);
      await figures.put(key, add((await figures.get(key)) ?? none, event));
    },
  });
  return {
    async note(tx, about, noted, time) {
      await tx.events.append(`${name}/${about}`, 'any', [noted], { at: Date.parse(time) });
    },
    keep: counted.keep,
    read: async (tx, key) => (await (await counted.read(tx))?.documents<Figures>('figures').get(key)) ?? none,
  };
}
