/** Each command over the broker, refused for each of its failures: the caller hears which it was. */
import { randomUUID } from 'node:crypto';
import { orderProducer } from '@chirograph/generated/shop/producers/order';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cartIdOf } from './cart/cart-service.ts';
import { LINK_LIFETIME } from './customer/customer.ts';
import { address, beginShop, byAdmin, type Person, type ShopTest } from './fixture.ts';

let test: ShopTest;
let person: Person;
/** On sale, with many in stock. */
let cup: string;
/** On sale, with none in stock. */
let gone: string;
/** Not on sale. */
let hidden: string;
/** On sale, in variants. */
let shirt: string;
let categoryId: string;
/** An order that stands, and one that is shipped. */
let placed: string;
let shipped: string;
/** What the customer has in the cart. */
let cartItemId: string;

const nothing = (): string => randomUUID();
const money = (amount: number) => ({ amount, currency: 'EUR' });

beforeAll(async () => {
  test = await beginShop();
  person = await test.customer();
  cup = await test.sell('Cup', 1_000, 500);
  gone = await test.sell('Jug', 1_000, 1);
  await test.dashboard.adjustInventory({
    ...byAdmin,
    data: { productId: gone, adjustment: -1, reason: 'Broken' },
  });
  hidden = await test.sell('Pan', 1_000, 9);
  await test.dashboard.deactivateProduct({ ...byAdmin, data: { productId: hidden } });
  shirt = await test.sell('Shirt', 1_000, 9, [nothing()]);
  placed = await test.order(person, cup);
  shipped = await test.order(person, cup);
  await test.dashboard.confirmOrder({ ...byAdmin, data: { orderId: shipped } });
  await test.bus.settled();
  await test.dashboard.shipOrder({
    ...byAdmin,
    data: { orderId: shipped, trackingNumber: 'T-1', carrier: 'DHL' },
  });
  await test.app.addItemToCart({ data: { customerId: person.customerId, productId: cup, quantity: 1 } });
  await test.bus.settled();
  categoryId = String(test.published('shop.category.created')[0]?.categoryId);
  const { items } = await test.bus.store.transaction((tx) => test.carts.find(tx, person.cartId));
  cartItemId = items[0]?.cartItemId ?? '';
});
afterAll(() => test.stop());

const add = (productId: string, customerId = person.customerId) =>
  test.app.addItemToCart({ data: { customerId, productId, quantity: 1 } });
const addAsGuest = (productId: string) =>
  test.app.addItemToGuestCart({ data: { guestCartId: nothing(), productId, quantity: 1 } });
const product = (changes = {}) => ({
  data: { name: 'New', description: '', price: money(1_000), categoryId, ...changes },
});
const update = (productId: string, name = 'New') => ({
  data: { productId, name, description: '', price: money(1_000) },
});
const ship = (orderId: string, carrier = 'DHL') => ({ data: { orderId, trackingNumber: 'T-1', carrier } });
const place = (changes = {}) => {
  const { customerId, addressId: shippingAddressId } = person;
  return test.app.placeOrder({
    data: { customerId, shippingAddressId, paymentMethodId: nothing(), ...changes },
  });
};
const shopper = () => ({ authtype: 'app_user', authid: person.customerId }) as const;
const order = () => orderProducer(test.bus, test.bus);
const category = (name: string, parentCategoryId?: string) =>
  test.dashboard.createCategory({
    ...byAdmin,
    data: { name, ...(parentCategoryId !== undefined && { parentCategoryId }) },
  });
const live = (changes = {}) =>
  test.app.addShippingAddress({ data: { customerId: person.customerId, ...address, ...changes } });
const authorize = (answer: 'card-declined' | 'unsupported-card-type' | 'gateway-error') => {
  test.gateway.answer = { kind: answer };
  const { customerId } = person;
  return order().authorizePayment({
    data: { paymentMethodId: nothing(), amount: money(1), orderId: nothing(), customerId },
  });
};

/** Takes the last item out, so that it could be put back. */
async function takenOut(productId: string): Promise<string> {
  await add(productId);
  await test.bus.settled();
  const { items } = await test.bus.store.transaction((tx) => test.carts.find(tx, person.cartId));
  const id = items.find((it) => it.productId === productId)?.cartItemId ?? '';
  await test.app.removeItemFromCart({ data: { cartId: person.cartId, cartItemId: id } });
  await test.bus.settled();
  return id;
}

