import { type EventMatchers, eventMatchers, testBus } from '@chirograph/runtime/testing';
import { describe, expect, it } from 'vitest';
import { shopFloorConsumer } from '../golden/warehouse/consumers/shop-floor.ts';
import { fakeShopFloorHandlers } from '../golden/warehouse/fakes/shop-floor.ts';
import { fakeWarehouseProducer } from '../golden/warehouse/fakes/warehouse.ts';
import { warehouseProducer } from '../golden/warehouse/producers/warehouse.ts';
import { countStock, stockCounted, stockMoved } from '../golden/warehouse/samples.ts';

declare module 'vitest' {
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown>
    extends EventMatchers<R> {}
}
expect.extend(eventMatchers);

/** The doubles, used as somebody tests a service of his own. */
describe('a fake producer', () => {
  it('tells what was sent, filled and typed, and where', async () => {
    const warehouse = fakeWarehouseProducer({ newId: () => '3f1c0f5e-7f4e-4c3b-9d55-0a6f1c1f2b7d' });
    const moved = stockMoved.sample({ data: { sku: 'mug' } });
    await warehouse.stockMovedOnMoved(
      { data: moved.data },
      { headers: { attempts: 1 }, parameters: { site: 'cork', 'zone-id': 'a1' } },
    );
    expect(warehouse.sent.stockMovedOnMoved[0]?.meta.id).toBe('3f1c0f5e-7f4e-4c3b-9d55-0a6f1c1f2b7d');
    expect(warehouse.sent.stockMoved).toEqual([]);
    expect(warehouse.published).toContainEvent('stock.moved', { data: { sku: 'mug' } });
    expect(warehouse.published[0]?.message).toMatchObject({
      channel: 'warehouse.cork.a1.moved',
      headers: { attempts: '1' },
      key: 'mug',
    });
  });

  it('refuses what the real one refuses, and notes nothing of it', async () => {
    const warehouse = fakeWarehouseProducer();
    const { requestId } = countStock.sample();
    await expect(warehouse.stockCounted({ requestId, quantity: -1 })).rejects.toThrow(
      '/quantity should be 0 or more',
    );
    expect(warehouse.sent.stockCounted).toEqual([]);
    expect(warehouse.published).toEqual([]);
  });
});

describe('fake handlers', () => {
  it('tell what was received, and let one of them be your own', async () => {
    const bus = testBus();
    const handlers = fakeShopFloorHandlers();
    const own: number[] = [];
    const consumer = shopFloorConsumer(
      bus,
      {
        store: bus.store,
        clock: bus.clock,
        upcasters: {
          'stock.counted@0.9': (old) => ({ ...old, quantity: Number.parseInt(old.quantity, 10) }),
        },
        channels: { replyTo: 'shop-floor.inbox' },
      },
      { ...handlers, stockMoved: ({ data }) => void own.push(data.quantity) },
    );
    await consumer.start();
    const real = warehouseProducer(bus);
    const counted = stockCounted.sample();
    await real.stockCounted(counted);
    await real.stockMoved(
      { data: stockMoved.sample({ data: { quantity: 7 } }).data },
      { headers: { attempts: 1 } },
    );
    await bus.settled();
    expect(handlers.received.stockCounted).toEqual([counted]);
    expect(own).toEqual([7]);
    await bus.close();
  });
});
