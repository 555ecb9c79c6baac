/**
 * The reference domains under load, whole: `node bench/domains.ts [checkouts] [events] [checkouts|buyers|replay ...]`. PostgreSQL at POSTGRES_URL and NATS at NATS_URL, or those on the usual
 * ports; what is not there is named and left out.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fakeBizone } from '../domains/checkout/fake-bizone.ts';
import { furnish, request } from '../domains/checkout/market.ts';
import { orderIdOf } from '../domains/checkout/order-service/order-service.ts';
import * as checkout from '../domains/checkout/wire.ts';
import { openBroker } from '../domains/shared/infrastructure/broker.ts';
import { openStore } from '../domains/shared/infrastructure/store.ts';
import { type Seats, type SeatsEvent, seats } from '../domains/ticketing/reservations/seats.ts';
import * as ticketing from '../domains/ticketing/wire.ts';
import { type Observation, replay, repository, type Store } from '../runtime/index.ts';
import { memoryBroker } from '../runtime/memory/index.ts';
import { sqliteStore } from '../runtime/sqlite/index.ts';

const CHECKOUTS = Number(process.argv[2] ?? 400);
const EVENTS = Number(process.argv[3] ?? 100_000);
const { POSTGRES_URL = 'postgres://root@127.0.0.1:5432/test', NATS_URL = 'nats://127.0.0.1:4222' } =
  process.env;
/** What the checkout's document expects. */
const DOCUMENTED_PER_DAY = 9_200;
const AT_ONCE = 32;
const DAY = 86_400;

const run = `bench_${randomUUID().slice(0, 8)}`;
const folder = mkdtempSync(join(tmpdir(), 'bench-domains-'));

interface Place {
  readonly name: string;
  open(): Promise<{
    store: Store;
    broker: Awaited<ReturnType<typeof openBroker>>['broker'];
    close(): Promise<void>;
  }>;
}

const EMBEDDED: Place = {
  name: 'SQLite (a file) and a broker in memory',
  async open() {
    const store = sqliteStore({ file: join(folder, `${randomUUID()}.db`) });
    const broker = memoryBroker();
    return { store, broker, close: async () => void (await Promise.all([broker.close(), store.close()])) };
  },
};

const SERVERS: Place = {
  name: 'PostgreSQL and NATS JetStream',
  async open() {
    const opened = await openStore(POSTGRES_URL, `${run}_${randomUUID().slice(0, 4)}`);
    const { broker, remove } = await openBroker(NATS_URL, `demo-${randomUUID().slice(0, 8)}`);
    const { store } = opened;
    return {
      store,
      broker,
      async close() {
        await broker.close();
        await store.close();
        await remove();
        await opened.remove();
      },
    };
  },
};

/** Each checkout by a user of their own, so many at once; each through its nine steps, to the confirmation that the user gets. */
async function checkouts({ name, open }: Place): Promise<void> {
  const { store, broker, close } = await open();
  const waiting = new Map<string, () => void>();
  const confirmed = ({ kind, ...it }: Observation): void => {
    if (kind !== 'published' || !('message' in it) || it.message.name !== 'order.confirmation_sent') return;
    const { data } = JSON.parse(new TextDecoder().decode(it.message.body));
    waiting.get(data.order_id)?.();
  };
  const domain = checkout.wire({
    store,
    broker,
    observe: confirmed,
    partner: fakeBizone(),
    messenger: async () => ({ sms: 'sms_1', push: 'push_1', email: 'email_1' }),
  });
  await furnish(domain);
  const users = Array.from({ length: CHECKOUTS }, (_, n) => `user_${n}`);
  for (const user_id of users) {
    await domain.rules.putVerified(user_id, true);
    for (const coin_type of ['promo_coins', 'branded_coins', 'rez_coins'] as const)
      await domain.wallets.credit({ user_id, credit_id: coin_type, coin_type, amount: 200 });
  }
  await domain.start();
  const times: number[] = [];
  async function one(user_id: string): Promise<void> {
    const idempotency_key = `idem_${user_id}`;
    const done = Promise.withResolvers<void>();
    waiting.set(orderIdOf(idempotency_key), done.resolve);
    const began = performance.now();
    const placed = await domain.orders.placeOrder({
      ...request,
      user_id,
      idempotency_key,
      request_id: `req_${user_id}`,
    });
    if (placed.kind !== 'placed') throw new Error(`a checkout was refused: ${placed.message}`);
    await done.promise;
    times.push(performance.now() - began);
  }
  const queue = [...users];
  const began = performance.now();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let user = queue.shift(); user !== undefined; user = queue.shift()) await one(user);
    }),
  );
  const rate = CHECKOUTS / ((performance.now() - began) / 1000);
  await domain.stop();
  await close();
  times.sort((a, b) => a - b);
  const at = (share: number) => `${Math.round(times[Math.floor((times.length - 1) * share)] ?? 0)} ms`;
  print(
    name,
    `${rate.toFixed(0)} checkouts/s (${AT_ONCE} at once), p50 ${at(0.5)}, p99 ${at(0.99)}: ${Math.round((rate * DAY) / DOCUMENTED_PER_DAY)} times the documented ${DOCUMENTED_PER_DAY} a day`,
  );
}

