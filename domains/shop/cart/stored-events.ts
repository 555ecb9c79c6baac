import * as contracts from '@chirograph/generated/shop/messages';
import { dataEvent, type EventSchema, eventSchema } from '@chirograph/runtime';
import { fields } from '../../shared/fields.ts';
import type { CartEvent } from './cart.ts';

/** How the events of carts are stored: `data` by the contracts. A new shape is a new version here, with the way from the one before. */
export const cartEvents: EventSchema<CartEvent> = eventSchema<CartEvent>({
  ItemAddedToCart: dataEvent(contracts.itemAddedToCart, {
    beside: fields({ cartItemId: 'string', restores: 'string?' }),
  }),
  CartItemQuantityUpdated: dataEvent(contracts.cartItemQuantityUpdated),
  ItemRemovedFromCart: dataEvent(contracts.itemRemovedFromCart, { beside: fields({ cartItemId: 'string' }) }),
  CartCleared: dataEvent(contracts.cartCleared),
  CartMerged: dataEvent(contracts.cartMerged, { beside: fields({ items: 'array' }) }),
  CartHandedOver: { version: '1.0', check: fields({ at: 'string' }) },
  CartExpired: dataEvent(contracts.cartExpired),
});
