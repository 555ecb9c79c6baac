/** The cart service: carts of customers and of guests. */
import { randomUUID } from 'node:crypto';
import type { CartProducer } from '@chirograph/generated/shop/producers/cart';
import type {
  AddItemToCartData,
  AddItemToGuestCartData,
  ClearCartData,
  MergeGuestCartData,
  RemoveItemFromCartData,
  RestoreCartItemData,
  UpdateCartItemQuantityData,
} from '@chirograph/generated/shop/types';
import {
  type Clock,
  type CommandContext,
  derivedId,
  type Outcome,
  outcomeOf,
  type Repository,
  repository,
  type Store,
  type Transaction,
  within,
} from '@chirograph/runtime';
import { type Cart, type CartCommand, type CartEvent, type CartFailure, cart, type Offer } from './cart.ts';
import { cartExpiry } from './cart-expiry.ts';
import { publishCart } from './publish-cart.ts';
import { cartEvents } from './stored-events.ts';

export type CartOutcome = Outcome<CartEvent, CartFailure>;

export interface CartService {
  addItem(request: AddItemToCartData, context?: CommandContext): Promise<CartOutcome>;
  addItemToGuestCart(request: AddItemToGuestCartData, context?: CommandContext): Promise<CartOutcome>;
  updateQuantity(request: UpdateCartItemQuantityData, context?: CommandContext): Promise<CartOutcome>;
  removeItem(request: RemoveItemFromCartData, context?: CommandContext): Promise<CartOutcome>;
  restoreItem(request: RestoreCartItemData, context?: CommandContext): Promise<CartOutcome>;
  mergeGuestCart(request: MergeGuestCartData, context?: CommandContext): Promise<CartOutcome>;
  clear(request: ClearCartData, context?: CommandContext): Promise<CartOutcome>;
  /** Empties the cart if nobody has touched it for too long. */
  expire(cartId: string, context?: CommandContext): Promise<CartOutcome>;
  /** Takes a deleted product out of every cart; answers out of how many. */
  takeOutProduct(productId: string, context: CommandContext & { readonly tx: Transaction }): Promise<number>;
  find(tx: Transaction, cartId: string): Promise<Cart>;
}

/** A customer has one cart, on all devices. */
export function cartIdOf(customerId: string): string {
  return derivedId('cart', customerId);
}

/** What the cart service asks others, at the moment in which it decides. */
export interface CartOutlook {
  isCustomerKnown(tx: Transaction, customerId: string): Promise<boolean>;
  /** Undefined when there is no such product. */
  offerOf(tx: Transaction, productId: string): Promise<Offer | undefined>;
}

export interface CartServiceOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly producer: CartProducer;
  readonly outlook: CartOutlook;
}

