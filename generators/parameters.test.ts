import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { testBus } from '@chirograph/runtime/testing';
import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  type ShopFloorChannels,
  type ShopFloorUpcasters,
  shopFloorConsumer,
} from './golden/warehouse/consumers/shop-floor.ts';
import { warehouseConsumer } from './golden/warehouse/consumers/warehouse.ts';
import { shopFloorProducer } from './golden/warehouse/producers/shop-floor.ts';
import { warehouseProducer } from './golden/warehouse/producers/warehouse.ts';

/** What is generated for channels with parameters, used as a service would. */
describe('a channel with parameters', () => {
  it('is sent to by its values and received from by its form', async () => {
    const bus = testBus();
    const options = { store: bus.store, clock: bus.clock };
    const asked: string[] = [];
    const answered: string[] = [];
    const warehouse = warehouseProducer(bus);
    await warehouseConsumer(bus, options, {
      async countStock({ requestId }, { received, ...context }) {
        expectTypeOf(received.parameters).toEqualTypeOf<{ readonly sku: string }>();
        asked.push(received.parameters.sku);
        const site = received.parameters.sku === 'mug' ? 'cork' : undefined;
        await warehouse.stockCounted(
          { requestId, quantity: 3 },
          { ...context, ...(site && { parameters: { site } }) },
        );
      },
    }).start();
    const upcasters: ShopFloorUpcasters = {
      'stock.counted@0.9': ({ quantity, ...old }) => ({ ...old, quantity: Number.parseInt(quantity, 10) }),
    };
    await shopFloorConsumer(
      bus,
      { ...options, upcasters, channels: { replyTo: 'shop-floor.inbox' } },
      {
        deleteMessage() {},
        stockCounted(_, { received }) {
          expectTypeOf(received.parameters.site).toEqualTypeOf<'porto' | 'cork'>();
          answered.push(received.parameters.site);
        },
        stockMoved() {},
      },
    ).start();

    const floor = shopFloorProducer(bus);
    await floor.countStock({ requestId: '3f1c0f5e-7f4e-4c3b-9d55-0a6f1c1f2b7d', sku: 'mug' });
    await floor.countStock({ requestId: '4f1c0f5e-7f4e-4c3b-9d55-0a6f1c1f2b7d', sku: 'tray' });
    await bus.settled();
    expect(asked).toEqual(['mug', 'tray']);
    expect(answered).toEqual(['cork', 'porto']);
    expect(bus.published.map((it) => it.message.channel)).toEqual([
      'warehouse.mug.count',
      'warehouse.tray.count',
      'warehouse.cork.counted',
      'warehouse.porto.counted',
    ]);
    await bus.close();
  });

  it('whose address is not known before is received from where the options say', async () => {
    const bus = testBus();
    const deleted: string[] = [];
    const upcasters: ShopFloorUpcasters = { 'stock.counted@0.9': (old) => ({ ...old, quantity: 0 }) };
    const channels: ShopFloorChannels = { replyTo: 'shop-floor.inbox' };
    const handlers = {
      deleteMessage: ({ sku }: { sku: string }) => void deleted.push(sku),
      stockCounted() {},
      stockMoved() {},
    };
    const options = { store: bus.store, clock: bus.clock, upcasters };
    // @ts-expect-error nobody would know where to listen
    const deaf: Parameters<typeof shopFloorConsumer>[1] = options;
    expect(deaf).toBe(options);
    await shopFloorConsumer(bus, { ...options, channels }, handlers).start();
    const question = { requestId: '3f1c0f5e-7f4e-4c3b-9d55-0a6f1c1f2b7d', sku: 'mug' };
    await warehouseProducer(bus).deleteMessage(question, { channel: 'shop-floor.inbox' });
    await warehouseProducer(bus).deleteMessage({ ...question, sku: 'tray' }, { channel: 'elsewhere' });
    await bus.settled();
    expect(deleted).toEqual(['mug']);
    await bus.close();
  });

  it('does not compile with a wrong value, a wrong name, or none', () => {
    const { stockMovedOnMoved, stockCounted } = warehouseProducer({ publish: async () => [] });
    type Options = Parameters<typeof stockMovedOnMoved>[1];
    const headers = { attempts: 1 };
    const right = { headers, parameters: { site: 'cork', 'zone-id': 'a' } } as const satisfies Options;
    // @ts-expect-error no such site
    const wrong: Options = { headers, parameters: { site: 'oslo', 'zone-id': 'a' } };
    // @ts-expect-error the zone is missing
    const less: Options = { headers, parameters: { site: 'cork' } };
    // @ts-expect-error none at all
    const none: Options = { headers };
    // @ts-expect-error misspelt, though it need not be given
    const misspelt: Parameters<typeof stockCounted>[1] = { parameters: { sight: 'cork' } };
    expect([right, wrong, less, none, misspelt]).toHaveLength(5);
  });

  it('has one type for all versions of a message', () => {
    const folder = join(import.meta.dirname, 'golden/warehouse');
    const messages = readFileSync(join(folder, 'messages.ts'), 'utf8');
    expect(messages.match(/^export (?:interface|type) \w*StockCounted\w*Parameters\b/gm)).toEqual([
      'export interface StockCountedParameters',
      'export type NewStockCountedParameters',
    ]);
    expect(readFileSync(join(folder, 'consumers/shop-floor.ts'), 'utf8')).toContain(
      "stockCounted: Handler<StockCounted, unknown, StockCountedParameters> | 'awaited';",
    );
  });

  it('stands in lines that can be read', () => {
    const written = join(import.meta.dirname, '../generated');
    const files = readdirSync(written, { recursive: true, encoding: 'utf8' });
    const sides = files.filter((it) => /(consumers|producers|fakes)\/.*\.ts$/.test(it));
    const long = sides.filter((it) => /.{121,}/.test(readFileSync(join(written, it), 'utf8')));
    expect(sides).not.toEqual([]);
    expect(long).toEqual([]);
  });
});
