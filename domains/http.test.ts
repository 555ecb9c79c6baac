/** Commands over HTTP, with the domains behind them and a real server in front. */
import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import type { HttpApi, HttpApiOptions } from '@chirograph/runtime/http';
import { testBus } from '@chirograph/runtime/testing';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it, onTestFinished } from 'vitest';
import { believing } from './shared/http/caller.ts';
import type { HttpOptions } from './shared/wiring/wiring.ts';
import { gatewayDouble } from './shop/fixture.ts';
import * as shop from './shop/wire.ts';
import { LEVELS, providerDouble } from './ticketing/fixture.ts';
import * as ticketing from './ticketing/wire.ts';

type Bus = ReturnType<typeof testBus>;

/** A domain that takes commands over HTTP, and what one sends to it. */
async function served<Domain extends { start(): Promise<void>; stop(): Promise<void> }>(
  wire: (bus: Bus, http: HttpOptions) => Domain,
) {
  const bus = testBus();
  let base = '';
  const http: HttpOptions = {
    port: 0,
    authenticate: believing,
    listening: (port) => {
      base = `http://127.0.0.1:${port}`;
    },
  };
  const domain = wire(bus, http);
  await domain.start();
  onTestFinished(async () => {
    await domain.stop();
    await bus.close();
  });
  return {
    domain,
    bus,
    get: (path: string) => fetch(base + path),
    async post(path: string, body: object, as?: string, key?: string) {
      const response = await fetch(base + path, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(as !== undefined && { authorization: `Bearer ${as}` }),
          ...(key !== undefined && { 'idempotency-key': key }),
        },
        body: JSON.stringify(body),
      });
      const answer = { status: response.status, ...(await response.json()) };
      await bus.settled();
      return answer as { status: number; messages: { name: string; subject: string }[] };
    },
  };
}

const shopServed = () =>
  served((bus, http) =>
    shop.wire({
      store: bus.store,
      broker: bus,
      clock: bus.clock,
      observe: bus.observe,
      gateway: gatewayDouble(),
      poll: 1e12,
      http,
    }),
  );

describe('the shop over HTTP', () => {
  const admin = `admin:${randomUUID()}`;
  const price = { amount: 2_495, currency: 'EUR' };

  async function selling() {
    const test = await shopServed();
    const category = await test.post('/catalog/shop/category/create', { name: 'Cups' }, admin);
    const categoryId = category.messages[0]?.subject ?? '';
    const product = { name: 'Blue cup', description: '', price, categoryId };
    const made = await test.post('/catalog/shop/product/create', product, admin);
    const productId = made.messages[0]?.subject ?? '';
    await test.post('/catalog/shop/product/activate', { productId }, admin);
    const count = { productId, quantity: 6, reason: 'Delivery' };
    await test.post('/inventory/shop/inventory/set-quantity', count, admin);
    return { ...test, productId, categoryId };
  }

  it('takes what admins and guests ask for, and answers with what it led to', async () => {
    const { post, productId } = await selling();
    const guestCartId = randomUUID();
    const item = { guestCartId, productId, quantity: 2 };
    expect(await post('/cart/shop/cart/add-item-to-guest-cart', item)).toMatchObject({
      status: 200,
      messages: [{ name: 'shop.cart.item-added', subject: guestCartId }],
    });
  });

  it('refuses with the failure of the contract, as a problem, and tells the others by the event', async () => {
    const { post, bus } = await selling();
    expect(await post('/catalog/shop/category/create', { name: 'Bowls' })).toMatchObject({
      status: 403,
      type: 'urn:shop:catalog#NOT_AN_ADMIN',
      title: 'Not an admin',
      code: 'NOT_AN_ADMIN',
    });
    expect(bus.published.at(-1)?.name).toBe('shop.catalog.command-refused');
    expect(await post('/order/shop/order/confirm', { orderId: randomUUID() }, admin)).toMatchObject({
      status: 404,
      code: 'ORDER_NOT_FOUND',
    });
    expect(await post('/catalog/shop/category/create', { name: '' }, admin)).toMatchObject({
      status: 400,
      type: 'urn:problem:invalid-body',
      errors: [{ pointer: '/name' }],
    });
  });

  it('puts an item into the cart once, however often the click is sent', async () => {
    const { post, productId, domain, bus } = await selling();
    const guestCartId = randomUUID();
    const item = { guestCartId, productId, quantity: 2 };
    const click = () => post('/cart/shop/cart/add-item-to-guest-cart', item, undefined, 'click-1');
    const [first, second] = [await click(), await click()];
    expect(second).toEqual(first);
    const cart = await bus.store.read((tx) => domain.carts.find(tx, guestCartId));
    expect(cart.items).toMatchObject([{ quantity: 2 }]);
    const more = { ...item, quantity: 3 };
    expect(await post('/cart/shop/cart/add-item-to-guest-cart', more, undefined, 'click-1')).toMatchObject({
      status: 422,
    });
  });

  it('lets nobody ask in the name of another, and nobody what services ask of one another', async () => {
    const { post, productId } = await selling();
    const item = { customerId: randomUUID(), productId, quantity: 1 };
    expect((await post('/cart/shop/cart/add-item', item)).status).toBe(401);
    expect((await post('/cart/shop/cart/add-item', item, `user:${randomUUID()}`)).status).toBe(403);
    expect((await post('/cart/shop/cart/add-item', item, 'sesame')).status).toBe(401);
    expect((await post('/payment/shop/payment/authorize', {}, admin)).status).toBe(404);
    expect((await post('/inventory/shop/inventory/reserve', {}, admin)).status).toBe(404);
  });

  it('says how it is', async () => {
    const { get } = await shopServed();
    expect(await (await get('/')).json()).toContain('/order/openapi.json');
    expect(await (await get('/health')).json()).toMatchObject({ name: 'shop', ready: true });
    expect(await (await get('/metrics')).text()).toContain('# TYPE');
    const document = await (await get('/order/openapi.json')).json();
    expect(document.paths['/shop/order/cancel'].post.responses).toMatchObject({
      404: { description: expect.stringContaining('`ORDER_NOT_FOUND`: Order not found') },
      409: { description: expect.stringContaining('`ALREADY_SHIPPED`: Already shipped') },
    });
  });
});

