/** For the tests of the checkout: the whole domain on one bus, with a clock that only the test moves, and people in it. */
import type { CoinType } from '@chirograph/generated/checkout/types';
import type { Observation } from '@chirograph/runtime';
import { type TestBus, testBus } from '@chirograph/runtime/testing';
import { onTestFinished } from 'vitest';
import { type FakeBizone, fakeBizone } from './fake-bizone.ts';
import { furnish, request } from './market.ts';
import type { Messenger, Notification } from './notification-service/messenger.ts';
import type { CheckoutRequest } from './order-service/order.ts';
import { orderIdOf, type Placed } from './order-service/order-service.ts';
import { type Checkout, wire } from './wire.ts';

export interface CheckoutTest extends Checkout {
  readonly bus: TestBus;
  readonly bizone: Checkout['bizone'];
  readonly partner: FakeBizone;
  readonly observed: Observation[];
  readonly told: readonly Notification[];
  /** What the services say they did. */
  readonly said: readonly string[];
  /** Of the wallet: whether the order service can reach it, and whether its answer comes back, or an error, or nothing. */
  wallet: 'answers' | 'silent' | 'answer-lost' | 'unheard';
  /** Of the messenger: on which channels users can be reached. */
  reached: Awaited<ReturnType<Messenger>>;
  /** Places an order, and lets all follow that follows. */
  place(over?: Partial<CheckoutRequest>): Promise<Placed>;
  balances(user_id?: string): Promise<Readonly<Record<CoinType, number>>>;
  /** Lets time pass in steps shorter than a handler may take, and all that follows. */
  pass(milliseconds: number): Promise<void>;
  /** All messages of a name, oldest first. */
  published(name: string): readonly Sent[];
  /** The names of all messages so far. */
  names(): readonly string[];
}

export interface Sent {
  readonly timestamp: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
}

export const ORDER = orderIdOf(request.idempotency_key);

const DAY = 86_400_000;

/** `stop` is called by itself in a test; elsewhere, in a property say, by the code that began it. */
export async function beginCheckout(): Promise<CheckoutTest> {
  const bus = testBus();
  const partner = fakeBizone();
  const observed: Observation[] = [];
  const told: Notification[] = [];
  const said: string[] = [];
  const control: Pick<CheckoutTest, 'wallet' | 'reached'> = {
    wallet: 'answers',
    reached: { sms: 'sms_1', push: 'push_1', email: 'email_1' },
  };
  const checkout = wire({
    store: bus.store,
    broker: bus,
    partner,
    clock: bus.clock,
    observe(it) {
      observed.push(it);
      bus.observe(it);
    },
    log: ({ did }) => said.push(did),
    messenger: async (notification) => {
      told.push(notification);
      return control.reached;
    },
    reachWallet: (wallet) => ({
      async debit(asked, context) {
        if (control.wallet === 'silent') throw new Error('the connection is lost');
        const answer = await wallet.debit(asked, context);
        if (control.wallet === 'unheard') return new Promise(() => undefined);
        if (control.wallet === 'answer-lost') throw new Error('the connection is lost');
        return answer;
      },
    }),
    // Looks at the store that come so rarely let the clock leap by a year without a million of them.
    poll: 1_000 * DAY,
  });
  await furnish(checkout);
  await checkout.start();

  return Object.assign(control, checkout, {
    bus,
    partner,
    observed,
    told,
    said,
    async place(over: Partial<CheckoutRequest> = {}) {
      const placed = await checkout.orders.placeOrder({ ...request, ...over });
      await bus.settled();
      return placed;
    },
    balances: (user_id = 'user_789') => bus.store.read((tx) => checkout.wallets.balancesOf(tx, user_id)),
    async pass(milliseconds: number) {
      const until = bus.clock.now() + milliseconds;
      while (bus.clock.now() < until) {
        await bus.clock.advance(Math.min(50_000, until - bus.clock.now()));
        await bus.settled();
      }
    },
    published: (name: string) =>
      bus.published.flatMap((it) => (it.name === name ? [it.payload as Sent] : [])),
    names: () => bus.published.map(({ name = '' }) => name),
    async stop() {
      await checkout.stop();
      await bus.close();
    },
  });
}

export async function checkoutTest(): Promise<CheckoutTest> {
  const test = await beginCheckout();
  onTestFinished(() => test.stop());
  return test;
}
