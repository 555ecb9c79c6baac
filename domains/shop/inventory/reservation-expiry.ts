import {
  type DeadlineOptions,
  type Deadlines,
  deadlines,
  type Store,
  type Transaction,
} from '@chirograph/runtime';
import type { InventoryService } from './inventory-service.ts';
import { nextExpiry, type Stock } from './stock.ts';

const OWNER = 'reservation-expiry';

/** Sets the product's deadline to the moment at which its next reservation runs out; to be called after each event. */
export async function noteReservationExpiry(tx: Transaction, productId: string, state: Stock): Promise<void> {
  const dueAt = nextExpiry(state);
  if (dueAt === undefined) await tx.timers.clear(OWNER, productId);
  else await tx.timers.set({ owner: OWNER, id: productId, dueAt, attempts: 0 });
}

/** Releases what was reserved for orders that did not come to stand in time. */
export function reservationExpiry(
  store: Store,
  inventory: Pick<InventoryService, 'decide'>,
  options: DeadlineOptions,
): Deadlines {
  const process = {
    name: OWNER,
    async expire(tx: Transaction, productId: string): Promise<void> {
      await inventory.decide(productId, { type: 'ExpireReservations' }, { tx });
    },
  };
  return deadlines(store, process, options);
}
