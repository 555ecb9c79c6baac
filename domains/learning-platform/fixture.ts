/** For the tests of the learning platform: the whole domain on one bus, with a clock that only the test moves, and people in it. */
import { randomUUID } from 'node:crypto';
import type { Money } from '@chirograph/generated/learning-platform/types';
import type { Observation, Transaction } from '@chirograph/runtime';
import { type TestBus, testBus } from '@chirograph/runtime/testing';
import { onTestFinished } from 'vitest';
import type { Mailer } from './notifications/handlers.ts';
import type { PaymentProvider } from './payment/payment-provider.ts';
import type { Terms } from './refund-policy/refund-policy.ts';
import { type LearningPlatform, wire } from './wire.ts';

export const DAY = 86_400_000;
export const euros = (amount: number): Money => ({ amount, currency: 'EUR' });
export const fullRefund: Terms = { type: 'full_refund', refund_period_days: 30 };

/** A provider that says what the test has it say, and keeps books. */
export interface ProviderDouble extends PaymentProvider {
  answer: 'collected' | 'declined' | 'silence';
  /** What is collected and not given back, by order, in the minor unit. */
  readonly books: ReadonlyMap<string, number>;
}

export function providerDouble(): ProviderDouble {
  const books = new Map<string, number>();
  const returned = new Set<string>();
  const payments = new Map<string, string>();
  return {
    answer: 'collected',
    books,
    async collect({ orderId, amount }) {
      if (this.answer === 'silence') throw new Error('the provider does not answer');
      if (this.answer === 'declined') return undefined;
      const paymentId = payments.get(orderId) ?? randomUUID();
      payments.set(orderId, paymentId);
      books.set(orderId, amount.amount);
      return paymentId;
    },
    async giveBack({ id, amount }) {
      if (!returned.has(id)) books.set(id, (books.get(id) ?? 0) - amount.amount);
      returned.add(id);
    },
  };
}

export interface LearningTest extends LearningPlatform {
  readonly bus: TestBus;
  readonly provider: ProviderDouble;
  readonly observed: Observation[];
  readonly mails: readonly Parameters<Mailer>[0][];
  /** A user. Answers their id. */
  user(): Promise<string>;
  policy(terms?: Terms): Promise<string>;
  /** A course for sale. Answers its id. */
  course(of?: { readonly policyId?: string; readonly title?: string }): Promise<string>;
  /** Orders, and lets all follow that follows. Answers the id of the order. */
  buy(userId: string, ...courseIds: readonly string[]): Promise<string>;
  /** Lets time pass, and all that follows. */
  pass(milliseconds: number): Promise<void>;
  /** What was published, by name, oldest first. */
  published(name: string): readonly Readonly<Record<string, unknown>>[];
  read<T>(from: (tx: Transaction) => Promise<T>): Promise<T>;
}

/** `stop` is called by itself in a test; in a property by the property. */
export async function beginLearning(): Promise<LearningTest> {
  const bus = testBus();
  const provider = providerDouble();
  const observed: Observation[] = [];
  const mails: Parameters<Mailer>[0][] = [];
  const platform = wire({
    store: bus.store,
    broker: bus,
    provider,
    mailer: async (mail) => void mails.push(mail),
    clock: bus.clock,
    observe(it) {
      observed.push(it);
      bus.observe(it);
    },
    // Looks at the store that come so rarely let the clock leap by months without a million of them.
    poll: 10_000 * DAY,
  });
  await platform.start();
  const { users, policies, courses, orders } = platform;

  const user = async () => {
    const userId = randomUUID();
    await users.register({ userId, email: `${userId}@example.org`, name: 'Ada Lovelace' });
    await bus.settled();
    return userId;
  };
  const policy = async (terms = fullRefund) => {
    const policyId = randomUUID();
    await policies.create({ policyId, name: 'Terms', terms });
    await bus.settled();
    return policyId;
  };
  return {
    ...platform,
    bus,
    provider,
    observed,
    mails,
    user,
    policy,
    async course({ policyId, title = 'Analytical Engines' } = {}) {
      const courseId = randomUUID();
      const instructorId = await user();
      await courses.create({ courseId, title, instructorId, policyId: policyId ?? (await policy()) });
      await courses.update({ courseId, title, description: 'From cards to cogs', price: euros(4_900) });
      await bus.settled();
      return courseId;
    },
    async buy(userId, ...courseIds) {
      const orderId = randomUUID();
      await orders.place({ orderId, userId, courseIds });
      await bus.settled();
      return orderId;
    },
    async pass(milliseconds) {
      await bus.settled();
      await bus.clock.advance(milliseconds);
      await bus.settled();
    },
    published: (name) => bus.published.flatMap((it) => (it.name === name ? [payloadOf(it.payload)] : [])),
    read: (from) => bus.store.read(from),
    async stop() {
      await platform.stop();
      await bus.close();
    },
  };
}

export async function learningTest(): Promise<LearningTest> {
  const test = await beginLearning();
  onTestFinished(() => test.stop());
  return test;
}

function payloadOf(message: unknown): Readonly<Record<string, unknown>> {
  if (typeof message !== 'object' || message === null || !('payload' in message)) return {};
  return { ...Object(message.payload) };
}
