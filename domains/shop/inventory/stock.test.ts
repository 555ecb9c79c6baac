import { fold, isRefusal } from '@chirograph/runtime';
import { specification } from '@chirograph/runtime/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  availableOf,
  LOW_STOCK,
  RESERVATION_TIME,
  reservedOf,
  type StockCommand,
  type StockEvent,
  stock,
} from './stock.ts';

const given = specification(stock);

const NOW = Date.UTC(2026, 1, 3);
const time = new Date(NOW).toISOString();
const about = { inventoryId: 'i-1', productId: 'p-1' };
const opened: StockEvent = { type: 'RecordOpened', ...about, productName: 'Cup' };

const set = (newValue: number, previousValue = 0): StockEvent => ({
  type: 'InventoryQuantitySet',
  data: { ...about, previousValue, newValue, reason: 'Count', userId: 'admin-1', timestamp: time },
});
const reserved = (quantity: number, orderId = 'o-1'): StockEvent => ({
  type: 'InventoryReserved',
  data: { ...about, quantity, orderId, reservedAt: time },
});
const released = (
  quantity: number,
  reason: 'ORDER_CANCELLED' | 'RESERVATION_EXPIRED' | 'PAYMENT_FAILED',
  at = time,
) =>
  ({
    type: 'InventoryReleased',
    data: { ...about, quantity, reason, orderId: 'o-1', releasedAt: at },
  }) satisfies StockEvent;
const low = (currentStock: number): StockEvent => ({
  type: 'LowStockAlert',
  data: { ...about, currentStock, threshold: LOW_STOCK, triggeredAt: time },
});
const out: StockEvent = { type: 'OutOfStock', data: { ...about, triggeredAt: time } };

const count = (quantity: number) =>
  ({ type: 'SetQuantity', quantity, reason: 'Count', admin: 'admin-1', at: NOW }) as const;
const adjust = (adjustment: number) =>
  ({ type: 'Adjust', adjustment, reason: 'Broken', admin: 'admin-1', at: NOW }) as const;
const reserve = (quantity: number, orderId = 'o-1') =>
  ({ type: 'Reserve', orderId, quantity, at: NOW }) as const;
const release = (quantity: number) =>
  ({ type: 'Release', orderId: 'o-1', quantity, reason: 'PAYMENT_FAILED', at: NOW }) as const;

describe('a count', () => {
  it('sets the stock', () => given(opened).when(count(20)).then(set(20)));
  it('is not negative, and not below what is reserved', () => {
    given(opened).when(count(-1)).refuses('NEGATIVE_QUANTITY');
    given(opened, set(20), reserved(3)).when(count(2)).refuses('NEGATIVE_QUANTITY');
  });
  it('is of a product that is there', () => {
    given().when(count(1)).refuses('PRODUCT_NOT_FOUND');
    given(opened, { type: 'RecordClosed' }).when(count(1)).refuses('PRODUCT_NOT_FOUND');
  });
  it('is entered by admins alone', () =>
    given(opened)
      .when({ ...count(1), admin: undefined })
      .refuses('NOT_AN_ADMIN'));
});

describe('a correction', () => {
  it('goes up and down', () => {
    const adjusted = (adjustment: number, newValue: number): StockEvent => ({
      type: 'InventoryAdjusted',
      data: { ...about, adjustment, newValue, reason: 'Broken', userId: 'admin-1', timestamp: time },
    });
    given(opened, set(20)).when(adjust(-3)).then(adjusted(-3, 17));
    given(opened, set(20)).when(adjust(5)).then(adjusted(5, 25));
  });
  it('leaves no negative stock, and what is reserved', () => {
    given(opened, set(2)).when(adjust(-3)).refuses('WOULD_RESULT_IN_NEGATIVE_STOCK');
    given(opened, set(20), reserved(18)).when(adjust(-3)).refuses('WOULD_RESULT_IN_NEGATIVE_STOCK');
  });
  it('is of a product that is there', () => given().when(adjust(1)).refuses('PRODUCT_NOT_FOUND'));
  it('is entered by admins alone', () =>
    given(opened)
      .when({ ...adjust(1), admin: undefined })
      .refuses('NOT_AN_ADMIN'));
});

describe('a reservation', () => {
  it('sets stock aside', () => given(opened, set(20)).when(reserve(2)).then(reserved(2)));
  it('is not more than is available', () =>
    given(opened, set(20), reserved(18)).when(reserve(3, 'o-2')).refuses('INSUFFICIENT_AVAILABLE_STOCK'));
  it('is made once for an order', () => given(opened, set(20), reserved(2)).when(reserve(2)).then());
  it('is of a product that is there', () => {
    given().when(reserve(1)).refuses('PRODUCT_NOT_FOUND');
    given(opened, { type: 'RecordClosed' }).when(reserve(1)).refuses('PRODUCT_NOT_FOUND');
  });

  it('is released', () =>
    given(opened, set(20), reserved(2)).when(release(2)).then(released(2, 'PAYMENT_FAILED')));
  it('is released no further than it went', () => {
    given(opened, set(20), reserved(2)).when(release(3)).refuses('QUANTITY_EXCEEDS_RESERVED');
    given(opened, set(20)).when(release(1)).refuses('QUANTITY_EXCEEDS_RESERVED');
  });
  it('is released when its order is cancelled', () => {
    const cancel = { type: 'ReleaseOrder', orderId: 'o-1', at: NOW } as const;
    given(opened, set(20), reserved(2)).when(cancel).then(released(2, 'ORDER_CANCELLED'));
    given(opened, set(20), reserved(2), released(2, 'ORDER_CANCELLED')).when(cancel).then();
  });

  const expire = (after: number) => ({ type: 'ExpireReservations', at: NOW + after }) as const;
  const end = new Date(NOW + RESERVATION_TIME).toISOString();
  it('runs out', () => {
    given(opened, set(20), reserved(2))
      .when(expire(RESERVATION_TIME - 1))
      .then();
    given(opened, set(20), reserved(2))
      .when(expire(RESERVATION_TIME))
      .then(released(2, 'RESERVATION_EXPIRED', end));
  });
  it('does not run out once the order stands', () => {
    const tied: StockEvent = { type: 'ReservationTied', orderId: 'o-1' };
    given(opened, set(20), reserved(2)).when({ type: 'Tie', orderId: 'o-1', at: NOW }).then(tied);
    given(opened, set(20), reserved(2), tied)
      .when(expire(2 * RESERVATION_TIME))
      .then();
  });
  it('is deducted when its order is shipped, once', () => {
    const deduct = { type: 'Deduct', orderId: 'o-1', at: NOW } as const;
    const deducted: StockEvent = {
      type: 'InventoryDeducted',
      data: { ...about, quantity: 2, orderId: 'o-1', deductedAt: time },
    };
    given(opened, set(20), reserved(2)).when(deduct).then(deducted);
    given(opened, set(20), reserved(2), deducted).when(deduct).then();
  });
});

