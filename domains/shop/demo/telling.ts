/** A day in the shop, told by its services: `npm run demo -- shop`. */
import { randomUUID } from 'node:crypto';
import type { Story, Telling } from '../../shared/demo/tell-story.ts';
import { RESERVATION_TIME } from '../inventory/stock.ts';
import type { PaymentGateway } from '../payment/gateway.ts';
import type { Authorization } from '../payment/payment.ts';
import { type Shop, wire } from '../wire.ts';

const admin = { authtype: 'user', authid: randomUUID() } as const;

let answer: Authorization | 'silence' = {
  kind: 'approved',
  authorizationId: 'auth_1',
  paymentMethod: 'CARD',
};
/** The token of the last verification mail. */
let link = '';

const gateway: PaymentGateway = {
  async authorize() {
    if (answer === 'silence') throw new Error('the gateway does not answer');
    return answer;
  },
  refund: async () => ({ kind: 'refunded', refundId: 're_1' }),
  initiatePayPal: async () => ({ kind: 'failed' }),
};

export const telling: Telling<Shop> = {
  prefix: 'shop.',
  begin: (bus, log) =>
    wire({
      store: bus.store,
      broker: bus,
      clock: bus.clock,
      gateway,
      log,
      async mailer(mail) {
        link = mail.link ?? link;
      },
      poll: 86_400_000_000,
    }),
  tell: story,
};

async function story({ app, dashboard }: Shop, { bus, scene, last }: Story): Promise<void> {
  await scene(
    'An admin adds a category.',
    () => dashboard.createCategory({ ...admin, data: { name: 'Cups' } }),
    'category.created',
  );
  const product = {
    name: 'Blue cup',
    description: '',
    price: { amount: 2_495, currency: 'EUR' },
    categoryId: last('category.created', 'categoryId'),
  };
  await scene(
    '... and a cup.',
    () => dashboard.createProduct({ ...admin, data: product }),
    'product.created',
  );
  const productId = last('product.created', 'productId');
  await scene(
    'Somebody who is no admin puts it on sale: refused.',
    () => dashboard.activateProduct({ data: { productId } }),
    'catalog.command-refused',
  );
  await scene(
    'The admin does.',
    () => dashboard.activateProduct({ ...admin, data: { productId } }),
    'product.activated',
  );
  const count = { productId, quantity: 6, reason: 'Delivery' };
  await scene(
    'Six cups arrive.',
    () => dashboard.setInventoryQuantity({ ...admin, data: count }),
    'inventory.quantity-set',
  );

  const grace = {
    email: 'grace@example.org',
    password: 'correct horse',
    firstName: 'Grace',
    lastName: 'Hopper',
  };
  await scene('Grace registers.', () => app.registerCustomer({ data: grace }), 'customer.registered');
  const customerId = last('customer.registered', 'customerId');
  await scene(
    'She follows the link in the mail.',
    () => app.verifyCustomerEmail({ data: { verificationToken: link } }),
    'customer.email-verified',
  );
  const home = {
    street: 'Hafenstraße 12',
    city: 'Hamburg',
    state: 'Hamburg',
    postalCode: '20457',
    country: 'DE',
  };
  await scene(
    'She says where she lives.',
    () => app.addShippingAddress({ data: { customerId, ...home, recipientName: 'Grace Hopper' } }),
    'customer.shipping-address-added',
  );
  const place = () =>
    app.placeOrder({
      data: {
        customerId,
        shippingAddressId: last('customer.shipping-address-added', 'addressId'),
        paymentMethodId: randomUUID(),
      },
    });
  await scene('She orders with nothing in the cart: refused.', place, 'order.command-refused');
  const guestCartId = randomUUID();
  await scene(
    'On her phone, as a guest, she puts two cups into a cart.',
    () => app.addItemToGuestCart({ data: { guestCartId, productId, quantity: 2 } }),
    'cart.item-added',
  );
  await scene(
    'She logs in: the carts are one.',
    () => app.mergeGuestCart({ data: { guestCartId, customerId } }),
    'cart.merged',
  );

  answer = { kind: 'card-declined' };
  await scene(
    'Her card is declined: the stock is free again, and she is told.',
    place,
    'inventory.reserved',
    'payment.command-refused',
    'inventory.released',
  );
  answer = 'silence';
  await scene(
    'The gateway is silent for a quarter of an hour: the reservation runs out.',
    async () => {
      await place();
      await bus.settled();
      await bus.clock.advance(RESERVATION_TIME);
    },
    'inventory.reserved',
    'inventory.released',
    'order.command-refused',
  );
  answer = { kind: 'approved', authorizationId: 'auth_2', paymentMethod: 'CARD' };
  await scene(
    'Another try: the order stands, and the stock is low.',
    place,
    'inventory.reserved',
    'payment.authorized',
    'order.placed',
    'cart.cleared',
  );
  const orderId = last('order.placed', 'orderId');
  await scene(
    'She wants to be forgotten: not while an order is on its way.',
    () => app.requestGDPRErasure({ data: { customerId, confirmation: true } }),
    'customer.command-refused',
  );
  await scene(
    'The admin confirms the order.',
    () => dashboard.confirmOrder({ ...admin, data: { orderId } }),
    'order.confirmed',
  );
  await scene(
    '... ships it.',
    () => dashboard.shipOrder({ ...admin, data: { orderId, trackingNumber: 'T-1', carrier: 'DHL' } }),
    'order.shipped',
    'inventory.deducted',
  );
  const cancel = {
    authtype: 'app_user',
    authid: customerId,
    data: { orderId, reason: 'Changed my mind' },
  } as const;
  await scene('Too late to cancel.', () => app.cancelOrder(cancel), 'order.command-refused');
  await scene(
    '... and it arrives.',
    () => dashboard.deliverOrder({ ...admin, data: { orderId } }),
    'order.delivered',
  );
  await scene(
    'Now she is forgotten: stored events hold nothing of her that can be read.',
    () => app.requestGDPRErasure({ data: { customerId, confirmation: true } }),
    'customer.data-erased',
  );
  await scene(
    "Her cart is nobody's any more.",
    () => app.addItemToCart({ data: { customerId, productId, quantity: 1 } }),
    'cart.command-refused',
  );
}
