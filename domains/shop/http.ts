/** Who may ask what over HTTP: customers for themselves, guests for their carts, admins; the rest are the rules of the services. */
import type { Store } from '@chirograph/runtime';
import { type HttpApiOptions, HttpProblemError } from '@chirograph/runtime/http';
import { type Authenticate, mustBe, textIn } from '../shared/http/caller.ts';
import type { CartService } from './cart/cart-service.ts';

/** What customers and admins ask for. The others are what an order needs of inventory and payment. */
export const ASKED_FROM_OUTSIDE = {
  inventory: ['setInventoryQuantity', 'adjustInventory'],
  payment: ['initiatePayPal'],
} as const;

export function shopCallers(
  authenticate: Authenticate,
  store: Store,
  carts: Pick<CartService, 'find'>,
): Pick<HttpApiOptions, 'caller' | 'about'> {
  return {
    /** As the contract's commands say who asks (docs/decisions/specs-shop-admins.md). */
    async caller(request) {
      const caller = await authenticate(request);
      return caller ? { authtype: caller.kind === 'admin' ? 'user' : 'app_user', authid: caller.id } : {};
    },
    async about(body, _, request) {
      const caller = await authenticate(request);
      const customerId = textIn(body, 'customerId');
      if (customerId !== undefined) mustBe(caller, customerId);
      const cartId = textIn(body, 'cartId');
      if (cartId === undefined) return {};
      // The id of a guest's cart is known to the guest alone; that of a customer's follows from the customer's.
      const owner = (await store.read((tx) => carts.find(tx, cartId))).customerId;
      if (owner !== undefined && caller?.id !== owner)
        throw new HttpProblemError(403, 'forbidden', "It is somebody else's cart.");
      return {};
    },
  };
}
