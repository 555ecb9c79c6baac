import { globSync } from 'node:fs';
import { folderReader, load } from '@chirograph/contract/load';
import { type Consumer, type ConsumerOptions, deadLetters, type Subscriber } from '@chirograph/runtime';
import { testBus } from '@chirograph/runtime/testing';
import { describe, expect, it } from 'vitest';
import { mocks } from './service/mocks.ts';

/**
 * Mocks beside generated code, which was made from the same contracts in another way: whatever a mock says, a real
 * consumer understands, and whatever a real producer says, a mock does.
 */
const { workspace } = load(folderReader('.', ['specs']));

interface Handlers {
  readonly received: Readonly<Record<string, readonly unknown[]>>;
}
type MakeConsumer = (subscriber: Subscriber, options: ConsumerOptions, handlers: Handlers) => Consumer;

describe.each(workspace.domains.map((it) => it.name))('%s', (domain) => {
  it('real consumers take every message that mocks send', { timeout: 60_000 }, async () => {
    const bus = testBus();
    const handlers: Handlers[] = [];
    const consumers: Consumer[] = [];
    for (const file of globSync(`generated/${domain}/consumers/*.ts`)) {
      const consumer = await exported<MakeConsumer>(file, /Consumer$/);
      const fake = await exported<() => Handlers>(file.replace('/consumers/', '/fakes/'), /^fake.*Handlers$/);
      const own = fake();
      handlers.push(own);
      consumers.push(consumer(bus, { store: bus.store }, own));
    }
    for (const it of consumers) await it.start();
    const services = workspace.services.filter((it) => it.domain === domain);
    const running = mocks({ workspace, services, broker: bus, seed: 7, clock: bus.clock });
    for (const { role } of running.services) for (const id of role.sends) await running.publish(id);
    await bus.settled();

    const letters = await deadLetters(bus.store).list();
    expect(letters.map(({ message, failure }) => [message.name, failure])).toEqual([]);
    const taken = handlers.flatMap(({ received }) => Object.entries(received));
    expect(taken.length).toBeGreaterThan(0);
    expect(taken.filter(([, messages]) => messages.length === 0).map(([name]) => name)).toEqual([]);
    for (const it of consumers) await it.stop();
    await bus.close();
  });
});

async function exported<T>(file: string, name: RegExp): Promise<T> {
  const module: Record<string, T> = await import(/* @vite-ignore */ `../${file}`);
  const found = Object.entries(module).find(([it]) => name.test(it))?.[1];
  if (!found) throw new Error(`${file} exports nothing like ${name}`);
  return found;
}

it('a mock answers a real producer', async () => {
  const { orderProducer } = await import('@chirograph/generated/shop/producers/order');
  const { fakeOrderHandlers } = await import('@chirograph/generated/shop/fakes/order');
  const { orderConsumer } = await import('@chirograph/generated/shop/consumers/order');
  const bus = testBus();
  const handlers = fakeOrderHandlers();
  const order = orderConsumer(bus, { store: bus.store }, handlers);
  await order.start();
  const services = workspace.services.filter((it) => it.domain === 'shop' && it.name === 'payment');
  const running = mocks({ workspace, services, broker: bus, seed: 7, clock: bus.clock });
  await running.start();

  const data = {
    orderId: '7f0c2f0e-2c39-4b9c-8df5-6c0f0f1a2b3c',
    amount: { amount: 1250, currency: 'EUR' },
    paymentMethodId: '9d3c1f7a-6a55-4f0e-8c38-0f3a4b5c6d7e',
    customerId: '7f0580f7-004c-47e3-8971-514ed17e7fd7',
  };
  const asked = await orderProducer(bus).authorizePayment({ data });
  await bus.settled();

  expect(running.journal.received).toMatchObject([{ id: asked.id, verdict: 'valid', violations: [] }]);
  expect(handlers.received.paymentAuthorized).toMatchObject([
    { causationid: asked.id, correlationid: asked.id, data: { orderId: data.orderId, amount: data.amount } },
  ]);
  await order.stop();
  await bus.close();
});
