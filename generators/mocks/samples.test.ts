import { describe, expect, it } from 'vitest';
import { cancelOrder, orderPlaced } from '../golden/orders/samples.ts';
import { isCancelOrder, isOrderPlaced } from '../golden/orders/validators.ts';

describe('samples', () => {
  it('are valid, follow from their seed, and take overrides', () => {
    for (const sample of orderPlaced.list(100, { seed: 7 })) expect(isOrderPlaced(sample)).toBe(true);
    expect(orderPlaced.list(5, { seed: 7 })).toEqual(orderPlaced.list(5, { seed: 7 }));
    expect(orderPlaced.sample({ buyer: { vip: true } }, { seed: 1 }).buyer.vip).toBe(true);
  });

  it('have neighbours that the contract refuses, each wrong in one place', () => {
    const neighbours = orderPlaced.invalids(200, { seed: 7 });
    for (const { value } of neighbours) expect(isOrderPlaced(value)).toBe(false);
    expect(new Set(neighbours.map((it) => it.change)).size).toBeGreaterThan(4);
    expect(new Set(neighbours.map((it) => it.pointer)).size).toBeGreaterThan(8);
    expect(orderPlaced.invalids(5, { seed: 7 })).toEqual(orderPlaced.invalids(5, { seed: 7 }));
  });

  it('are made wrong where a test wants it', () => {
    const { value, pointer } = orderPlaced.invalid({ at: '/meta/time' });
    expect(pointer).toBe('/meta/time');
    expect(isOrderPlaced(value)).toBe(false);
    // @ts-expect-error: the type knows no such place.
    expect(() => orderPlaced.invalid({ at: '/meta/tiem' })).toThrow(/nothing that is done at \/meta\/tiem/);
    expect(isCancelOrder(cancelOrder.invalid({ at: '/order-id' }).value)).toBe(false);
  });
});
