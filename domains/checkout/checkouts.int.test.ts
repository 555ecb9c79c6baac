/** One wallet and many clicks on PostgreSQL, where transactions run side by side. */
import type { Store } from '@chirograph/runtime';
import { memoryBroker } from '@chirograph/runtime/memory';
import { postgresStore } from '@chirograph/runtime/postgres';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accountOf } from './accounting/handlers.ts';
import { type Figures, figures } from './analytics-service/handlers.ts';
import { fakeBizone } from './fake-bizone.ts';
import { furnish, request } from './market.ts';
import { orderIdOf } from './order-service/order-service.ts';
import { wire } from './wire.ts';

const URL = process.env.POSTGRES_URL ?? 'postgres://root@127.0.0.1:5432/test';
const schema = `checkout_${process.pid}`;
const today = () => new Date().toISOString().slice(0, 10);
const begun = today();
let store: Store;

beforeAll(async () => {
  store = postgresStore({ url: URL, schema, connections: 15 });
  await store
    .transaction(async () => undefined)
    .catch((error) => {
      throw new Error(`These tests need PostgreSQL at ${URL} (POSTGRES_URL): ${error.message}`);
    });
});
afterAll(async () => {
  await store.close();
  const client = new pg.Client({ connectionString: URL });
  await client.connect();
  await client.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
  await client.end();
});

it('take what the wallet holds and no more, and each order is reconciled or failed', async () => {
  const broker = memoryBroker();
  const partner = fakeBizone();
  const checkout = wire({ store, broker, partner, messenger: async () => ({ push: 'push_1' }) });
  await furnish(checkout);
  await checkout.start();
  try {
    // 750 coins, 150 an order: five of ten are paid. Each is clicked twice.
    const items = request.items.slice(0, 1).map((it) => ({ ...it, quantity: 2, unit_price: 100 }));
    const keys = Array.from({ length: 10 }, (_, n) => `idem_${n}`);
    const wanted = { ...request, items, campaign_code: 'HALF' };
    await checkout.rules.putCampaign('HALF', {
      campaign_id: 'camp_half',
      discount: 50,
      isRunning: true,
      minimumOrderValue: 1,
    });
    const clicks = keys.flatMap((idempotency_key, n) =>
      ['a', 'b'].map((it) =>
        checkout.orders.placeOrder({ ...wanted, idempotency_key, request_id: `req_${n}_${it}` }),
      ),
    );
    const outcomes = await Promise.allSettled(clicks);
    expect(outcomes.filter((it) => it.status === 'rejected').map((it) => it.reason)).toEqual([]);

    const statuses = async () => {
      const states = await store.read((tx) =>
        Promise.all(keys.map((it) => checkout.orders.find(tx, orderIdOf(it)))),
      );
      return states.map((it) => (it.kind === 'known' ? it.status : it.kind)).sort();
    };
    const ended = [...Array(5).fill('created'), ...Array(5).fill('failed')];
    await expect.poll(statuses, { timeout: 60_000, interval: 100 }).toEqual(ended);
    await store.read(async (tx) => {
      expect(await checkout.wallets.balancesOf(tx, request.user_id)).toEqual({
        promo_coins: 0,
        branded_coins: 0,
        rez_coins: 0,
      });
    });
    const reconciled = async () => {
      const accounts = await store.read((tx) => Promise.all(keys.map((it) => accountOf(tx, orderIdOf(it)))));
      return accounts.filter((it) => it.isReconciled && it.revenue === 150).length;
    };
    await expect.poll(reconciled, { timeout: 60_000, interval: 100 }).toBe(5);
    expect([...partner.underWay.values()].map((it) => it.size)).toEqual(Array(5).fill(1));

    // What so many told at once is counted, each once.
    const counted = async () => {
      const days = await store.read(async (tx) => [
        await figures.read(tx, begun),
        ...(today() === begun ? [] : [await figures.read(tx, today())]),
      ]);
      const sum = (of: (it: Figures) => number) => days.reduce((all, it) => all + of(it), 0);
      return {
        initiated: sum((it) => it.initiated),
        paid: sum((it) => it.paid),
        takenByPartner: sum((it) => it.takenByPartner),
        created: sum((it) => it.created),
        confirmed: sum((it) => it.confirmed),
        failed: sum((it) => Object.values(it.failed).reduce((all, n) => all + n, 0)),
        coins: sum((it) => Object.values(it.coins).reduce((all, n) => all + n, 0)),
      };
    };
    await expect.poll(counted, { timeout: 60_000, interval: 100 }).toEqual({
      initiated: 10,
      paid: 5,
      takenByPartner: 5,
      created: 5,
      confirmed: 5,
      failed: 5,
      coins: 750,
    });
  } finally {
    await checkout.stop();
    await broker.close();
  }
}, 180_000);
