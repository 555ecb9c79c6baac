/** Every service of a domain in a process of its own, on NATS and PostgreSQL: a flow of each domain is what its contract says. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Service } from '@chirograph/runtime';
import { recordCoverage } from '@chirograph/runtime/testing';
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { coverageOf } from '../cli/coverage/coverage.ts';
import { parseSession, type Session } from '../cli/coverage/facts.ts';
import { natsAvailability, startNats } from '../runtime/nats/nats-server.ts';
import { fakeBizone } from './checkout/fake-bizone.ts';
import { furnish, request } from './checkout/market.ts';
import * as checkout from './checkout/wire.ts';
import { euros, fullRefund } from './learning-platform/fixture.ts';
import * as learning from './learning-platform/wire.ts';
import * as loyalty from './loyalty/wire.ts';
import { workspaceOf } from './shared/flows/fixture.ts';
import { openBroker } from './shared/infrastructure/broker.ts';
import { openStore } from './shared/infrastructure/store.ts';
import type { WireOptions } from './shared/wiring/wiring.ts';
import { cartIdOf } from './shop/cart/cart-service.ts';
import { address, byAdmin, gatewayDouble } from './shop/fixture.ts';
import * as shop from './shop/wire.ts';
import { LEVELS, providerDouble, recipient } from './ticketing/fixture.ts';
import * as ticketing from './ticketing/wire.ts';

const main = new URL('service.ts', import.meta.url).pathname;
const POSTGRES = process.env.POSTGRES_URL ?? 'postgres://root@127.0.0.1:5432/test';
const available = natsAvailability();
let nats: Awaited<ReturnType<typeof startNats>>;

beforeAll(async () => {
  if (available.available) nats = await startNats();
});
afterAll(() => nats?.stop());

/** The services of a domain, each running in a process, and a client of theirs in this one. */
interface Running {
  /** To wire the client with: it makes decisions and sends commands, and runs none of the services unless told to. */
  readonly client: WireOptions;
  /** All that any of the processes did so far. */
  session(): Promise<Session>;
  /** Ends them by SIGTERM; answers their exit codes. */
  end(): Promise<readonly (number | null)[]>;
}

async function runAll(domain: string, here: readonly string[] = []): Promise<Running> {
  const schema = `services_${randomUUID().slice(0, 8)}`;
  const folder = await mkdtemp(join(tmpdir(), 'services-'));
  const recorded = { CHIROGRAPH_COVERAGE: folder, CHIROGRAPH_COVERAGE_SESSION: domain };
  const where = { CHIROGRAPH_BROKER: nats.url, CHIROGRAPH_STORE: POSTGRES, CHIROGRAPH_SCHEMA: schema };
  const names = servicesOf(domain).filter((it) => !here.includes(it));
  const processes: ChildProcess[] = [];
  const { store, remove } = await openStore(POSTGRES, schema);
  const { broker } = await openBroker(nats.url, domain);
  onTestFinished(async () => {
    for (const it of processes) it.kill('SIGKILL');
    await broker.close();
    await store.close();
    await remove();
    await rm(folder, { recursive: true });
  });
  // A few at a time: starting is most of their work.
  for (const some of chunks(names, 4)) await Promise.all(some.map(start));

  async function start(name: string): Promise<void> {
    const child = spawn(process.execPath, [main, `${domain}/${name}`], {
      env: { ...process.env, ...where, ...recorded },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    processes.push(child);
    const said: string[] = [];
    child.stderr.on('data', (it) => said.push(String(it)));
    const [line] = await Promise.race([
      once(createInterface({ input: child.stdout }), 'line'),
      once(child, 'exit').then(() => [`${name} has ended: ${said.join('')}`]),
    ]);
    expect(line).toContain(`${domain}/${name} runs on NATS JetStream`);
  }

  vi.stubEnv('CHIROGRAPH_COVERAGE_SESSION', domain);
  const { observe } = recordCoverage(folder);
  vi.unstubAllEnvs();
  return {
    client: { store, broker, observe, only: here },
    async session() {
      // The last line may be half written.
      const text = await readFile(join(folder, `${domain}.jsonl`), 'utf8');
      const session = parseSession(text.slice(0, text.lastIndexOf('\n') + 1));
      if ('problem' in session) throw new Error(session.problem);
      return session;
    },
    async end() {
      const exits = processes.map((it) => once(it, 'exit'));
      for (const it of processes) it.kill('SIGTERM');
      return (await Promise.all(exits)).map(([code]) => code);
    },
  };
}

/** The services that the domain's wiring knows. */
function servicesOf(domain: string): readonly string[] {
  const { services } = workspaceOf(domain);
  const outside = OUTSIDE[domain] ?? [];
  return services.map(({ name }) => name).filter((it) => !outside.includes(it));
}

/** Services that only others call: they run where their callers do. */
const OUTSIDE: Readonly<Record<string, readonly string[]>> = {
  checkout: ['rules-service'],
  'learning-platform': ['user'],
};

function chunks<T>(list: readonly T[], size: number): readonly T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, n) =>
    list.slice(n * size, (n + 1) * size),
  );
}

