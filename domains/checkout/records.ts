/** What services keep of events, for as long as the event's contract says and no longer. */
import {
  type DeadlineOptions,
  type Deadlines,
  type Documents,
  entityDeadlines,
  type Store,
  type Transaction,
} from '@chirograph/runtime';

/** Of the contracts (`retention`), in days. A test holds them together. */
export const RETENTION = {
  'order.validation_started': 7,
  'wallet.debit_started': 7,
  'order.initiated': 30,
  'wallet.debited': 90,
  'order.paid': 90,
  'order.failed': 90,
  'order.created': 365,
} as const;

const DAY = 86_400_000;
const PAGE = 50;

export interface Records<T> {
  of(tx: Transaction): Pick<Documents<T>, 'get' | 'list'>;
  /** Those whose ids begin with what they are about: `<about> <own id>`. */
  under(tx: Transaction, about: string): Promise<readonly T[]>;
  /** Keeps the record from now on until the retention of the event is over; one that is there already is replaced. */
  put(tx: Transaction, id: string, record: T, time: string): Promise<void>;
  /** Deletes what is over. */
  watch(store: Store, options: DeadlineOptions): Deadlines;
}

/**
 * @param name names the records in the store
 * @param event the one by whose contract the records are kept
 */
export function records<T>(name: string, event: keyof typeof RETENTION): Records<T> {
  const documents = (tx: Transaction) => tx.documents<T>(name);
  const ends = entityDeadlines<number>(name, (until) => until);
  return {
    of: documents,
    async under(tx, about) {
      const found: T[] = [];
      const prefix = `${about} `;
      let after = prefix;
      for (;;) {
        const page = await documents(tx).list({ after, limit: PAGE });
        const own = page.filter(({ id }) => id.startsWith(prefix));
        found.push(...own.map(({ document }) => document));
        if (own.length < PAGE) return found;
        after = own.at(-1)?.id ?? prefix;
      }
    },
    async put(tx, id, record, time) {
      await documents(tx).put(id, record);
      await ends.note(tx, id, Date.parse(time) + RETENTION[event] * DAY);
    },
    watch: (store, options) => ends.watch(store, (tx, id) => documents(tx).delete(id), options),
  };
}
