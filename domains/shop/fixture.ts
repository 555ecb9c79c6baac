/** For the tests of the shop: the whole domain on one bus, with a clock that only the test moves, and people in it. */
import { randomUUID } from 'node:crypto';
import type { Money } from '@chirograph/generated/shop/types';
import type { LogEntry, Observation } from '@chirograph/runtime';
import { type TestBus, testBus } from '@chirograph/runtime/testing';
import { onTestFinished } from 'vitest';
import { cartIdOf } from './cart/cart-service.ts';
import type { Mail } from './email/mail.ts';
import type { PaymentGateway } from './payment/gateway.ts';
import type { Authorization, RefundAnswer } from './payment/payment.ts';
import { type Shop, wire } from './wire.ts';

export const ADMIN = '6b0d549b-6f03-475a-9600-a35a099950d8';
export const byAdmin = { authtype: 'user', authid: ADMIN } as const;

/** A gateway that says what the test has it say; approvals of PayPal are by payment method. */
export interface GatewayDouble extends PaymentGateway {
  answer: Authorization | 'silence';
  refundAnswer: RefundAnswer;
  isPayPalUp: boolean;
}

export function gatewayDouble(): GatewayDouble {
  const approvals = new Map<string, Money>();
  return {
    answer: { kind: 'approved', authorizationId: 'auth_1', paymentMethod: 'CARD' },
    refundAnswer: { kind: 'refunded', refundId: 're_1' },
    isPayPalUp: true,
    async authorize({ paymentMethodId, amount }) {
      const approved = approvals.get(paymentMethodId);
      if (this.answer === 'silence') throw new Error('the gateway does not answer');
      if (!approved) return this.answer;
      if (approved.amount !== amount.amount) return { kind: 'gateway-error' };
      return { kind: 'approved', authorizationId: 'auth_pp', paymentMethod: 'PAYPAL' };
    },
    async refund() {
      return this.refundAnswer;
    },
    async initiatePayPal({ amount }) {
      if (!this.isPayPalUp) return { kind: 'failed' };
      const paymentMethodId = randomUUID();
      approvals.set(paymentMethodId, amount);
      return { kind: 'initiated', paymentMethodId, approvalUrl: 'https://paypal.example/approve/1' };
    },
  };
}

export interface ShopTest extends Shop {
  readonly bus: TestBus;
  readonly gateway: GatewayDouble;
  readonly observed: Observation[];
  readonly logged: readonly LogEntry[];
  readonly mails: readonly Mail[];
  /** A product on sale, with so many in stock. Answers its id. */
  sell(name: string, price: number, quantity: number, variantIds?: readonly string[]): Promise<string>;
  /** A customer who can order, and the address that orders go to. */
  customer(email?: string): Promise<Person>;
  /** Puts products into the cart and orders what is in it. Answers the order's id when it stands. */
  order(person: Person, ...productIds: readonly string[]): Promise<string>;
  /** Lets time pass, and all that follows. */
  pass(milliseconds: number): Promise<void>;
  /** The payloads' data of all messages of a name, oldest first. */
  published(name: string): readonly Record<string, unknown>[];
}

export interface Person {
  readonly customerId: string;
  readonly addressId: string;
  readonly cartId: string;
}

const DAY = 86_400_000;

/** Ended by the code that began it; in a test `shopTest` ends by itself. */
export async function beginShop(): Promise<ShopTest> {
  const bus = testBus();
  const gateway = gatewayDouble();
  const observed: Observation[] = [];
  const logged: LogEntry[] = [];
  const mails: Mail[] = [];
  const shop = wire({
    store: bus.store,
    broker: bus,
    gateway,
    clock: bus.clock,
    observe(it) {
      observed.push(it);
      bus.observe(it);
    },
    log: (it) => logged.push(it),
    mailer: async (mail) => void mails.push(mail),
    // Looks at the store that come so rarely let the clock leap by months without a million of them.
    poll: 1_000 * DAY,
  });
  await shop.start();

  const published = (name: string) =>
    bus.published.flatMap((it) => (it.name === name ? [dataOf(it.payload)] : []));
  const lastOf = (name: string): Record<string, unknown> => {
    const last = published(name).at(-1);
    if (!last) throw new Error(`no ${name} was published`);
    return last;
  };

  return {
    ...shop,
    bus,
    gateway,
    observed,
    logged,
    mails,
    published,
    async sell(name, amount, quantity, variantIds) {
      await shop.dashboard.createCategory({ ...byAdmin, data: { name: `All of ${name}` } });
      await bus.settled();
      const categoryId = String(lastOf('shop.category.created').categoryId);
      const price = { amount, currency: 'EUR' };
      const data = { name, description: '', price, categoryId, ...(variantIds && { variantIds }) };
      await shop.dashboard.createProduct({ ...byAdmin, data });
      await bus.settled();
      const productId = String(lastOf('shop.product.created').productId);
      await shop.dashboard.activateProduct({ ...byAdmin, data: { productId } });
      await shop.dashboard.setInventoryQuantity({
        ...byAdmin,
        data: { productId, quantity, reason: 'Count' },
      });
      await bus.settled();
      return productId;
    },
    async customer(email = `${randomUUID()}@example.org`) {
      await shop.app.registerCustomer({
        data: { email, password: 'correct horse', firstName: 'Grace', lastName: 'Hopper' },
      });
      await bus.settled();
      const customerId = String(lastOf('shop.customer.registered').customerId);
      const verificationToken = mails.findLast(({ link }) => link !== undefined)?.link ?? '';
      await shop.app.verifyCustomerEmail({ data: { verificationToken } });
      await bus.settled();
      await shop.app.addShippingAddress({ data: { customerId, ...address } });
      await bus.settled();
      const addressId = String(lastOf('shop.customer.shipping-address-added').addressId);
      return { customerId, addressId, cartId: cartIdOf(customerId) };
    },
    async order({ customerId, addressId: shippingAddressId }, ...productIds) {
      for (const productId of productIds) {
        await shop.app.addItemToCart({ data: { customerId, productId, quantity: 1 } });
      }
      await bus.settled();
      const data = { customerId, shippingAddressId, paymentMethodId: randomUUID() };
      await shop.app.placeOrder({ data });
      await bus.settled();
      return String(lastOf('shop.order.placed').orderId);
    },
    async pass(milliseconds) {
      await bus.settled();
      await bus.clock.advance(milliseconds);
      await bus.settled();
    },
    async stop() {
      await shop.stop();
      await bus.close();
    },
  };
}

export async function shopTest(): Promise<ShopTest> {
  const test = await beginShop();
  onTestFinished(() => test.stop());
  return test;
}

export const address = {
  street: 'Hafenstraße 12',
  city: 'Hamburg',
  state: 'Hamburg',
  postalCode: '20457',
  country: 'DE',
  recipientName: 'Grace Hopper',
};

function dataOf(payload: unknown): Record<string, unknown> {
  if (typeof payload !== 'object' || payload === null || !('data' in payload)) return {};
  return { ...(payload.data as Record<string, unknown>) };
}