/** Steps of a flow that have not happened yet, or not after those that they follow from. */
async function missing(domain: string, flow: string, running: Running): Promise<readonly string[]> {
  const [found] = coverageOf(workspaceOf(domain), [await running.session()]);
  const steps =
    found?.items.filter(({ kind, what }) => kind === 'step' && what.startsWith(`${flow}: `)) ?? [];
  expect(steps.length).toBeGreaterThan(3);
  return steps.filter(({ covered }) => !covered).map(({ what }) => what);
}

const wait = { timeout: 60_000, interval: 100 };
const until = <T>(look: () => Promise<T>) => vi.waitFor(look, wait);

/** Plays a flow among running processes, and then ends them. */
async function plays(
  domain: string,
  flow: string,
  play: (
    client: WireOptions,
    /** Resolves when a service has handled so many messages of a name. */
    handled: (service: string, message: string, times?: number) => Promise<void>,
  ) => Promise<Service | undefined>,
  here: readonly string[] = [],
): Promise<void> {
  const running = await runAll(domain, here);
  const own = await play(running.client, (service, message, times = 1) =>
    until(async () => {
      const facts = await running.session();
      const found = facts.filter(
        ({ did, by, name }) => did === 'handled' && by === service && name === message,
      );
      expect(found.length).toBeGreaterThanOrEqual(times);
    }),
  );
  await until(async () => expect(await missing(domain, flow, running)).toEqual([]));
  await own?.stop();
  expect(new Set(await running.end())).toEqual(new Set([0]));
}

const accepted = <T extends { readonly kind: string }>(outcome: T) => {
  expect(outcome).toMatchObject({ kind: 'accepted' });
  return outcome as Extract<T, { readonly kind: 'accepted' }>;
};

const options = { timeout: 240_000, skip: !available.available };

it('loyalty: a customer enrols', options, () =>
  plays('loyalty', 'enrolment', async (client) => {
    const { loyalty: programs, reward } = loyalty.wire(client);
    const [businessId, createdBy, customerId] = [randomUUID(), randomUUID(), randomUUID()];
    const rule = { type: 'POINTS_BASED', pointsPerCurrencyUnit: 1, pointsExpireAfterDays: 365 } as const;
    const { id: programId } = accepted(
      await programs.createProgram({ businessId, programName: 'Coffee', createdBy, rule }),
    );
    await reward.offerSignupBonus(programId, 100);
    accepted(await programs.activateProgram({ programId }));
    accepted(await programs.enrollCustomer({ programId, customerId, method: 'SELF' }));
    return undefined;
  }),
);

it('shop: an order from the cart to the door', options, () =>
  plays(
    'shop',
    'orderLife',
    async (client, handled) => {
      const mails: (string | undefined)[] = [];
      const mailer = async ({ link }: { readonly link?: string | undefined }) => void mails.push(link);
      const own = shop.wire({ ...client, gateway: gatewayDouble(), mailer });
      await own.start();
      const { app, dashboard, store, customers, carts, catalog, inventory, orders } = { ...own, ...client };
      await dashboard.createCategory({ ...byAdmin, data: { name: 'Cups' } });
      const heard = async (name: string) => {
        const events = await store.read((tx) => tx.events.readAll({ limit: 1_000 }));
        const found = events.find(({ event }) => event.type === name)?.event as
          | { readonly data?: Record<string, string> }
          | undefined;
        expect(found).toBeDefined();
        return found?.data ?? {};
      };
      const { categoryId = '' } = await until(() => heard('CategoryCreated'));
      const price = { amount: 2_495, currency: 'EUR' };
      const product = { name: 'Blue cup', description: '', price, categoryId };
      await dashboard.createProduct({ ...byAdmin, data: product });
      const { productId = '' } = await until(() => heard('ProductCreated'));
      // Nothing can be counted of a product that the inventory has not heard of.
      await handled('inventory', 'shop.product.created');
      await dashboard.activateProduct({ ...byAdmin, data: { productId } });
      const count = { productId, quantity: 60, reason: 'Delivery' };
      await dashboard.setInventoryQuantity({ ...byAdmin, data: count });
      const grace = { email: 'grace@example.org', password: 'correct horse' };
      await app.registerCustomer({ data: { ...grace, firstName: 'Grace', lastName: 'Hopper' } });
      const { customerId = '' } = await until(() => heard('CustomerRegistered'));
      const link = await until(async () => {
        expect(mails[0]).toBeDefined();
        return mails[0] ?? '';
      });
      await app.verifyCustomerEmail({ data: { verificationToken: link } });
      await app.addShippingAddress({ data: { customerId, ...address } });
      const customer = await until(async () => {
        const found = await store.read((tx) => customers.find(tx, customerId));
        expect(found).toMatchObject({ isVerified: true });
        expect(found?.addresses.size).toBe(1);
        return found;
      });
      const [shippingAddressId = ''] = customer?.addresses.keys() ?? [];
      await until(async () => {
        const available = await store.read((tx) => inventory.availableOf(tx, productId));
        const found = await store.read((tx) => catalog.find(tx, productId));
        expect([available, found?.status]).toEqual([60, 'ACTIVE']);
      });
      await app.addItemToCart({ data: { customerId, productId, quantity: 2 } });
      await until(async () => {
        const { items } = await store.read((tx) => carts.find(tx, cartIdOf(customerId)));
        expect(items).toHaveLength(1);
      });
      await app.placeOrder({ data: { customerId, shippingAddressId, paymentMethodId: randomUUID() } });
      const { orderId = '' } = await until(() => heard('OrderPlaced'));
      const status = (expected: string) =>
        until(async () =>
          expect(await store.read((tx) => orders.find(tx, orderId))).toMatchObject({ status: expected }),
        );
      await dashboard.confirmOrder({ ...byAdmin, data: { orderId } });
      await status('CONFIRMED');
      await dashboard.shipOrder({ ...byAdmin, data: { orderId, trackingNumber: 'T-1', carrier: 'DHL' } });
      await status('SHIPPED');
      await dashboard.deliverOrder({ ...byAdmin, data: { orderId } });
      return own;
    },
    ['email'],
  ),
);

