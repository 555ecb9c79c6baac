import { entityDeadlines } from '@chirograph/runtime';
import { expiryOf } from './cart.ts';

/** Carts that nobody has touched for too long. */
export const cartExpiry = entityDeadlines('cart-expiry', expiryOf);
