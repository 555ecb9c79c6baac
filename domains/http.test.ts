/** Commands over HTTP, with the domains behind them and a real server in front. */
import { randomUUID } from 'node:crypto';
import { testBus } from '@chirograph/runtime/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fakeBizone } from './checkout/fake-bizone.ts';
import { userIdOf } from './checkout/http.ts';
import { furnish, request } from './checkout/market.ts';
import * as checkout from './checkout/wire.ts';
import { providerDouble as learningProvider } from './learning-platform/fixture.ts';
import * as learning from './learning-platform/wire.ts';
import * as loyalty from './loyalty/wire.ts';
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

it('the learning platform over HTTP: in the role that each has', async () => {
  const { domain, post } = await served((bus, http) =>
    learning.wire({
      store: bus.store,
      broker: bus,
      clock: bus.clock,
      observe: bus.observe,
      provider: learningProvider(),
      mailer: async () => undefined,
      poll: 1e12,
      http,
    }),
  );
  const [ada, charles, policy_id, course_id] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const register = (user_id: string) =>
    post('/user/learning/user/register_user', { user_id, email: `${user_id}@example.org`, name: 'Ada' });
  expect(await register(ada)).toMatchObject({
    status: 200,
    messages: [{ name: 'UserRegistered', subject: ada }],
  });
  await register(charles);
  const terms = { policy_id, name: 'Terms', type: 'full_refund', refund_period_days: 30 };
  const offer = (as: string) => post('/refund-policy/learning/refund_policy/create_policy', terms, as);
  expect(await offer(`user:${charles}`)).toMatchObject({
    status: 403,
    type: 'urn:learning-platform:refund-policy#NOT_AN_ADMIN',
  });
  expect(await offer(`admin:${randomUUID()}`)).toMatchObject({ status: 200 });
  const course = { course_id, title: 'Engines', instructor_id: charles, policy_id };
  const create = (as?: string) => post('/course/learning/course/create_course', course, as);
  expect(await create()).toMatchObject({ status: 403, code: 'NOT_THE_INSTRUCTOR' });
  expect(await create(`user:${charles}`)).toMatchObject({ status: 200 });
  const price = { amount: 4_900, currency: 'EUR' };
  await domain.courses.update({ courseId: course_id, title: 'Engines', description: '', price });
  const order = { order_id: randomUUID(), user_id: ada, course_ids: [course_id] };
  const place = (as: string) => post('/orders/learning/orders/place_order', order, as, 'click-1');
  expect(await place(`user:${charles}`)).toMatchObject({ status: 403, code: 'NOT_THE_USER' });
  expect(await place(`user:${ada}`)).toMatchObject({ status: 200, messages: [{ name: 'OrderPlaced' }] });
  const progress = { user_id: ada, course_id, progress: 100 };
  expect(await post('/access/learning/access/update_progress', progress, `user:${ada}`)).toMatchObject({
    messages: [{ name: 'ProgressUpdated' }, { name: 'CourseCompleted' }],
  });
});

it('loyalty over HTTP: customers for themselves, staff for the rest', async () => {
  const { domain, post } = await served((bus, http) =>
    loyalty.wire({ ...bus, broker: bus, poll: 1e12, http }),
  );
  const [owner, customer, businessId, rewardId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const program = {
    businessId,
    programName: 'Coffee',
    createdBy: owner,
    rule: { type: 'POINTS_BASED', pointsPerCurrencyUnit: 1 },
  };
  const create = (as?: string) => post('/loyalty/loyalty/program/create', program, as);
  expect((await create()).status).toBe(401);
  expect((await create(`user:${owner}`)).status).toBe(403);
  expect((await create(`admin:${randomUUID()}`)).status).toBe(403);
  const made = await create(`admin:${owner}`);
  const programId = made.messages[0]?.subject ?? '';
  await post('/loyalty/loyalty/program/activate', { programId }, `admin:${owner}`);
  const enroll = (as: string, method: string) =>
    post('/loyalty/loyalty/customer/enroll', { programId, customerId: customer, method }, as);
  expect((await enroll(`user:${owner}`, 'SELF')).status).toBe(403);
  expect((await enroll(`user:${customer}`, 'MANUAL')).status).toBe(403);
  expect((await enroll(`user:${customer}`, 'SELF')).status).toBe(200);
  const purchase = { programId, customerId: customer, purchaseId: randomUUID(), amount: 30 };
  expect((await post('/loyalty/loyalty/points/earn', purchase, `user:${customer}`)).status).toBe(403);
  await post('/loyalty/loyalty/points/earn', purchase, `admin:${owner}`);
  await domain.reward.offerReward(rewardId, { programId, rewardName: 'Coffee', points: 20 });
  const redeem = () =>
    post('/reward/loyalty/reward/redeem', { customerId: customer, rewardId }, `user:${customer}`);
  expect(await redeem()).toMatchObject({ status: 200, messages: [{ name: 'loyalty.points.redeemed' }] });
  expect(await redeem()).toMatchObject({ status: 409, code: 'INSUFFICIENT_POINTS' });
});

it('the checkout over HTTP: an order is known by its key', async () => {
  const partner = fakeBizone();
  const { domain, post, bus } = await served((bus, http) =>
    checkout.wire({
      ...bus,
      broker: bus,
      partner,
      messenger: async () => ({ push: 'push_1' }),
      poll: 1e12,
      http,
    }),
  );
  await furnish(domain);
  const caller = randomUUID();
  const user_id = userIdOf(caller);
  await domain.rules.putVerified(user_id, true);
  await domain.wallets.credit({ user_id, credit_id: 'gift', coin_type: 'rez_coins', amount: 900 });
  const { request_id: _, idempotency_key: __, ...asked } = request;
  const cart = { ...asked, user_id };
  const place = (body: object, key?: string, as = `user:${caller}`) =>
    post('/order-service/order/place', body, as, key);
  expect((await place(cart)).status).toBe(400);
  expect((await place(cart, 'click-1', `user:${randomUUID()}`)).status).toBe(403);
  const first = await place(cart, 'click-1');
  expect(first).toMatchObject({ status: 200, messages: [{ name: 'order.validation_started' }] });
  expect(await place(cart, 'click-1')).toEqual(first);
  const names = bus.published.map(({ name }) => name);
  expect(names.filter((it) => it === 'order.confirmation_sent')).toHaveLength(1);
  const [item] = cart.items;
  expect(await place({ ...cart, items: [item, item] }, 'click-2')).toMatchObject({
    status: 409,
    type: 'urn:checkout:order-service#CART_INVALID',
  });
});
