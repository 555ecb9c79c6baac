/** Fifty buyers on PostgreSQL, where transactions run side by side: two processes with connections of their own. */
import { randomUUID } from 'node:crypto';
import { reservationsProducer } from '@chirograph/generated/ticketing/producers/reservations';
import { outbox, type Store, systemClock } from '@chirograph/runtime';
import { memoryBroker } from '@chirograph/runtime/memory';
import { postgresStore } from '@chirograph/runtime/postgres';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { euros, LEVELS, providerDouble, recipient } from './fixture.ts';
import { reservationsService } from './reservations/reservations-service.ts';
import { wire } from './wire.ts';

const URL = process.env.POSTGRES_URL ?? 'postgres://root@127.0.0.1:5432/test';
const schema = `ticketing_${process.pid}`;
const stores: Store[] = [];

function open(name = schema): Store {
  const store = postgresStore({ url: URL, schema: name, connections: 15 });
  stores.push(store);
  return store;
}

beforeAll(async () => {
  await open()
    .transaction(async () => undefined)
    .catch((error) => {
      throw new Error(`These tests need PostgreSQL at ${URL} (POSTGRES_URL): ${error.message}`);
    });
});
afterAll(async () => {
  await Promise.all(stores.map((store) => store.close()));
  const client = new pg.Client({ connectionString: URL });
  await client.connect();
  await client.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
  await client.query(`DROP SCHEMA IF EXISTS ${schema}_all CASCADE`);
  await client.end();
});

it('never reserve more than a level has, however their transactions meet', async () => {
  const clients = [open(), open()].map((store) => ({
    store,
    reservations: reservationsService({
      store,
      clock: systemClock,
      producer: reservationsProducer(outbox(store)),
    }),
  }));
  const concertId = randomUUID();
  await clients[0]?.reservations.setCapacity(concertId, {
    REGULAR: { capacity: 60, price: euros(6_500) },
    GOLDEN_CIRCLE: { capacity: 7, price: euros(12_000) },
  });
  const buy = async (n: number) => {
    const client = clients[n % clients.length];
    const level = n % 5 === 0 ? 'GOLDEN_CIRCLE' : 'REGULAR';
    return client?.reservations.create({
      reservationId: randomUUID(),
      cartId: randomUUID(),
      userId: randomUUID(),
      concertId,
      tickets: [{ level, ticketType: 'ONLINE', quantity: 2, unitPrice: euros(6_500) }],
    });
  };
  const outcomes = await Promise.all(Array.from({ length: 50 }, (_, n) => buy(n)));
  const count = (kind: string) => outcomes.filter((it) => it?.kind === kind).length;
  // Thirty pairs of the regular ones, three of the golden circle, whose seventh seat stays free.
  expect([count('accepted'), count('refused')]).toEqual([33, 17]);
  const left = await stores[0]?.transaction(
    (tx) => clients[0]?.reservations.availableOf(tx, concertId) ?? ({} as never),
  );
  expect(left).toEqual({ REGULAR: 0, GOLDEN_CIRCLE: 1 });
});

it('buy the whole way, each ticket once, and nobody who gets none pays', async () => {
  const store = open(`${schema}_all`);
  const broker = memoryBroker();
  const provider = providerDouble();
  const ticketing = wire({ store, broker, provider });
  const { website, admin, users, reservations, purchases } = ticketing;
  await ticketing.start();
  try {
    const adminId = randomUUID();
    const until = async <T>(look: () => Promise<T | undefined>): Promise<T> => {
      for (;;) {
        const found = await look();
        if (found !== undefined) return found;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    };
    const people = Array.from({ length: 50 }, () => ({ userId: randomUUID(), cartId: randomUUID() }));
    for (const userId of [adminId, ...people.map((it) => it.userId)]) {
      const data = { userId, email: `${userId}@example.org`, name: 'Grace' };
      await website.registerUser({ subject: userId, data });
    }
    await until(async () => {
      const known = await store.read((tx) =>
        Promise.all([adminId, ...people.map((it) => it.userId)].map((it) => users.isLoggedIn(tx, it))),
      );
      return known.every(Boolean) || undefined;
    });
    await users.appointAdmin(adminId);
    const concertId = randomUUID();
    const ticketLevels = { ...LEVELS, REGULAR: { capacity: 60, price: euros(6_500) } };
    const concert = {
      concertId,
      adminId,
      name: 'N',
      venue: 'V',
      startsAt: '2099-01-01T00:00:00Z',
      ticketLevels,
    };
    await admin.createConcert({ subject: concertId, data: concert });
    await until(async () => {
      const left = await store.transaction((tx) => reservations.availableOf(tx, concertId));
      return left.REGULAR;
    });
    for (const { cartId } of people) await website.createCart({ subject: cartId, data: { cartId } });
    await Promise.all(
      people.map(async ({ userId, cartId }) => {
        const ticket = { concertId, level: 'REGULAR', ticketType: 'ONLINE', quantity: 2 } as const;
        await website.addTicketToCart({ subject: cartId, data: { cartId, ...ticket } });
        await website.confirmCart({
          subject: cartId,
          data: { cartId, userId, recipient, paymentToken: 'tok' },
        });
      }),
    );
    const outcomes = await until(async () => {
      const states = await store.read((tx) =>
        Promise.all(people.map(({ cartId }) => purchases.find(tx, cartId))),
      );
      const ended = states.flatMap((it) => (it.kind === 'known' ? (it.ended ?? []) : []));
      return ended.length === people.length ? ended : undefined;
    });
    expect(outcomes.filter((it) => it === 'COMPLETED')).toHaveLength(30);
    const left = await store.transaction((tx) => reservations.availableOf(tx, concertId));
    expect(left.REGULAR).toBe(0);
    expect([...provider.books.values()]).toEqual(Array(30).fill(13_000));
  } finally {
    await ticketing.stop();
    await broker.close();
  }
}, 240_000);