/** The command, the failure in the contract's words, and how it comes about. */
const rows: readonly (readonly [command: string, failure: string, ask: () => Promise<unknown>])[] = [
  ['cart.add-item', 'Out of stock', () => add(gone)],
  ['cart.add-item', 'Variant required but missing', () => add(shirt)],
  ['cart.add-item', 'Product inactive', () => add(hidden)],
  ['cart.add-item', 'Customer not found', () => add(cup, nothing())],
  ['cart.add-item-to-guest-cart', 'Out of stock', () => addAsGuest(gone)],
  ['cart.add-item-to-guest-cart', 'Variant required but missing', () => addAsGuest(shirt)],
  ['cart.add-item-to-guest-cart', 'Product inactive', () => addAsGuest(hidden)],
  [
    'cart.update-item-quantity',
    'Item not in cart',
    () =>
      test.app.updateCartItemQuantity({
        data: { cartId: person.cartId, cartItemId: nothing(), quantity: 2 },
      }),
  ],
  [
    'cart.update-item-quantity',
    'Quantity exceeds stock',
    () => test.app.updateCartItemQuantity({ data: { cartId: person.cartId, cartItemId, quantity: 999 } }),
  ],
  [
    'cart.remove-item',
    'Item not in cart',
    () => test.app.removeItemFromCart({ data: { cartId: person.cartId, cartItemId: nothing() } }),
  ],
  [
    'cart.restore-item',
    'Nothing to restore',
    () => test.app.restoreCartItem({ data: { cartId: person.cartId, cartItemId: nothing() } }),
  ],
  [
    'cart.restore-item',
    'Out of stock',
    async () => {
      const productId = await test.sell('Last', 1_000, 1);
      const id = await takenOut(productId);
      await test.dashboard.adjustInventory({
        ...byAdmin,
        data: { productId, adjustment: -1, reason: 'Broken' },
      });
      await test.bus.settled();
      await test.app.restoreCartItem({ data: { cartId: person.cartId, cartItemId: id } });
    },
  ],
  [
    'cart.restore-item',
    'Product inactive',
    async () => {
      const productId = await test.sell('Old', 1_000, 5);
      const id = await takenOut(productId);
      await test.dashboard.deactivateProduct({ ...byAdmin, data: { productId } });
      await test.bus.settled();
      await test.app.restoreCartItem({ data: { cartId: person.cartId, cartItemId: id } });
    },
  ],
  [
    'cart.merge-guest',
    'Guest cart not found',
    () => test.app.mergeGuestCart({ data: { guestCartId: nothing(), customerId: person.customerId } }),
  ],
  [
    'cart.merge-guest',
    'Customer not found',
    async () => {
      const guestCartId = nothing();
      await test.app.addItemToGuestCart({ data: { guestCartId, productId: cup, quantity: 1 } });
      await test.bus.settled();
      await test.app.mergeGuestCart({ data: { guestCartId, customerId: nothing() } });
    },
  ],
  [
    'cart.clear',
    'Cart not found',
    () => test.app.clearCart({ data: { cartId: nothing(), reason: 'CLEARED_BY_CUSTOMER' } }),
  ],

  ['category.create', 'Not an admin', () => test.dashboard.createCategory({ data: { name: 'A' } })],
  ['category.create', 'Name not unique', () => category('All of Cup')],
  ['category.create', 'Parent not found', () => category('B', nothing())],
  [
    'category.create',
    'Exceeds max nesting',
    async () => {
      let parent = categoryId;
      for (const name of ['Second', 'Third']) {
        await category(name, parent);
        await test.bus.settled();
        parent = String(test.published('shop.category.created').at(-1)?.categoryId);
      }
      await category('Fourth', parent);
    },
  ],
  ['product.create', 'Not an admin', () => test.dashboard.createProduct(product())],
  [
    'product.create',
    'Invalid name',
    () => test.dashboard.createProduct({ ...byAdmin, ...product({ name: ' ' }) }),
  ],
  [
    'product.create',
    'Category not found',
    () => test.dashboard.createProduct({ ...byAdmin, ...product({ categoryId: nothing() }) }),
  ],
  ['product.update', 'Not an admin', () => test.dashboard.updateProduct(update(cup))],
  [
    'product.update',
    'Product not found',
    () => test.dashboard.updateProduct({ ...byAdmin, ...update(nothing()) }),
  ],
  ['product.update', 'Invalid data', () => test.dashboard.updateProduct({ ...byAdmin, ...update(cup, ' ') })],
  ['product.activate', 'Not an admin', () => test.dashboard.activateProduct({ data: { productId: hidden } })],
  [
    'product.activate',
    'Product not found',
    () => test.dashboard.activateProduct({ ...byAdmin, data: { productId: nothing() } }),
  ],
  [
    'product.activate',
    'Product already active',
    () => test.dashboard.activateProduct({ ...byAdmin, data: { productId: cup } }),
  ],
  [
    'product.deactivate',
    'Not an admin',
    () => test.dashboard.deactivateProduct({ data: { productId: cup } }),
  ],
  [
    'product.deactivate',
    'Product not found',
    () => test.dashboard.deactivateProduct({ ...byAdmin, data: { productId: nothing() } }),
  ],
  [
    'product.deactivate',
    'Product not active',
    () => test.dashboard.deactivateProduct({ ...byAdmin, data: { productId: hidden } }),
  ],
  ['product.delete', 'Not an admin', () => test.dashboard.deleteProduct({ data: { productId: cup } })],
  [
    'product.delete',
    'Product not found',
    () => test.dashboard.deleteProduct({ ...byAdmin, data: { productId: nothing() } }),
  ],

  [
    'customer.verify-email',
    'Invalid token',
    () => test.app.verifyCustomerEmail({ data: { verificationToken: `${person.customerId}.none` } }),
  ],
  [
    'customer.verify-email',
    'Token expired',
    async () => {
      const data = { email: 'late@example.org', password: 'correct horse', firstName: 'L', lastName: 'A' };
      await test.app.registerCustomer({ data });
      await test.bus.settled();
      const verificationToken = test.mails.findLast(({ link }) => link !== undefined)?.link ?? '';
      await test.pass(LINK_LIFETIME + 1);
      await test.app.verifyCustomerEmail({ data: { verificationToken } });
    },
  ],
  ['customer.add-shipping-address', 'Customer not found', () => live({ customerId: nothing() })],
  ['customer.add-shipping-address', 'Missing field', () => live({ street: ' ' })],
  ['customer.add-shipping-address', 'Country not supported', () => live({ country: 'XX' })],
  ['customer.add-shipping-address', 'Invalid postal code', () => live({ postalCode: 'ABC' })],
  [
    'customer.request-gdpr-erasure',
    'Customer not found',
    () => test.app.requestGDPRErasure({ data: { customerId: nothing(), confirmation: true } }),
  ],

  [
    'inventory.set-quantity',
    'Not an admin',
    () => test.dashboard.setInventoryQuantity({ data: { productId: cup, quantity: 1, reason: 'R' } }),
  ],
  [
    'inventory.set-quantity',
    'Product not found',
    () =>
      test.dashboard.setInventoryQuantity({
        ...byAdmin,
        data: { productId: nothing(), quantity: 1, reason: 'R' },
      }),
  ],
  [
    'inventory.set-quantity',
    'Negative quantity',
    () =>
      test.dashboard.setInventoryQuantity({ ...byAdmin, data: { productId: cup, quantity: 0, reason: 'R' } }),
  ],
  [
    'inventory.adjust',
    'Not an admin',
    () => test.dashboard.adjustInventory({ data: { productId: cup, adjustment: 1, reason: 'R' } }),
  ],
  [
    'inventory.adjust',
    'Product not found',
    () =>
      test.dashboard.adjustInventory({
        ...byAdmin,
        data: { productId: nothing(), adjustment: 1, reason: 'R' },
      }),
  ],
  [
    'inventory.adjust',
    'Would result in negative stock',
    () =>
      test.dashboard.adjustInventory({ ...byAdmin, data: { productId: cup, adjustment: -999, reason: 'R' } }),
  ],
  [
    'inventory.reserve',
    'Product not found',
    () => order().reserveInventory({ data: { productId: nothing(), quantity: 1, orderId: nothing() } }),
  ],
  [
    'inventory.release',
    'Quantity exceeds reserved',
    () =>
      order().releaseInventory({
        data: { productId: cup, quantity: 1, orderId: nothing(), reason: 'OUT_OF_STOCK' },
      }),
  ],

  ['order.place', 'Customer not found', () => place({ customerId: nothing() })],
  ['order.place', 'Shipping address not found', () => place({ shippingAddressId: nothing() })],
  [
    'order.place',
    'Email not verified',
    async () => {
      const data = { email: 'new@example.org', password: 'correct horse', firstName: 'N', lastName: 'E' };
      await test.app.registerCustomer({ data });
      await test.bus.settled();
      await place({ customerId: String(test.published('shop.customer.registered').at(-1)?.customerId) });
    },
  ],
  [
    'order.place',
    'Cart empty',
    async () => {
      const other = await test.customer();
      await place({ customerId: other.customerId, shippingAddressId: other.addressId });
    },
  ],
  ['order.confirm', 'Not an admin', () => test.dashboard.confirmOrder({ data: { orderId: placed } })],
  [
    'order.confirm',
    'Order not found',
    () => test.dashboard.confirmOrder({ ...byAdmin, data: { orderId: nothing() } }),
  ],
  [
    'order.confirm',
    'Invalid status transition',
    () => test.dashboard.confirmOrder({ ...byAdmin, data: { orderId: shipped } }),
  ],
  ['order.ship', 'Not an admin', () => test.dashboard.shipOrder(ship(placed))],
  ['order.ship', 'Order not found', () => test.dashboard.shipOrder({ ...byAdmin, ...ship(nothing()) })],
  [
    'order.ship',
    'Invalid status transition',
    () => test.dashboard.shipOrder({ ...byAdmin, ...ship(placed) }),
  ],
  ['order.deliver', 'Not an admin', () => test.dashboard.deliverOrder({ data: { orderId: shipped } })],
  [
    'order.deliver',
    'Order not found',
    () => test.dashboard.deliverOrder({ ...byAdmin, data: { orderId: nothing() } }),
  ],
  [
    'order.deliver',
    'Invalid status transition',
    () => test.dashboard.deliverOrder({ ...byAdmin, data: { orderId: placed } }),
  ],
  [
    'order.cancel',
    'Already shipped',
    () => test.app.cancelOrder({ ...shopper(), data: { orderId: shipped, reason: 'R' } }),
  ],
  [
    'order.cancel',
    'Invalid status transition',
    async () => {
      const orderId = await test.order(person, cup);
      await test.app.cancelOrder({ ...shopper(), data: { orderId, reason: 'R' } });
      await test.bus.settled();
      await test.app.cancelOrder({ ...shopper(), data: { orderId, reason: 'R' } });
    },
  ],
  [
    'order.ship',
    'Missing tracking',
    async () => {
      await test.dashboard.confirmOrder({ ...byAdmin, data: { orderId: placed } });
      await test.bus.settled();
      await test.dashboard.shipOrder({ ...byAdmin, ...ship(placed, ' ') });
    },
  ],

  ['payment.authorize', 'Card declined', () => authorize('card-declined')],
  ['payment.authorize', 'Unsupported card type', () => authorize('unsupported-card-type')],
  ['payment.authorize', 'Gateway error', () => authorize('gateway-error')],
  [
    'payment.refund',
    'Original payment not found',
    () => order().refundPayment({ data: { orderId: nothing(), amount: money(1) } }),
  ],
  [
    'payment.initiate-paypal',
    'PayPal service error',
    () => {
      test.gateway.isPayPalUp = false;
      const back = { returnUrl: 'https://shop.example/return', cancelUrl: 'https://shop.example/cancel' };
      return test.app.initiatePayPal({ data: { amount: money(1), ...back } });
    },
  ],
];

