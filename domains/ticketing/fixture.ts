/** For the tests of the ticketing: the whole domain on one bus, with a clock that only the test moves, and people in it. */
import { randomUUID } from 'node:crypto';
import type { Money, Recipient, TicketLevels, TicketType } from '@chirograph/generated/ticketing/types';
import type { Observation } from '@chirograph/runtime';
import { type TestBus, testBus } from '@chirograph/runtime/testing';
import { onTestFinished } from 'vitest';
import type { PaymentProvider } from './payments/payment-provider.ts';
import type { Courier } from './ticket-delivery/courier.ts';
import { type Ticketing, wire } from './wire.ts';

/** A provider that says what the test has it say, and keeps books. */
export interface ProviderDouble extends PaymentProvider {
  /** Of `accept`: whether it knows tokens. */
  isTokenKnown: boolean;
  /** Of `collect`. */
  answer: 'collected' | 'declined' | 'silence';
  /** What is collected and not given back, by payment, in the minor unit. */
  readonly books: ReadonlyMap<string, number>;
}

export function providerDouble(): ProviderDouble {
  const books = new Map<string, number>();
  const refunds = new Set<string>();
  return {
    isTokenKnown: true,
    answer: 'collected',
    books,
    async accept() {
      return this.isTokenKnown;
    },
    async collect({ paymentId, amount }) {
      if (this.answer === 'silence') throw new Error('the provider does not answer');
      if (this.answer === 'declined') return undefined;
      books.set(paymentId, amount.amount);
      return `ch_${paymentId}`;
    },
    async giveBack({ id, paymentId, amount }) {
      if (!refunds.has(id)) books.set(paymentId, (books.get(paymentId) ?? 0) - amount.amount);
      refunds.add(id);
    },
  };
}

export interface TicketingTest extends Ticketing {
  readonly bus: TestBus;
  readonly provider: ProviderDouble;
  readonly observed: Observation[];
  readonly parcels: readonly Parameters<Courier>[0][];
  /** Who makes the programme. */
  readonly adminId: string;
  /** A concert on sale. Answers its id. */
  concert(ticketLevels?: TicketLevels): Promise<string>;
  /** A user who can buy. Answers their id. */
  user(): Promise<string>;
  /** A cart with tickets in it, nobody's yet. Answers its id. */
  cart(...tickets: readonly Wanted[]): Promise<string>;
  /** Confirms a cart, and lets all follow that follows. */
  buy(userId: string, ...tickets: readonly Wanted[]): Promise<string>;
  confirm(userId: string, cartId: string): Promise<void>;
  /** Lets time pass, and all that follows. */
  pass(milliseconds: number): Promise<void>;
  /** The data of all messages of a name without `ticketing.`, oldest first. */
  published(name: string): readonly Record<string, unknown>[];
}

export interface Wanted {
  readonly concertId: string;
  readonly level?: string;
  readonly ticketType?: TicketType;
  readonly quantity?: number;
}

const DAY = 86_400_000;
export const euros = (amount: number): Money => ({ amount, currency: 'EUR' });
export const LEVELS: TicketLevels = {
  REGULAR: { capacity: 100, price: euros(6_500) },
  GOLDEN_CIRCLE: { capacity: 10, price: euros(12_000) },
};
export const recipient: Recipient = {
  name: 'Grace Hopper',
  email: 'grace@example.org',
  address: { street: 'Hafenstraße 12', city: 'Hamburg', postalCode: '20457', country: 'DE' },
};

/** `stop` is called by itself in a test; elsewhere, in a property say, by the code that began it. */
export async function beginTicketing(): Promise<TicketingTest> {
  const bus = testBus();
  const provider = providerDouble();
  const observed: Observation[] = [];
  const parcels: Parameters<Courier>[0][] = [];
  const ticketing = wire({
    store: bus.store,
    broker: bus,
    provider,
    clock: bus.clock,
    observe(it) {
      observed.push(it);
      bus.observe(it);
    },
    courier: async (parcel) => void parcels.push(parcel),
    // Looks at the store that come so rarely let the clock leap by months without a million of them.
    poll: 1_000 * DAY,
  });
  await ticketing.start();
  const { website, admin } = ticketing;

  const register = async (): Promise<string> => {
    const userId = randomUUID();
    const data = { userId, email: `${userId}@example.org`, name: 'Grace Hopper' };
    await website.registerUser({ subject: userId, data });
    await bus.settled();
    return userId;
  };
  const confirm = async (userId: string, cartId: string): Promise<void> => {
    const data = { cartId, userId, recipient, paymentToken: 'tok_1' };
    await website.confirmCart({ subject: cartId, data });
  };
  const cart = async (tickets: readonly Wanted[]): Promise<string> => {
    const cartId = randomUUID();
    await website.createCart({ subject: cartId, data: { cartId } });
    await bus.settled();
    for (const { concertId, level = 'REGULAR', ticketType = 'ONLINE', quantity = 1 } of tickets) {
      const data = { cartId, concertId, level, ticketType, quantity };
      await website.addTicketToCart({ subject: cartId, data });
    }
    await bus.settled();
    return cartId;
  };
  const adminId = await register();
  await ticketing.users.appointAdmin(adminId);
  await bus.settled();

  return {
    ...ticketing,
    bus,
    provider,
    observed,
    parcels,
    adminId,
    async concert(ticketLevels = LEVELS) {
      const concertId = randomUUID();
      const startsAt = new Date(bus.clock.now() + 90 * DAY).toISOString();
      const data = { concertId, adminId, name: 'The Kinks', venue: 'Hollywood Bowl', startsAt, ticketLevels };
      await admin.createConcert({ subject: concertId, data });
      await bus.settled();
      return concertId;
    },
    user: register,
    cart: (...tickets) => cart(tickets),
    confirm,
    async buy(userId, ...tickets) {
      const cartId = await cart(tickets);
      await confirm(userId, cartId);
      await bus.settled();
      return cartId;
    },
    async pass(milliseconds) {
      await bus.settled();
      await bus.clock.advance(milliseconds);
      await bus.settled();
    },
    published: (name) =>
      bus.published.flatMap((it) => (it.name === `ticketing.${name}` ? [dataOf(it.payload)] : [])),
    async stop() {
      await ticketing.stop();
      await bus.close();
    },
  };
}

export async function ticketingTest(): Promise<TicketingTest> {
  const test = await beginTicketing();
  onTestFinished(() => test.stop());
  return test;
}

function dataOf(payload: unknown): Record<string, unknown> {
  if (typeof payload !== 'object' || payload === null || !('data' in payload)) return {};
  return { ...(payload.data as Record<string, unknown>) };
}