it('the ticketing over HTTP: each in their own name, and by their role', async () => {
  const { domain, post } = await served((bus, http) =>
    ticketing.wire({
      store: bus.store,
      broker: bus,
      clock: bus.clock,
      observe: bus.observe,
      provider: providerDouble(),
      poll: 1e12,
      http,
    }),
  );
  const [ray, pete, concertId] = [randomUUID(), randomUUID(), randomUUID()];
  const register = (userId: string) =>
    post('/users/ticketing/user/register', { userId, email: `${userId}@example.org`, name: 'Ray' });
  expect(await register(ray)).toMatchObject({ status: 200 });
  await register(pete);
  const startsAt = '2099-01-01T00:00:00Z';
  const concert = { concertId, adminId: ray, name: 'N', venue: 'V', startsAt, ticketLevels: LEVELS };
  const create = (as: string) => post('/concerts/ticketing/concert/create', concert, as);
  expect(await create(`user:${ray}`)).toMatchObject({ status: 403, code: 'THE_USER_IS_NOT_AN_ADMIN' });
  await domain.users.appointAdmin(ray);
  expect(await create(`user:${pete}`)).toMatchObject({ status: 403, type: 'urn:problem:forbidden' });
  expect(await create(`user:${ray}`)).toMatchObject({
    status: 200,
    messages: [{ name: 'ticketing.concert.created', subject: concertId }],
  });
});

describe('the OpenAPI document', () => {
  const root = new URL('../generated/', import.meta.url);
  const modules = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((it) =>
    /^[\w-]+\/http\/[\w-]+\.ts$/.test(it),
  );
  const handlers = new Proxy({}, { get: () => () => undefined });
  const options: HttpApiOptions = { store: testBus().store, requireKey: true };

  it.each(modules)('of generated/%s is one of OpenAPI 3.1', async (path) => {
    const module: Record<string, (options: HttpApiOptions, handlers: object) => HttpApi> = await import(
      new URL(path, root).href
    );
    const [make] = Object.values(module);
    const document = make?.(options, handlers).openApi ?? {};
    const validator = new Validator();
    const { valid, errors } = await validator.validate(structuredClone(document));
    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
    expect(validator.version).toBe('3.1');
    // Each reference leads somewhere.
    const text = JSON.stringify(document);
    for (const [, name = ''] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g))
      expect(document).toHaveProperty(['components', 'schemas', name]);
  });
});
