/** A cart, a customer's or a guest's: what somebody means to buy. Pure. */
import type {
  CartClearedData,
  CartClearingReason,
  CartCommandRefusedData,
  CartExpiredData,
  CartItemQuantityUpdatedData,
  CartMergedData,
  ItemAddedToCartData,
  ItemRemovedFromCartData,
  Money,
} from '@chirograph/generated/shop/types';
import { type Decider, isRefusal, type Refusal, refuse } from '@chirograph/runtime';

/** A product as it can be bought at this moment. */
export interface Offer {
  readonly productId: string;
  readonly isActive: boolean;
  readonly price: Money;
  /** Empty for a product without variants. */
  readonly variantIds: readonly string[];
  /** How many are in stock and not reserved. */
  readonly available: number;
}

/** `at`: milliseconds since 1970-01-01T00:00Z, in all commands. */
export type CartCommand =
  | AddItem
  | UpdateQuantity
  | { readonly type: 'RemoveItem'; readonly cartItemId: string; readonly at: number }
  | RestoreItem
  | MergeGuestCart
  | { readonly type: 'HandOver'; readonly at: number }
  | { readonly type: 'Clear'; readonly reason: CartClearingReason; readonly at: number }
  | { readonly type: 'Expire'; readonly at: number }
  | { readonly type: 'TakeOutProduct'; readonly productId: string; readonly at: number };

export interface AddItem {
  readonly type: 'AddItem';
  readonly cartId: string;
  /** A guest has none. */
  readonly customerId?: string | undefined;
  readonly isCustomerKnown: boolean;
  readonly cartItemId: string;
  /** Undefined when there is no such product. */
  readonly offer: Offer | undefined;
  readonly variantId?: string | undefined;
  readonly quantity: number;
  readonly at: number;
}

export interface UpdateQuantity {
  readonly type: 'UpdateQuantity';
  readonly cartItemId: string;
  readonly quantity: number;
  /** How many of the item's product are in stock. */
  readonly available: number;
  readonly at: number;
}

export interface RestoreItem {
  readonly type: 'RestoreItem';
  readonly cartItemId: string;
  readonly offer: Offer | undefined;
  readonly at: number;
}

export interface MergeGuestCart {
  readonly type: 'MergeGuestCart';
  readonly cartId: string;
  readonly guestCartId: string;
  readonly customerId: string;
  readonly isCustomerKnown: boolean;
  /** Undefined when there is no such cart. */
  readonly guestItems: readonly CartItem[] | undefined;
  /** By product; none for a product that is gone. */
  readonly offers: ReadonlyMap<string, Offer>;
  readonly at: number;
}

/** As the stream keeps it: `data` is published, what stands beside it is not. */
export type CartEvent =
  | {
      readonly type: 'ItemAddedToCart';
      readonly data: ItemAddedToCartData;
      readonly cartItemId: string;
      /** The removed item that it puts back. */
      readonly restores?: string;
    }
  | { readonly type: 'CartItemQuantityUpdated'; readonly data: CartItemQuantityUpdatedData }
  | {
      readonly type: 'ItemRemovedFromCart';
      readonly data: ItemRemovedFromCartData;
      readonly cartItemId: string;
    }
  | { readonly type: 'CartCleared'; readonly data: CartClearedData }
  | { readonly type: 'CartMerged'; readonly data: CartMergedData; readonly items: readonly CartItem[] }
  /** A guest's cart has become part of a customer's. */
  | { readonly type: 'CartHandedOver'; readonly at: string }
  | { readonly type: 'CartExpired'; readonly data: CartExpiredData };

export type CartFailure = CartCommandRefusedData['failure'];

export interface CartItem {
  readonly cartItemId: string;
  readonly productId: string;
  readonly variantId?: string | undefined;
  readonly quantity: number;
  readonly unitPrice: Money;
}

export interface Cart {
  /** Undefined until something has been put into it. */
  readonly cartId: string | undefined;
  readonly customerId: string | undefined;
  readonly items: readonly CartItem[];
  /** What was taken out, and can be put back. */
  readonly removed: readonly CartItem[];
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly lastActivity: number;
}

/** How long nobody has to touch a cart until it is emptied, in milliseconds. */
export const IDLE_LIMIT = 30 * 86_400_000;

const empty: Cart = { cartId: undefined, customerId: undefined, items: [], removed: [], lastActivity: 0 };

/** When the cart is to be emptied unless somebody touches it; never, for one that is empty. */
export function expiryOf({ items, lastActivity }: Cart): number | undefined {
  return items.length > 0 ? lastActivity + IDLE_LIMIT : undefined;
}

