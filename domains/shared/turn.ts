import type { Transaction } from '@chirograph/runtime';

/**
 * Waits until no other transaction is at the same thing, and keeps others waiting until this one ends. To be taken before something is read that is to be written back:
 * where transactions run side by side, two would else read the same and the second undo what the first wrote. Who takes several turns takes them in one order.
 * @param about what turns are taken at; names them in the store
 */
export async function takeTurn(tx: Transaction, about: string, id: string): Promise<void> {
  // A document that two write is written by one after the other.
  await tx.documents<Record<string, never>>(`turns/${about}`).put(id, {});
}