export function cartService({ store, clock, producer, outlook }: CartServiceOptions): CartService {
  const publish = publishCart(producer);
  const carts: Repository<Cart, CartCommand, CartEvent, CartFailure> = repository({
    name: 'cart',
    decider: cart,
    events: cartEvents,
    clock,
    async publish(event, context) {
      await noteHolding(context.tx, context.id, event);
      await cartExpiry.note(context.tx, context.id, context.state);
      await publish(event, context);
    },
  });

  function decide(
    cartId: string,
    context: CommandContext,
    commandOf: (tx: Transaction, at: number) => Promise<CartCommand>,
  ): Promise<CartOutcome> {
    return within(store, context, async (tx) => {
      const command = await commandOf(tx, clock.now());
      return outcomeOf(cartId, await carts.decide(tx, cartId, command, context));
    });
  }

  /** The item's product, as it can be bought now; undefined for an item that the cart does not know. */
  async function offerOfItem(
    tx: Transaction,
    cartId: string,
    cartItemId: string,
  ): Promise<Offer | undefined> {
    const { items, removed } = (await carts.load(tx, cartId)).state;
    const item = [...items, ...removed].find((it) => it.cartItemId === cartItemId);
    return item && outlook.offerOf(tx, item.productId);
  }

  return {
    addItem: ({ customerId, productId, ...request }, context = {}) => {
      const cartId = cartIdOf(customerId);
      return decide(cartId, context, async (tx, at) => ({
        type: 'AddItem',
        cartId,
        customerId,
        isCustomerKnown: await outlook.isCustomerKnown(tx, customerId),
        cartItemId: randomUUID(),
        offer: await outlook.offerOf(tx, productId),
        ...request,
        at,
      }));
    },
    addItemToGuestCart: ({ guestCartId: cartId, productId, ...request }, context = {}) =>
      decide(cartId, context, async (tx, at) => ({
        type: 'AddItem',
        cartId,
        isCustomerKnown: true,
        cartItemId: randomUUID(),
        offer: await outlook.offerOf(tx, productId),
        ...request,
        at,
      })),
    updateQuantity: ({ cartId, cartItemId, quantity }, context = {}) =>
      decide(cartId, context, async (tx, at) => {
        const available = (await offerOfItem(tx, cartId, cartItemId))?.available ?? 0;
        return { type: 'UpdateQuantity', cartItemId, quantity, available, at };
      }),
    removeItem: ({ cartId, cartItemId }, context = {}) =>
      decide(cartId, context, async (_, at) => ({ type: 'RemoveItem', cartItemId, at })),
    restoreItem: ({ cartId, cartItemId }, context = {}) =>
      decide(cartId, context, async (tx, at) => {
        const offer = await offerOfItem(tx, cartId, cartItemId);
        return { type: 'RestoreItem', cartItemId, offer, at };
      }),
    mergeGuestCart: ({ guestCartId, customerId }, context = {}) =>
      within(store, context, async (tx) => {
        const { state: guest } = await carts.load(tx, guestCartId);
        const isGuests = guest.cartId !== undefined && guest.customerId === undefined;
        const offers = new Map<string, Offer>();
        for (const { productId } of guest.items) {
          const offer = await outlook.offerOf(tx, productId);
          if (offer) offers.set(productId, offer);
        }
        const cartId = cartIdOf(customerId);
        const at = clock.now();
        const command: CartCommand = {
          type: 'MergeGuestCart',
          cartId,
          guestCartId,
          customerId,
          isCustomerKnown: await outlook.isCustomerKnown(tx, customerId),
          guestItems: isGuests ? guest.items : undefined,
          offers,
          at,
        };
        const merged = outcomeOf(cartId, await carts.decide(tx, cartId, command, context));
        if (merged.kind === 'refused') return merged;
        outcomeOf(guestCartId, await carts.decide(tx, guestCartId, { type: 'HandOver', at }, context));
        return merged;
      }),
    clear: ({ cartId, reason }, context = {}) =>
      decide(cartId, context, async (_, at) => ({ type: 'Clear', reason, at })),
    expire: (cartId, context = {}) => decide(cartId, context, async (_, at) => ({ type: 'Expire', at })),
    async takeOutProduct(productId, context) {
      const { tx } = context;
      let count = 0;
      for (const { id: cartId } of await holding(tx, productId).list()) {
        const out = await decide(cartId, context, async (_, at) => ({
          type: 'TakeOutProduct',
          productId,
          at,
        }));
        if (out.kind === 'accepted' && out.events.length > 0) count += 1;
        await holding(tx, productId).delete(cartId);
      }
      return count;
    },
    find: async (tx, cartId) => (await carts.load(tx, cartId)).state,
  };
}

/** The carts that have held a product, by cart; some may hold it no longer. */
function holding(tx: Transaction, productId: string) {
  return tx.documents<{ readonly held: true }>(`cart/holding/${productId}`);
}

async function noteHolding(tx: Transaction, cartId: string, event: CartEvent): Promise<void> {
  if (event.type === 'ItemAddedToCart') await holding(tx, event.data.productId).put(cartId, { held: true });
  if (event.type !== 'CartMerged') return;
  for (const { productId } of event.items) await holding(tx, productId).put(cartId, { held: true });
}
