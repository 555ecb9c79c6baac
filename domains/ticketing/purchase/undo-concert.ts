/** A concert is cancelled: its purchases are undone, some at a time, for a big one has thousands. */
import {
  type Cause,
  type Clock,
  type DeadlineOptions,
  type Deadlines,
  entityDeadlines,
  type Log,
  type Store,
  type Transaction,
} from '@chirograph/runtime';
import { type PurchaseService, purchasesOf } from './purchase-service.ts';

interface Cancelled {
  /** What all that is undone follows from. */
  readonly causedBy: Cause;
  /** The last purchase that was undone; absent before the first. */
  readonly after?: string;
}

/** Concerts that will not take place. */
export function cancelledConcerts(tx: Transaction) {
  return tx.documents<Cancelled>('purchase/cancelled-concerts');
}

/** Purchases in one transaction. */
export const UNDONE_AT_ONCE = 50;

const ongoing = entityDeadlines<number>('purchase/undo-concert', (at) => at);

/** Begins: the first are undone as soon as this is committed. */
export async function undoConcert(
  tx: Transaction,
  concertId: string,
  causedBy: Cause,
  at: number,
): Promise<void> {
  await cancelledConcerts(tx).put(concertId, { causedBy });
  await ongoing.note(tx, concertId, at);
}

/** Goes on until none is left. A crash leaves it where it was. */
export function undoing(
  store: Store,
  service: Pick<PurchaseService, 'note'>,
  log: Log,
  options: DeadlineOptions & { readonly clock: Clock },
): Deadlines {
  return ongoing.watch(
    store,
    async (tx, concertId) => {
      const { causedBy, after } = (await cancelledConcerts(tx).get(concertId)) ?? {};
      if (!causedBy) return;
      const page = await purchasesOf(tx, concertId).list({ limit: UNDONE_AT_ONCE, after });
      for (const { id: cartId } of page)
        await service.note(cartId, { type: 'NoteConcertCancelled', concertId }, { tx, causedBy });
      const last = page.at(-1)?.id;
      if (last !== undefined) {
        await cancelledConcerts(tx).put(concertId, { causedBy, after: last });
        await ongoing.note(tx, concertId, options.clock.now());
      }
      log({ tx, causedBy }, `undoes ${page.length} purchases`);
    },
    options,
  );
}
