import {
  type DeadlineOptions,
  type Deadlines,
  deadlines,
  type Store,
  type Transaction,
} from '@chirograph/runtime';
import { type Cart, expiryOf } from './cart.ts';
import type { CartService } from './cart-service.ts';

const OWNER = 'cart-expiry';

/** Sets the cart's deadline to the moment at which it expires; to be called after each of its events. */
export async function noteCartExpiry(tx: Transaction, cartId: string, state: Cart): Promise<void> {
  const dueAt = expiryOf(state);
  if (dueAt === undefined) await tx.timers.clear(OWNER, cartId);
  else await tx.timers.set({ owner: OWNER, id: cartId, dueAt, attempts: 0 });
}

/** Empties carts that nobody has touched for too long. */
export function cartExpiry(
  store: Store,
  carts: Pick<CartService, 'expire'>,
  options: DeadlineOptions,
): Deadlines {
  const process = {
    name: OWNER,
    async expire(tx: Transaction, cartId: string): Promise<void> {
      await carts.expire(cartId, { tx });
    },
  };
  return deadlines(store, process, options);
}
