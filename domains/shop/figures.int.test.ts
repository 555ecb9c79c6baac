/** The shop's figures on PostgreSQL, where transactions run side by side: none that is told is lost, and none counted twice. */
import type { HandlerContext } from '@chirograph/runtime';
import { postgresStore } from '@chirograph/runtime/postgres';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { analyticsHandlers, figures } from './analytics/handlers.ts';

const URL = process.env.POSTGRES_URL ?? 'postgres://root@127.0.0.1:5432/test';
const schema = `shop_figures_${process.pid}`;
/** Two processes of the service. */
const stores = [1, 2].map(() => postgresStore({ url: URL, schema, connections: 10 }));
const [store] = stores;

beforeAll(async () => {
  await store
    ?.transaction(async () => undefined)
    .catch((error) => {
      throw new Error(`These tests need PostgreSQL at ${URL} (POSTGRES_URL): ${error.message}`);
    });
});
afterAll(async () => {
  await Promise.all(stores.map((it) => it.close()));
  const client = new pg.Client({ connectionString: URL });
  await client.connect();
  await client.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
  await client.end();
});

it('counts each of many orders that are told at once, while two processes count', async () => {
  const handlers = analyticsHandlers(() => undefined);
  const workers = stores.map((it) => figures.keep(it, { poll: 20 }));
  await Promise.all(workers.map((it) => it.start()));
  try {
    const ORDERS = 60;
    const time = '2026-01-04T10:00:00Z';
    const tell = (n: number, work: (context: HandlerContext, subject: string) => unknown) => {
      const subject = `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
      // Four streams for sixty orders: many write to one.
      return stores[n % 2]?.transaction(async (tx) => {
        const context = { tx, causedBy: { id: `${n}`, correlationId: `${n}` } } as unknown as HandlerContext;
        await work(context, subject.replace(/.$/, `${n % 4}`));
      });
    };
    const all = Array.from({ length: ORDERS }, (_, n) => n);
    const asMessage = <T>(it: object) => it as T;
    await Promise.all(
      all.map((n) =>
        tell(n, (context, subject) =>
          handlers.orderPlacedNotification(
            asMessage({
              time,
              subject,
              data: { orderId: `${n}`, totalAmount: { amount: n, currency: 'EUR' } },
            }),
            context,
          ),
        ),
      ),
    );
    await Promise.all(
      all.flatMap((n) => [
        tell(n, (context, subject) =>
          handlers.orderShippedNotification(asMessage({ time, subject, data: { orderId: `${n}` } }), context),
        ),
        tell(n, (context, subject) =>
          handlers.orderCancelledNotification(
            asMessage({ time, subject, data: { reason: n % 3 === 0 ? 'Late' : 'Dear' } }),
            context,
          ),
        ),
      ]),
    );
    const counted = () => store?.read((tx) => figures.read(tx, 'shop'));
    await expect.poll(counted, { timeout: 60_000, interval: 50 }).toEqual({
      registrations: 0,
      orders: ORDERS,
      revenue: (ORDERS * (ORDERS - 1)) / 2,
      cancellations: { Late: ORDERS / 3, Dear: (ORDERS * 2) / 3 },
      refunds: 0,
      timesToShipping: Array(ORDERS).fill(0),
    });
  } finally {
    await Promise.all(workers.map((it) => it.stop()));
  }
}, 120_000);
