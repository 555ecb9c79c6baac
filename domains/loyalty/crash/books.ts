import type { Transaction } from '@chirograph/runtime';

/** The only reward of the shop; its owner goes by the same id. */
export const MUG = '00000000-0000-4000-8000-0000000000aa';
/** Mugs that the shop begins with. */
export const STOCK = 1_000;

/** How far the shop has come. */
export function books(tx: Transaction) {
  return tx.documents<{ readonly programId: string /** Jobs. */; readonly done: number }>('shop/books');
}