/** How many of a product are in the cart, in all its variants: the stock does not tell them apart. */
export function quantityOf(items: readonly CartItem[], productId: string): number {
  return items.reduce((sum, item) => (item.productId === productId ? sum + item.quantity : sum), 0);
}

export const cart: Decider<Cart, CartCommand, CartEvent, CartFailure> = {
  initialState: () => empty,
  evolve: evolveCart,
  decide(command, state) {
    switch (command.type) {
      case 'AddItem':
        return addItem(command, state);
      case 'UpdateQuantity':
        return updateQuantity(command, state);
      case 'RemoveItem': {
        const item = state.items.find(({ cartItemId }) => cartItemId === command.cartItemId);
        return item ? [removed(state, item, command.at)] : notInCart();
      }
      case 'RestoreItem':
        return restoreItem(command, state);
      case 'MergeGuestCart':
        return merge(command, state);
      case 'HandOver':
        return state.items.length > 0 ? [{ type: 'CartHandedOver', at: iso(command.at) }] : [];
      case 'Clear':
        return clear(command, state);
      case 'Expire':
        return expire(command.at, state);
      case 'TakeOutProduct':
        return state.items
          .filter(({ productId }) => productId === command.productId)
          .map((item) => removed(state, item, command.at));
    }
  },
};

type Decision = readonly CartEvent[] | Refusal<CartFailure>;

/** What is asked for beyond the stock is left out; the event says how many went in. */
function addItem(command: AddItem, { items }: Cart): Decision {
  const { cartId, customerId, isCustomerKnown, offer, variantId, quantity, at } = command;
  if (!isCustomerKnown) return refuse('CUSTOMER_NOT_FOUND', 'There is no such customer.');
  if (!offer?.isActive) return refuse('PRODUCT_INACTIVE', 'The product is not for sale.');
  if (offer.variantIds.length > 0 && !offer.variantIds.includes(variantId ?? '')) {
    return refuse('VARIANT_REQUIRED_BUT_MISSING', 'The product comes in variants; choose one of them.');
  }
  const { productId, price: unitPrice, available } = offer;
  const added = Math.min(quantity, available - quantityOf(items, productId));
  if (added < 1) return refuse('OUT_OF_STOCK', 'There are no more of it in stock.');
  const same = items.find((item) => item.productId === productId && item.variantId === variantId);
  const data = {
    cartId,
    ...(customerId !== undefined && { customerId }),
    productId,
    ...(variantId !== undefined && { variantId }),
    quantity: added,
    unitPrice,
    addedAt: iso(at),
  };
  return [{ type: 'ItemAddedToCart', data, cartItemId: same?.cartItemId ?? command.cartItemId }];
}

/** Who names a number wants that number: more than there are is refused, not capped. */
function updateQuantity({ cartItemId, quantity, available, at }: UpdateQuantity, state: Cart): Decision {
  const item = state.items.find((it) => it.cartItemId === cartItemId);
  if (!item || state.cartId === undefined) return notInCart();
  if (quantity === 0) return [removed(state, item, at)];
  if (quantity === item.quantity) return [];
  const others = quantityOf(state.items, item.productId) - item.quantity;
  if (quantity > available - others) {
    return refuse('QUANTITY_EXCEEDS_STOCK', `There are ${Math.max(available - others, 0)} in stock.`);
  }
  const { productId, quantity: oldQuantity } = item;
  const data = {
    cartId: state.cartId,
    cartItemId,
    productId,
    oldQuantity,
    newQuantity: quantity,
    updatedAt: iso(at),
  };
  return [{ type: 'CartItemQuantityUpdated', data }];
}

function restoreItem({ cartItemId, offer, at }: RestoreItem, state: Cart): Decision {
  const item = state.removed.find((it) => it.cartItemId === cartItemId);
  const { cartId, customerId } = state;
  if (!item || cartId === undefined) return refuse('NOTHING_TO_RESTORE', 'The item was not taken out.');
  const { variantId, quantity } = item;
  const added = addItem(
    {
      type: 'AddItem',
      cartId,
      customerId,
      isCustomerKnown: true,
      cartItemId,
      offer,
      variantId,
      quantity,
      at,
    },
    state,
  );
  return isRefusal(added) ? added : added.map((event) => ({ ...event, restores: cartItemId }));
}

