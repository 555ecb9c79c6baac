import { fold, isRefusal } from '@chirograph/runtime';
import { specification } from '@chirograph/runtime/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AddItem,
  type CartCommand,
  type CartEvent,
  type CartItem,
  cart,
  IDLE_LIMIT,
  type MergeGuestCart,
  type Offer,
  quantityOf,
} from './cart.ts';

const given = specification(cart);

const NOW = Date.UTC(2026, 1, 3);
const time = new Date(NOW).toISOString();
const unitPrice = { amount: 1_000, currency: 'EUR' };

const offer = (available: number, changes: Partial<Offer> = {}): Offer => ({
  productId: 'p-1',
  isActive: true,
  price: unitPrice,
  variantIds: [],
  available,
  ...changes,
});
const add = (quantity: number, changes: Partial<AddItem> = {}): AddItem => ({
  type: 'AddItem',
  cartId: 'k-1',
  customerId: 'c-1',
  isCustomerKnown: true,
  cartItemId: 'i-1',
  offer: offer(10),
  quantity,
  at: NOW,
  ...changes,
});
type ItemAdded = Extract<CartEvent, { readonly type: 'ItemAddedToCart' }>;

const added = (quantity: number, cartItemId = 'i-1', productId = 'p-1'): ItemAdded => ({
  type: 'ItemAddedToCart',
  data: { cartId: 'k-1', customerId: 'c-1', productId, quantity, unitPrice, addedAt: time },
  cartItemId,
});
const removed: CartEvent = {
  type: 'ItemRemovedFromCart',
  data: { cartId: 'k-1', productId: 'p-1', removedAt: time },
  cartItemId: 'i-1',
};

describe('adding', () => {
  it('puts the item in', () => given().when(add(2)).then(added(2)));
  it('adds to the same item', () =>
    given(added(2))
      .when(add(3, { cartItemId: 'i-2' }))
      .then(added(3)));
  it('is capped to what is in stock, with what the cart holds already', () => {
    given().when(add(12)).then(added(10));
    given(added(8)).when(add(5)).then(added(2));
  });
  it('adds nothing when there is no more', () => {
    given()
      .when(add(1, { offer: offer(0) }))
      .refuses('OUT_OF_STOCK');
    given(added(10)).when(add(1)).refuses('OUT_OF_STOCK');
  });
  it('takes only what is for sale', () => {
    given()
      .when(add(1, { offer: offer(5, { isActive: false }) }))
      .refuses('PRODUCT_INACTIVE');
    given()
      .when(add(1, { offer: undefined }))
      .refuses('PRODUCT_INACTIVE');
  });
  it('wants one of the variants of a product that has any', () => {
    const blue = offer(10, { variantIds: ['v-1'] });
    for (const variantId of [undefined, 'v-2']) {
      given()
        .when(add(1, { offer: blue, variantId }))
        .refuses('VARIANT_REQUIRED_BUT_MISSING');
    }
  });
  it('is for customers who are known, and for guests', () => {
    given()
      .when(add(1, { isCustomerKnown: false }))
      .refuses('CUSTOMER_NOT_FOUND');
    const { customerId: _, ...data } = added(1).data;
    given()
      .when(add(1, { customerId: undefined }))
      .then({ ...added(1), data });
  });
});

describe('changing the quantity', () => {
  const update = (quantity: number, available = 10) =>
    ({ type: 'UpdateQuantity', cartItemId: 'i-1', quantity, available, at: NOW }) as const;
  const updated: CartEvent = {
    type: 'CartItemQuantityUpdated',
    data: {
      cartId: 'k-1',
      cartItemId: 'i-1',
      productId: 'p-1',
      oldQuantity: 2,
      newQuantity: 5,
      updatedAt: time,
    },
  };
  it('sets it', () => given(added(2)).when(update(5)).then(updated));
  it('says nothing when it is so already', () => given(added(2)).when(update(2)).then());
  it('to zero takes the item out', () => given(added(2)).when(update(0)).then(removed));
  it('is refused, not capped, above the stock', () =>
    given(added(2)).when(update(11)).refuses('QUANTITY_EXCEEDS_STOCK'));
  it('counts other variants of the product', () =>
    given(added(2), added(3, 'i-2')).when(update(8)).refuses('QUANTITY_EXCEEDS_STOCK'));
  it('is of an item in the cart', () => {
    given().when(update(1)).refuses('ITEM_NOT_IN_CART');
    given(added(2), removed).when(update(1)).refuses('ITEM_NOT_IN_CART');
  });
});