it('ticketing: tickets are bought, by mail and by post', options, () =>
  plays('ticketing', 'purchase', async (client, handled) => {
    const own = ticketing.wire({ ...client, provider: providerDouble() });
    const { website, admin, users, reservations, store } = { ...own, ...client };
    const [adminId, userId, concertId, cartId] = Array.from({ length: 4 }, () => randomUUID()) as [
      string,
      string,
      string,
      string,
    ];
    for (const it of [adminId, userId]) {
      const data = { userId: it, email: `${it}@example.org`, name: 'Grace' };
      await website.registerUser({ subject: it, data });
      await until(async () => expect(await store.read((tx) => users.isLoggedIn(tx, it))).toBe(true));
    }
    await users.appointAdmin(adminId);
    const startsAt = '2099-01-01T00:00:00Z';
    const concert = { concertId, adminId, name: 'N', venue: 'V', startsAt, ticketLevels: LEVELS };
    await admin.createConcert({ subject: concertId, data: concert });
    await until(async () => {
      const left = await store.read((tx) => reservations.availableOf(tx, concertId));
      expect(left.REGULAR).toBe(100);
    });
    await website.createCart({ subject: cartId, data: { cartId } });
    await handled('website', 'ticketing.shopping-cart.created');
    for (const [level, ticketType] of [
      ['REGULAR', 'ONLINE'],
      ['GOLDEN_CIRCLE', 'PRINTED'],
    ] as const) {
      const data = { cartId, concertId, level, ticketType, quantity: 2 };
      await website.addTicketToCart({ subject: cartId, data });
    }
    await handled('website', 'ticketing.shopping-cart.ticket-added', 2);
    await website.confirmCart({ subject: cartId, data: { cartId, userId, recipient, paymentToken: 'tok' } });
    return undefined;
  }),
);

it('checkout: an order paid in coins', options, () =>
  plays('checkout', 'orderFlow', async (client) => {
    const own = checkout.wire({ ...client, partner: fakeBizone(), messenger: async () => ({}) });
    await furnish(own);
    expect(await own.orders.placeOrder(request)).toMatchObject({ kind: 'placed' });
    return undefined;
  }),
);

it('learning platform: courses are bought', options, () =>
  plays('learning-platform', 'purchase', async (client) => {
    const provider = { collect: async () => undefined, giveBack: async () => undefined };
    const own = learning.wire({ ...client, provider, mailer: async () => undefined });
    const { users, policies, courses, orders } = own;
    const [policyId, instructorId, userId] = [randomUUID(), randomUUID(), randomUUID()];
    for (const it of [instructorId, userId])
      accepted(await users.register({ userId: it, email: `${it}@example.org`, name: 'Ada' }));
    accepted(await policies.create({ policyId, name: 'Terms', terms: fullRefund }));
    const courseIds = [randomUUID(), randomUUID()];
    for (const courseId of courseIds) {
      const title = 'Engines';
      accepted(await courses.create({ courseId, title, instructorId, policyId }));
      accepted(await courses.update({ courseId, title, description: '', price: euros(4_900) }));
    }
    accepted(await orders.place({ orderId: randomUUID(), userId, courseIds }));
    return undefined;
  }),
);