it.each(rows)('%s: %s', async (command, failure, ask) => {
  const from = test.bus.published.length;
  await ask();
  await test.bus.settled();
  const refusals = test.bus.published.slice(from).flatMap(({ name, payload }) => {
    const { data } = payload as { readonly data: { readonly command?: string; readonly failure?: string } };
    return name?.endsWith('.command-refused') ? [`${data.command} ${data.failure}`] : [];
  });
  const code = failure.replace(/[^A-Za-z0-9]+/g, '_').toUpperCase();
  expect(refusals).toEqual([`shop.${command} ${code}`]);
});

it('changes the quantity of what is in the cart', async () => {
  await test.app.updateCartItemQuantity({
    data: { cartId: cartIdOf(person.customerId), cartItemId: await inCart(), quantity: 3 },
  });
  await test.bus.settled();
  expect(test.published('shop.cart.item-quantity-updated').at(-1)).toMatchObject({ newQuantity: 3 });
});

async function inCart(): Promise<string> {
  await add(cup);
  await test.bus.settled();
  const { items } = await test.bus.store.transaction((tx) => test.carts.find(tx, person.cartId));
  return items[0]?.cartItemId ?? '';
}

it('refuses what no message could carry as well', async () => {
  const { customers, catalog } = test;
  const data = { email: 'grace@example.org', password: 'correct horse', firstName: 'G', lastName: 'H' };
  const noEmail = await customers.registerCustomer({ ...data, email: 'grace' });
  const noPassword = await customers.registerCustomer({ ...data, password: 'short' });
  const free = { ...product({ price: money(0) }).data, admin: byAdmin.authid };
  const noPrice = await catalog.createProduct(free);
  expect([noEmail, noPassword, noPrice]).toMatchObject([
    { code: 'INVALID_EMAIL' },
    { code: 'INVALID_PASSWORD_FORMAT' },
    { code: 'INVALID_PRICE' },
  ]);
  test.bus.answered('shop.customer.register', noEmail);
  test.bus.answered('shop.customer.register', noPassword);
  test.bus.answered('shop.product.create', noPrice);
});