describe('an alert', () => {
  it('says once that stock is low', () => {
    given(opened, set(6)).when(reserve(2)).then(reserved(2), low(4));
    given(opened, set(6), reserved(2), low(4)).when(reserve(1, 'o-2')).then(reserved(1, 'o-2'));
  });
  it('says once that there is none', () => {
    given(opened, set(6), reserved(2), low(4)).when(reserve(4, 'o-2')).then(reserved(4, 'o-2'), out);
    given(opened, set(6)).when(reserve(6)).then(reserved(6), low(0), out);
  });
  it('says it anew after there was more', () =>
    given(opened, set(6), reserved(2), low(4), set(20, 6), set(6, 20))
      .when(reserve(1, 'o-2'))
      .then(reserved(1, 'o-2'), low(3)));
  it('is silent at the threshold, and when stock rises', () => {
    given(opened, set(6)).when(reserve(1)).then(reserved(1));
    given(opened).when(count(3)).then(set(3));
  });
});

describe('whatever is asked, by however many orders', () => {
  const commands: fc.Arbitrary<readonly StockCommand[]> = fc.array(
    fc
      .record({
        kind: fc.constantFrom(
          'count',
          'adjust',
          'reserve',
          'release',
          'tie',
          'deduct',
          'cancel',
          'expire',
          'close',
        ),
        order: fc.nat(4),
        quantity: fc.integer({ min: -5, max: 12 }),
        minutes: fc.nat(40),
      })
      .map(({ kind, order, quantity, minutes }): StockCommand => {
        const [orderId, at] = [`o-${order}`, NOW + minutes * 60_000];
        switch (kind) {
          case 'count':
            return { ...count(quantity), at };
          case 'adjust':
            return { ...adjust(quantity), at };
          case 'reserve':
            return { type: 'Reserve', orderId, quantity: Math.max(1, quantity), at };
          case 'release':
            return {
              type: 'Release',
              orderId,
              quantity: Math.max(1, quantity),
              reason: 'PAYMENT_FAILED',
              at,
            };
          case 'tie':
            return { type: 'Tie', orderId, at };
          case 'deduct':
            return { type: 'Deduct', orderId, at };
          case 'cancel':
            return { type: 'ReleaseOrder', orderId, at };
          case 'expire':
            return { type: 'ExpireReservations', at };
          default:
            return { type: 'CloseRecord', at };
        }
      }),
    { maxLength: 60 },
  );

  function historyOf(asked: readonly StockCommand[]): readonly StockEvent[] {
    const history: StockEvent[] = [opened];
    for (const command of asked) {
      const decision = stock.decide(command, fold(stock, history));
      if (!isRefusal(decision)) history.push(...decision);
    }
    return history;
  }

  it('stock is never negative, and never less than what is reserved', () => {
    fc.assert(
      fc.property(commands, (asked) => {
        const history = historyOf(asked);
        for (let length = 1; length <= history.length; length += 1) {
          const state = fold(stock, history.slice(0, length));
          if (state.kind === 'unknown') continue;
          expect(state.onHand).toBeGreaterThanOrEqual(0);
          expect(reservedOf(state)).toBeLessThanOrEqual(state.onHand);
        }
      }),
    );
  });

  it('what was reserved is released, deducted, or still reserved: nothing is lost, nothing comes twice', () => {
    fc.assert(
      fc.property(commands, (asked) => {
        const history = historyOf(asked);
        const sum = (type: 'InventoryReserved' | 'InventoryReleased' | 'InventoryDeducted') =>
          history.reduce((total, it) => (it.type === type ? total + it.data.quantity : total), 0);
        const state = fold(stock, history);
        const left = state.kind === 'unknown' ? 0 : reservedOf(state);
        expect(sum('InventoryReserved')).toBe(sum('InventoryReleased') + sum('InventoryDeducted') + left);
      }),
    );
  });

  it('alerts are true when they are given', () => {
    fc.assert(
      fc.property(commands, (asked) => {
        const history = historyOf(asked);
        for (const [index, event] of history.entries()) {
          const available = availableOf(fold(stock, history.slice(0, index + 1)));
          if (event.type === 'OutOfStock') expect(available).toBe(0);
          if (event.type === 'LowStockAlert') expect(event.data.currentStock).toBeLessThan(LOW_STOCK);
        }
      }),
    );
  });
});