/** Fifty who want two tickets each, of a concert that has sixty: thirty get theirs, and nobody else pays. */
async function buyers({ name, open }: Place): Promise<void> {
  const [people, capacity] = [50, 60];
  const { store, broker, close } = await open();
  const books = new Map<string, number>();
  const ended = new Map<string, string>();
  const domain = ticketing.wire({
    store,
    broker,
    observe(it) {
      if (it.kind !== 'published' || it.message.name !== 'ticketing.shopping-cart.closed') return;
      const { data } = JSON.parse(new TextDecoder().decode(it.message.body));
      ended.set(data.cartId, data.outcome);
    },
    provider: {
      accept: async () => true,
      async collect({ paymentId, amount }) {
        books.set(paymentId, amount.amount);
        return `ch_${paymentId}`;
      },
      async giveBack({ paymentId, amount }) {
        books.set(paymentId, (books.get(paymentId) ?? 0) - amount.amount);
      },
    },
  });
  await domain.start();
  const { website, admin, users, reservations } = domain;
  const until = async (isSo: () => Promise<boolean> | boolean) => {
    while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 20));
  };
  const adminId = randomUUID();
  const buying = Array.from({ length: people }, () => ({ userId: randomUUID(), cartId: randomUUID() }));
  for (const userId of [adminId, ...buying.map((it) => it.userId)])
    await website.registerUser({
      subject: userId,
      data: { userId, email: `${userId}@example.org`, name: 'G' },
    });
  await until(() =>
    store.read(async (tx) => {
      for (const id of [adminId, ...buying.map((it) => it.userId)])
        if (!(await users.isLoggedIn(tx, id))) return false;
      return true;
    }),
  );
  await users.appointAdmin(adminId);
  const concertId = randomUUID();
  const ticketLevels = { REGULAR: { capacity, price: { amount: 6_500, currency: 'EUR' } } };
  const concert = {
    concertId,
    adminId,
    name: 'N',
    venue: 'V',
    startsAt: '2099-01-01T00:00:00Z',
    ticketLevels,
  };
  await admin.createConcert({ subject: concertId, data: concert });
  const left = () => store.read(async (tx) => (await reservations.availableOf(tx, concertId)).REGULAR);
  await until(async () => (await left()) === capacity);
  const recipient = { name: 'Grace Hopper', email: 'grace@example.org' };
  const began = performance.now();
  await Promise.all(
    buying.map(async ({ userId, cartId }) => {
      await website.createCart({ subject: cartId, data: { cartId } });
      const ticket = { concertId, level: 'REGULAR', ticketType: 'ONLINE', quantity: 2 } as const;
      await website.addTicketToCart({ subject: cartId, data: { cartId, ...ticket } });
      await website.confirmCart({ subject: cartId, data: { cartId, userId, recipient, paymentToken: 't' } });
    }),
  );
  await until(() => ended.size === people);
  const seconds = (performance.now() - began) / 1000;
  const sold = [...ended.values()].filter((it) => it === 'COMPLETED').length * 2;
  const paid = [...books.values()].filter((it) => it > 0).length * 2;
  const free = await left();
  await domain.stop();
  await close();
  if (sold !== capacity || paid !== sold || free !== 0)
    throw new Error(`${sold} tickets were sold and ${paid} paid of ${capacity}; ${free} are left`);
  print(
    name,
    `${people} buyers, ${sold} of ${capacity} tickets sold, none twice: ${(sold / seconds).toFixed(0)} tickets/s`,
  );
}

