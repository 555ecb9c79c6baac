import type { ShoppingCartsProducer } from '@chirograph/generated/ticketing/producers/shopping-carts';
import type { PublishContext } from '@chirograph/runtime';
import type { Cart, CartEvent } from './cart.ts';

/** Tells others what happened to a cart. */
export function publishCart(producer: ShoppingCartsProducer) {
  return async (event: CartEvent, context: PublishContext<Cart>): Promise<void> => {
    const { id: subject } = context;
    switch (event.type) {
      case 'CartCreated':
        await producer.cartCreated({ subject, data: event.data }, context);
        return;
      case 'TicketAddedToCart':
        await producer.ticketAddedToCart({ subject, data: event.data }, context);
        return;
      case 'TicketRemovedFromCart':
        await producer.ticketRemovedFromCart({ subject, data: event.data }, context);
        return;
      case 'CartCleared':
        await producer.cartCleared({ subject, data: event.data }, context);
        return;
      case 'CartConfirmed':
        await producer.cartConfirmed({ subject, data: event.data }, context);
        return;
      case 'CartClosed':
        await producer.cartClosed({ subject, data: event.data }, context);
        return;
    }
  };
}