describe('removing', () => {
  const remove = { type: 'RemoveItem', cartItemId: 'i-1', at: NOW } as const;
  const restore = { type: 'RestoreItem', cartItemId: 'i-1', offer: offer(10), at: NOW } as const;
  const restored: CartEvent = { ...added(2), restores: 'i-1' };
  it('takes the item out', () => given(added(2)).when(remove).then(removed));
  it('is of an item in the cart', () => given().when(remove).refuses('ITEM_NOT_IN_CART'));
  it('can be taken back, once', () => {
    given(added(2), removed).when(restore).then(restored);
    given(added(2), removed, restored).when(restore).refuses('NOTHING_TO_RESTORE');
    given(added(2)).when(restore).refuses('NOTHING_TO_RESTORE');
  });
  it('is taken back as far as the stock goes, and for what is for sale', () => {
    given(added(2), removed)
      .when({ ...restore, offer: offer(1) })
      .then({ ...added(1), restores: 'i-1' });
    given(added(2), removed)
      .when({ ...restore, offer: offer(0) })
      .refuses('OUT_OF_STOCK');
    given(added(2), removed)
      .when({ ...restore, offer: undefined })
      .refuses('PRODUCT_INACTIVE');
  });
  it('happens to a product that is deleted', () =>
    given(added(2), added(1, 'i-2', 'p-2'))
      .when({ type: 'TakeOutProduct', productId: 'p-1', at: NOW })
      .then(removed));
});

describe('merging', () => {
  const item = (quantity: number, productId = 'p-1'): CartItem => ({
    cartItemId: `g-${productId}`,
    productId,
    quantity,
    unitPrice,
  });
  const merge = (guestItems: readonly CartItem[] | undefined, available = 10): MergeGuestCart => ({
    type: 'MergeGuestCart',
    cartId: 'k-1',
    guestCartId: 'g-1',
    customerId: 'c-1',
    isCustomerKnown: true,
    guestItems,
    offers: new Map([['p-1', offer(available)]]),
    at: NOW,
  });
  const merged = (quantity: number, cartItemId: string): CartEvent => ({
    type: 'CartMerged',
    data: {
      cartId: 'k-1',
      guestCartId: 'g-1',
      customerId: 'c-1',
      mergedItems: [{ productId: 'p-1', quantity }],
      mergedAt: time,
    },
    items: [{ ...(cartItemId === 'i-1' ? { variantId: undefined } : {}), ...item(quantity), cartItemId }],
  });
  it('adds up', () =>
    given(added(2))
      .when(merge([item(3)]))
      .then(merged(5, 'i-1')));
  it('brings over what the customer had not', () =>
    given()
      .when(merge([item(3)]))
      .then(merged(3, 'g-p-1')));
  it('brings it over at the price of now', () => {
    const of = { ...item(3), unitPrice: { ...unitPrice, amount: 1 } };
    given()
      .when(merge([of]))
      .then(merged(3, 'g-p-1'));
  });
  it('is capped to what is in stock', () =>
    given(added(2))
      .when(merge([item(9)]))
      .then(merged(10, 'i-1')));
  it('leaves behind what cannot be bought', () => {
    given()
      .when(merge([item(3, 'p-2')]))
      .then();
    given()
      .when(merge([item(3)], 0))
      .then();
  });
  it('is of a cart that is there, for a customer who is', () => {
    given().when(merge(undefined)).refuses('GUEST_CART_NOT_FOUND');
    given()
      .when({ ...merge([item(1)]), isCustomerKnown: false })
      .refuses('CUSTOMER_NOT_FOUND');
  });
  it('empties the cart of the guest', () =>
    given(added(2)).when({ type: 'HandOver', at: NOW }).then({ type: 'CartHandedOver', at: time }));
});

