/** A day in the shop, told by its services: `npm run demo -- shop`. Ends with 1 when anything does not come out as told. */
import { randomUUID } from 'node:crypto';
import { type TestBus, testBus } from '@chirograph/runtime/testing';
import { RESERVATION_TIME } from '../inventory/stock.ts';
import type { PaymentGateway } from '../payment/gateway.ts';
import type { Authorization } from '../payment/payment.ts';
import { type Shop, wire } from '../wire.ts';

const admin = { authtype: 'user', authid: randomUUID() } as const;

/** One chapter: what somebody does, and the messages that have to follow, in this order. */
interface Scene {
  readonly says: string;
  readonly play: () => Promise<unknown>;
  /** Names without `shop.`, beside which others may be sent. */
  readonly follows: readonly string[];
}

async function main(): Promise<void> {
  const bus = testBus();
  let answer: Authorization | 'silence' = {
    kind: 'approved',
    authorizationId: 'auth_1',
    paymentMethod: 'CARD',
  };
  let link = '';
  const gateway: PaymentGateway = {
    async authorize() {
      if (answer === 'silence') throw new Error('the gateway does not answer');
      return answer;
    },
    refund: async () => ({ kind: 'refunded', refundId: 're_1' }),
    initiatePayPal: async () => ({ kind: 'failed' }),
  };
  const said: string[] = [];
  const shop = wire({
    store: bus.store,
    broker: bus,
    clock: bus.clock,
    gateway,
    log: ({ service, did }) => said.push(`    │  ${service.padEnd(17)} ${did}`),
    async mailer(mail) {
      link = mail.link ?? link;
    },
    poll: 86_400_000_000,
  });
  await shop.start();

  async function scene({ says, play, follows }: Scene): Promise<void> {
    const from = bus.published.length;
    said.length = 0;
    process.stdout.write(`\n  ${says}\n`);
    await play();
    await bus.settled();
    const names = bus.published.slice(from).map(({ name = '' }) => name.replace(/^shop\./, ''));
    for (const name of names) process.stdout.write(`    ● ${name}\n`);
    process.stdout.write(`${said.join('\n')}\n`);
    let at = -1;
    for (const name of follows) {
      at = names.indexOf(name, at + 1);
      if (at < 0) throw new Error(`${name} should have followed; sent were ${names.join(', ')}`);
    }
  }

  try {
    await story(shop, bus, scene, {
      say: (next) => {
        answer = next;
      },
      link: () => link,
    });
    process.stdout.write('\n  All came out as told.\n');
  } finally {
    await shop.stop();
    await bus.close();
  }
}

interface Outside {
  /** What the gateway says from now on. */
  say(next: Authorization | 'silence'): void;
  /** The token of the last verification mail. */
  link(): string;
}

async function story(
  { app, dashboard }: Shop,
  bus: TestBus,
  scene: (it: Scene) => Promise<void>,
  { say, link }: Outside,
): Promise<void> {
  const last = (name: string, field: string): string => {
    const payload = bus.published.findLast((it) => it.name === name)?.payload as
      | { readonly data: Readonly<Record<string, unknown>> }
      | undefined;
    return String(payload?.data[field]);
  };
  const follow = (says: string, play: Scene['play'], ...follows: readonly string[]) =>
    scene({ says, play, follows });

  await follow(
    'An admin adds a category.',
    () => dashboard.createCategory({ ...admin, data: { name: 'Cups' } }),
    'category.created',
  );
  const product = {
    name: 'Blue cup',
    description: '',
    price: { amount: 2_495, currency: 'EUR' },
    categoryId: last('shop.category.created', 'categoryId'),
  };
  await follow(
    '... and a cup.',
    () => dashboard.createProduct({ ...admin, data: product }),
    'product.created',
  );
  const productId = last('shop.product.created', 'productId');
  await follow(
    'Somebody who is no admin puts it on sale: refused.',
    () => dashboard.activateProduct({ data: { productId } }),
    'catalog.command-refused',
  );
  await follow(
    'The admin does.',
    () => dashboard.activateProduct({ ...admin, data: { productId } }),
    'product.activated',
  );
  const count = { productId, quantity: 6, reason: 'Delivery' };
  await follow(
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
  await follow('Grace registers.', () => app.registerCustomer({ data: grace }), 'customer.registered');
  const customerId = last('shop.customer.registered', 'customerId');
  await follow(
    'She follows the link in the mail.',
    () => app.verifyCustomerEmail({ data: { verificationToken: link() } }),
    'customer.email-verified',
  );
  const home = {
    street: 'Hafenstraße 12',
    city: 'Hamburg',
    state: 'Hamburg',
    postalCode: '20457',
    country: 'DE',
  };
  await follow(
    'She says where she lives.',
    () => app.addShippingAddress({ data: { customerId, ...home, recipientName: 'Grace Hopper' } }),
    'customer.shipping-address-added',
  );
  const place = () =>
    app.placeOrder({
      data: {
        customerId,
        shippingAddressId: last('shop.customer.shipping-address-added', 'addressId'),
        paymentMethodId: randomUUID(),
      },
    });
  await follow('She orders with nothing in the cart: refused.', place, 'order.command-refused');
  const guestCartId = randomUUID();
  await follow(
    'On her phone, as a guest, she puts two cups into a cart.',
    () => app.addItemToGuestCart({ data: { guestCartId, productId, quantity: 2 } }),
    'cart.item-added',
  );
  await follow(
    'She logs in: the carts are one.',
    () => app.mergeGuestCart({ data: { guestCartId, customerId } }),
    'cart.merged',
  );

  say({ kind: 'card-declined' });
  await follow(
    'Her card is declined: the stock is free again, and she is told.',
    place,
    'inventory.reserved',
    'payment.command-refused',
    'inventory.released',
  );
  say('silence');
  await follow(
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
  say({ kind: 'approved', authorizationId: 'auth_2', paymentMethod: 'CARD' });
  await follow(
    'Another try: the order stands, and the stock is low.',
    place,
    'inventory.reserved',
    'payment.authorized',
    'order.placed',
    'cart.cleared',
  );
  const orderId = last('shop.order.placed', 'orderId');
  await follow(
    'She wants to be forgotten: not while an order is on its way.',
    () => app.requestGDPRErasure({ data: { customerId, confirmation: true } }),
    'customer.command-refused',
  );
  await follow(
    'The admin confirms the order.',
    () => dashboard.confirmOrder({ ...admin, data: { orderId } }),
    'order.confirmed',
  );
  await follow(
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
  await follow('Too late to cancel.', () => app.cancelOrder(cancel), 'order.command-refused');
  await follow(
    '... and it arrives.',
    () => dashboard.deliverOrder({ ...admin, data: { orderId } }),
    'order.delivered',
  );
  await follow(
    'Now she is forgotten: stored events hold nothing of her that can be read.',
    () => app.requestGDPRErasure({ data: { customerId, confirmation: true } }),
    'customer.data-erased',
  );
  await follow(
    "Her cart is nobody's any more.",
    () => app.addItemToCart({ data: { customerId, productId, quantity: 1 } }),
    'cart.command-refused',
  );
}

try {
  await main();
} catch (error) {
  process.stderr.write(`The story went wrong. ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
