/** What the cart service does with messages: its commands, and events for what shoppers see in their carts. */
import type { CartHandlers } from '@chirograph/generated/shop/consumers/cart';
import type { CartProducer } from '@chirograph/generated/shop/producers/cart';
import type { CartCommandRefusedData, ChangedFields } from '@chirograph/generated/shop/types';
import type { HandlerContext, Log, Transaction } from '@chirograph/runtime';
import { answering } from '../../shared/answer.ts';
import { takeTurn } from '../../shared/turn.ts';
import { type CartService, cartIdOf } from './cart-service.ts';

/** What is in a cart, added up, by cart. */
export interface Totals {
  readonly itemCount: number;
  /** In the minor unit of the currency. */
  readonly amount: number;
  /** How many removals can be taken back. */
  readonly undoable: number;
}

export function totals(tx: Transaction) {
  return tx.documents<Totals>('cart/totals');
}

/** What carts say of a product, by product. */
export interface Mark {
  readonly isOutOfStock?: boolean;
  readonly isInactive?: boolean;
  /** What was changed of it since it was created. */
  readonly changed?: ChangedFields;
}

export function marks(tx: Transaction) {
  return tx.documents<Mark>('cart/marks');
}

export function cartHandlers(service: CartService, producer: CartProducer, log: Log): CartHandlers {
  const answer = answering<CartCommandRefusedData>(producer.cartCommandRefused, log);

  async function addUp(cartId: string, context: HandlerContext): Promise<void> {
    const { items, removed } = await service.find(context.tx, cartId);
    const itemCount = items.reduce((sum, { quantity }) => sum + quantity, 0);
    const amount = items.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice.amount, 0);
    await totals(context.tx).put(cartId, { itemCount, amount, undoable: removed.length });
    log(context, `${itemCount} items, ${(amount / 100).toFixed(2)} in all`);
  }

  /** What is said of a product's stock is not in the order of what is said of the product, and may come with it. */
  async function mark({ tx }: HandlerContext, productId: string, says: Mark): Promise<void> {
    await takeTurn(tx, 'cart-marks', productId);
    const before = await marks(tx).get(productId);
    const changed = { ...before?.changed, ...says.changed };
    await marks(tx).put(productId, { ...before, ...says, ...(says.changed && { changed }) });
  }

  return {
    addItemToCart: async (command, context) =>
      answer(command, await service.addItem(command.data, context), context, {
        subject: cartIdOf(command.data.customerId),
      }),
    addItemToGuestCart: async (command, context) =>
      answer(command, await service.addItemToGuestCart(command.data, context), context, {
        subject: command.data.guestCartId,
      }),
    updateCartItemQuantity: async (command, context) =>
      answer(command, await service.updateQuantity(command.data, context), context, {
        subject: command.data.cartId,
      }),
    removeItemFromCart: async (command, context) =>
      answer(command, await service.removeItem(command.data, context), context, {
        subject: command.data.cartId,
      }),
    restoreCartItem: async (command, context) =>
      answer(command, await service.restoreItem(command.data, context), context, {
        subject: command.data.cartId,
      }),
    mergeGuestCart: async (command, context) =>
      answer(command, await service.mergeGuestCart(command.data, context), context, {
        subject: cartIdOf(command.data.customerId),
      }),
    clearCart: async (command, context) =>
      answer(command, await service.clear(command.data, context), context, { subject: command.data.cartId }),
    itemAddedToCart: ({ data: { cartId } }, context) => addUp(cartId, context),
    cartItemQuantityUpdated: ({ data: { cartId } }, context) => addUp(cartId, context),
    itemRemovedFromCart: ({ data: { cartId } }, context) => addUp(cartId, context),
    cartCleared: ({ data: { cartId } }, context) => addUp(cartId, context),
    cartMerged: ({ data: { cartId } }, context) => addUp(cartId, context),
    async productUpdated({ data: { productId, changedFields } }, context) {
      await mark(context, productId, { changed: changedFields });
      log(context, `carts show new ${Object.keys(changedFields).join(', ')}`);
    },
    async productDeleted({ data: { productId } }, context) {
      const count = await service.takeOutProduct(productId, context);
      log(context, `takes the product out of ${count} carts`);
    },
    async productDeactivated({ data: { productId } }, context) {
      await mark(context, productId, { isInactive: true });
      log(context, 'marks the product as not for sale');
    },
    async outOfStock({ data: { productId } }, context) {
      await mark(context, productId, { isOutOfStock: true });
      log(context, 'marks the product as out of stock');
    },
    async outOfStockNotification({ data: { productId, productName } }, context) {
      await mark(context, productId, { isOutOfStock: true });
      log(context, `no more ${productName} into carts`);
    },
  };
}