describe('clearing and expiry', () => {
  const clear = { type: 'Clear', reason: 'CLEARED_BY_CUSTOMER', at: NOW } as const;
  const cleared: CartEvent = {
    type: 'CartCleared',
    data: { cartId: 'k-1', customerId: 'c-1', reason: 'CLEARED_BY_CUSTOMER', clearedAt: time },
  };
  it('empties the cart, once', () => {
    given(added(2)).when(clear).then(cleared);
    given(added(2), cleared).when(clear).then();
  });
  it('is of a cart that is there', () => given().when(clear).refuses('CART_NOT_FOUND'));
  it('comes by itself after thirty days without a touch', () => {
    const expire = (after: number) => ({ type: 'Expire', at: NOW + after }) as const;
    given(added(2))
      .when(expire(IDLE_LIMIT - 1))
      .then();
    const expiredAt = new Date(NOW + IDLE_LIMIT).toISOString();
    const data = { cartId: 'k-1', customerId: 'c-1', lastActivityDate: time, expiredAt };
    given(added(2)).when(expire(IDLE_LIMIT)).then({ type: 'CartExpired', data });
    given(added(2), cleared).when(expire(IDLE_LIMIT)).then();
  });
});

describe('whatever is asked', () => {
  const STOCK = 7;
  const commands: fc.Arbitrary<readonly CartCommand[]> = fc.array(
    fc
      .record({
        kind: fc.constantFrom('add', 'update', 'remove', 'restore', 'merge', 'clear', 'expire', 'delete'),
        product: fc.nat(2),
        id: fc.nat(5),
        quantity: fc.integer({ min: 0, max: 12 }),
        day: fc.nat(60),
      })
      .map(({ kind, product, id, quantity, day }): CartCommand => {
        const productId = `p-${product}`;
        const at = NOW + day * 86_400_000;
        const cartItemId = `i-${id}`;
        const own = offer(STOCK, { productId });
        switch (kind) {
          case 'add':
            return add(Math.max(1, quantity), { offer: own, cartItemId: `i-${product}${id}`, at });
          case 'update':
            return {
              type: 'UpdateQuantity',
              cartItemId: `i-${product}${id}`,
              quantity,
              available: STOCK,
              at,
            };
          case 'remove':
            return { type: 'RemoveItem', cartItemId: `i-${product}${id}`, at };
          case 'restore':
            return { type: 'RestoreItem', cartItemId: `i-${product}${id}`, offer: own, at };
          case 'merge':
            return {
              type: 'MergeGuestCart',
              cartId: 'k-1',
              guestCartId: 'g-1',
              customerId: 'c-1',
              isCustomerKnown: true,
              guestItems: [
                { cartItemId: `g-${cartItemId}`, productId, quantity: Math.max(1, quantity), unitPrice },
              ],
              offers: new Map([[productId, own]]),
              at,
            };
          case 'clear':
            return { type: 'Clear', reason: 'CLEARED_BY_CUSTOMER', at };
          case 'expire':
            return { type: 'Expire', at };
          default:
            return { type: 'TakeOutProduct', productId, at };
        }
      }),
    { maxLength: 50 },
  );

  it('a cart holds at least one of each item, no item twice, and never more of a product than there are', () => {
    fc.assert(
      fc.property(commands, (asked) => {
        const history: CartEvent[] = [];
        for (const command of asked) {
          const decision = cart.decide(command, fold(cart, history));
          if (!isRefusal(decision)) history.push(...decision);
          const { items } = fold(cart, history);
          expect(items.every(({ quantity }) => quantity >= 1)).toBe(true);
          const kinds = items.map(({ productId, variantId }) => `${productId} ${variantId}`);
          expect(new Set(kinds).size).toBe(kinds.length);
          for (const { productId } of items) expect(quantityOf(items, productId)).toBeLessThanOrEqual(STOCK);
          if (history.at(-1)?.type === 'CartCleared') expect(items).toEqual([]);
        }
      }),
    );
  });
});