/** The seats of one concert, taken and freed again and again: what a state costs that follows from so many events. */
async function replays(): Promise<void> {
  const store = sqliteStore({ file: join(folder, 'seats.db') });
  const id = 'concert';
  const events: SeatsEvent[] = [{ type: 'CapacitySet', capacity: { REGULAR: 50_000 } }];
  while (events.length < EVENTS)
    events.push({ type: events.length % 3 === 0 ? 'SeatsFreed' : 'SeatsTaken', count: { REGULAR: 1 } });
  for (let at = 0; at < events.length; at += 1_000)
    await store.transaction((tx) =>
      tx.events.append(`seats/${id}`, at, events.slice(at, at + 1_000), { at: Date.now() }),
    );
  const plain = repository({ name: 'seats', decider: seats });
  const kept = repository({ name: 'seats', decider: seats, snapshots: { version: '1', every: 100 } });
  const timed = async <T>(work: () => Promise<T>) => {
    const began = performance.now();
    const result = await work();
    return { result, took: performance.now() - began };
  };
  const folded = await timed(() => store.read((tx) => plain.load(tx, id)));
  const streamed = await timed(async () => {
    let state: Seats = seats.initialState();
    for await (const { event } of replay<SeatsEvent>(store, { stream: `seats/${id}` }))
      state = seats.evolve(state, event);
    return state;
  });
  // One decision folds all that there is, and keeps the state; as far as to that, every hundredth does.
  const rest = 99 - (events.length % 100);
  const freed: SeatsEvent[] = Array.from({ length: rest }, () => ({
    type: 'SeatsFreed',
    count: { REGULAR: 1 },
  }));
  await store.transaction((tx) => tx.events.append(`seats/${id}`, events.length, freed, { at: Date.now() }));
  await store.transaction((tx) => kept.decide(tx, id, { type: 'Free', count: { REGULAR: 1 } }));
  const short = await timed(() => store.read((tx) => kept.load(tx, id)));
  const long = await timed(() => store.read((tx) => plain.load(tx, id)));
  if (JSON.stringify(short.result) !== JSON.stringify(long.result))
    throw new Error('the snapshot is another state');
  if (JSON.stringify(streamed.result) !== JSON.stringify(folded.result.state))
    throw new Error('replay differs');
  await store.close();
  const rate = (took: number) => `${Math.round(events.length / took)},000 events/s`;
  print(
    'one entity, loaded',
    `${events.length} events in ${folded.took.toFixed(0)} ms (${rate(folded.took)})`,
  );
  print(
    'the same by replay()',
    `${streamed.took.toFixed(0)} ms (${rate(streamed.took)}), 500 events in memory at once`,
  );
  print(
    'with snapshots each 100 events',
    `${short.took.toFixed(1)} ms: ${(short.took / long.took).toFixed(4)} of the time without`,
  );
}

function print(what: string, says: string): void {
  process.stdout.write(`  ${what.padEnd(42)} ${says}\n`);
}

/** What a server that is not there would measure is not measured, and that is said. */
async function onServers(measure: (place: Place) => Promise<void>): Promise<void> {
  try {
    await measure(SERVERS);
  } catch (error) {
    if (
      !(error instanceof Error) ||
      !['BrokerUnavailableError', 'StoreUnavailableError'].includes(error.name)
    )
      throw error;
    print(SERVERS.name, `not measured: ${error.message}`);
    process.exitCode = 2;
  }
}

const PARTS: Readonly<Record<string, () => Promise<void>>> = {
  async checkouts() {
    process.stdout.write(`${CHECKOUTS} checkouts, each through the nine steps to its confirmation\n`);
    await checkouts(EMBEDDED);
    await onServers(checkouts);
  },
  async buyers() {
    process.stdout.write('50 buyers on one concert\n');
    await buyers(EMBEDDED);
    await onServers(buyers);
  },
  async replay() {
    process.stdout.write(`replay of ${EVENTS} events of the ticketing, on SQLite\n`);
    await replays();
  },
};

const wanted = process.argv.slice(4);
for (const [name, measure] of Object.entries(PARTS))
  if (wanted.length === 0 || wanted.includes(name)) await measure();
rmSync(folder, { recursive: true });
