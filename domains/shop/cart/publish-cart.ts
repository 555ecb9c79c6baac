import type { CartProducer } from '@chirograph/generated/shop/producers/cart';
import type { PublishContext } from '@chirograph/runtime';
import type { Cart, CartEvent } from './cart.ts';

/** Tells others what happened to a cart. */
export function publishCart(producer: CartProducer) {
  return async (event: CartEvent, context: PublishContext<Cart>): Promise<void> => {
    const subject = context.id;
    switch (event.type) {
      case 'ItemAddedToCart':
        await producer.itemAddedToCart({ subject, data: event.data }, context);
        return;
      case 'CartItemQuantityUpdated':
        await producer.cartItemQuantityUpdated({ subject, data: event.data }, context);
        return;
      case 'ItemRemovedFromCart':
        await producer.itemRemovedFromCart({ subject, data: event.data }, context);
        return;
      case 'CartCleared':
        await producer.cartCleared({ subject, data: event.data }, context);
        return;
      case 'CartMerged':
        await producer.cartMerged({ subject, data: event.data }, context);
        return;
      case 'CartExpired':
        await producer.cartExpired({ subject, data: event.data }, context);
        return;
      case 'CartHandedOver':
        return;
    }
  };
}