/** Quantities are added up, and no more than the stock; what is no longer for sale stays behind. */
function merge(command: MergeGuestCart, state: Cart): Decision {
  const { cartId, guestCartId, customerId, isCustomerKnown, guestItems, offers, at } = command;
  if (!isCustomerKnown) return refuse('CUSTOMER_NOT_FOUND', 'There is no such customer.');
  if (!guestItems) return refuse('GUEST_CART_NOT_FOUND', 'There is no such cart.');
  let items = state.items;
  const merged = new Set<string>();
  for (const guests of guestItems) {
    const offer = offers.get(guests.productId);
    if (!offer?.isActive) continue;
    const added = Math.min(guests.quantity, offer.available - quantityOf(items, guests.productId));
    if (added < 1) continue;
    const own = items.find((it) => it.productId === guests.productId && it.variantId === guests.variantId);
    const joined: CartItem = own
      ? { ...own, quantity: own.quantity + added }
      : { ...guests, quantity: added, unitPrice: offer.price };
    items = own ? items.map((it) => (it === own ? joined : it)) : [...items, joined];
    merged.add(joined.cartItemId);
  }
  if (merged.size === 0) return [];
  const mergedItems = items
    .filter(({ cartItemId }) => merged.has(cartItemId))
    .map(({ productId, variantId, quantity }) => ({
      productId,
      ...(variantId !== undefined && { variantId }),
      quantity,
    }));
  const data = { cartId, guestCartId, customerId, mergedItems, mergedAt: iso(at) };
  return [{ type: 'CartMerged', data, items }];
}

function clear(
  { reason, at }: { readonly reason: CartClearingReason; readonly at: number },
  { cartId, customerId, items }: Cart,
): Decision {
  if (cartId === undefined) return refuse('CART_NOT_FOUND', 'There is no such cart.');
  if (items.length === 0) return [];
  const whose = customerId === undefined ? {} : { customerId };
  return [{ type: 'CartCleared', data: { cartId, ...whose, reason, clearedAt: iso(at) } }];
}

function expire(at: number, state: Cart): Decision {
  const { cartId, customerId, lastActivity } = state;
  const due = expiryOf(state);
  if (cartId === undefined || due === undefined || at < due) return [];
  const data = {
    cartId,
    ...(customerId !== undefined && { customerId }),
    lastActivityDate: iso(lastActivity),
    expiredAt: iso(at),
  };
  return [{ type: 'CartExpired', data }];
}

function removed({ cartId = '' }: Cart, item: CartItem, at: number): CartEvent {
  const { cartItemId, productId, variantId } = item;
  const data = {
    cartId,
    productId,
    ...(variantId !== undefined && { variantId }),
    removedAt: iso(at),
  };
  return { type: 'ItemRemovedFromCart', data, cartItemId };
}

function notInCart(): Refusal<CartFailure> {
  return refuse('ITEM_NOT_IN_CART', 'The item is not in the cart.');
}

function evolveCart(state: Cart, event: CartEvent): Cart {
  switch (event.type) {
    case 'ItemAddedToCart': {
      const {
        cartId,
        customerId = state.customerId,
        productId,
        variantId,
        quantity,
        unitPrice,
        addedAt,
      } = event.data;
      const { cartItemId } = event;
      const own = state.items.find((it) => it.cartItemId === cartItemId);
      const item: CartItem = own
        ? { ...own, quantity: own.quantity + quantity, unitPrice }
        : { cartItemId, productId, variantId, quantity, unitPrice };
      return {
        cartId,
        customerId,
        items: own ? state.items.map((it) => (it === own ? item : it)) : [...state.items, item],
        removed: state.removed.filter((it) => it.cartItemId !== event.restores),
        lastActivity: Date.parse(addedAt),
      };
    }
    case 'CartItemQuantityUpdated': {
      const { cartItemId, newQuantity: quantity, updatedAt } = event.data;
      const items = state.items.map((it) => (it.cartItemId === cartItemId ? { ...it, quantity } : it));
      return { ...state, items, lastActivity: Date.parse(updatedAt) };
    }
    case 'ItemRemovedFromCart': {
      const isMeant = ({ cartItemId }: CartItem): boolean => cartItemId === event.cartItemId;
      return {
        ...state,
        items: state.items.filter((it) => !isMeant(it)),
        removed: [...state.removed, ...state.items.filter(isMeant)],
        lastActivity: Date.parse(event.data.removedAt),
      };
    }
    case 'CartMerged': {
      const { cartId, customerId, mergedAt } = event.data;
      return { ...state, cartId, customerId, items: event.items, lastActivity: Date.parse(mergedAt) };
    }
    case 'CartCleared':
    case 'CartExpired':
    case 'CartHandedOver':
      return { ...state, items: [], removed: [] };
  }
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
