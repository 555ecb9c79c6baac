import type { LineItem } from '@chirograph/generated/shop/types';
import { fold, isRefusal } from '@chirograph/runtime';
import { specification } from '@chirograph/runtime/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CancelOrder,
  type OrderCommand,
  type OrderEvent,
  type OrderGivenUp,
  order,
  type PlaceOrder,
  REFUND_TRIES,
  REFUND_WAIT,
} from './order.ts';
import { priceOf } from './price.ts';

const given = specification(order);

const NOW = Date.UTC(2026, 1, 3);
const time = new Date(NOW).toISOString();
const euros = (amount: number) => ({ amount, currency: 'EUR' });
const lineItems: readonly LineItem[] = [
  { productId: 'p-1', variantId: 'v-1', quantity: 2, unitPrice: euros(2_495) },
  { productId: 'p-2', quantity: 1, unitPrice: euros(1_000) },
];
const shippingAddress = { street: 'S', city: 'C', state: 'T', postalCode: '20457', country: 'DE' };
const about = { orderId: 'o-1', orderNumber: '2026-000001' };

const place: PlaceOrder = {
  type: 'PlaceOrder',
  ...about,
  commandId: 'm-1',
  customerId: 'c-1',
  customer: { isVerified: true, shippingAddress },
  cart: { cartId: 'k-1', lineItems },
  paymentMethodId: 'pm-1',
  isAnotherUnderWay: false,
  at: NOW,
};
const opened: OrderEvent = {
  type: 'OrderOpened',
  ...about,
  commandId: 'm-1',
  customerId: 'c-1',
  cartId: 'k-1',
  lineItems,
  shippingAddress,
  paymentMethodId: 'pm-1',
};
const held = (productId: string, quantity: number): OrderEvent => ({
  type: 'StockHeld',
  productId,
  quantity,
});
const due: OrderEvent = { type: 'PaymentDue', amount: euros(7_711) };
const stocked = [opened, held('p-1', 2), held('p-2', 1), due];
const price = {
  subtotal: euros(5_990),
  shippingCost: euros(490),
  tax: euros(1_231),
  totalAmount: euros(7_711),
};
const placed: OrderEvent = {
  type: 'OrderPlaced',
  data: { ...about, customerId: 'c-1', lineItems, ...price, shippingAddress, createdAt: time },
};
const pending = [...stocked, placed];
const confirmed: OrderEvent = {
  type: 'OrderConfirmed',
  data: { ...about, confirmedAt: time, confirmedBy: 'admin-1' },
};
const shipped: OrderEvent = {
  type: 'OrderShipped',
  data: { ...about, trackingNumber: 'T-1', carrier: 'DHL', shippedAt: time },
};
const delivered: OrderEvent = { type: 'OrderDelivered', data: { ...about, deliveredAt: time } };
const cancelled: OrderEvent = {
  type: 'OrderCancelled',
  data: { ...about, customerId: 'c-1', reason: 'Wrong colour', lineItems, cancelledAt: time },
};
const givenUp = (changes: Partial<OrderGivenUp> = {}): OrderEvent => ({
  type: 'OrderGivenUp',
  failure: 'OUT_OF_STOCK',
  message: 'None left.',
  held: [],
  reason: 'OUT_OF_STOCK',
  ...changes,
});

const note = (productId: string, quantity: number) =>
  ({ type: 'NoteReservation', productId, quantity }) as const;
const authorized = (amount = 7_711) =>
  ({ type: 'NoteAuthorization', amount: euros(amount), at: NOW }) as const;
const confirm = { type: 'ConfirmOrder', admin: 'admin-1', at: NOW } as const;
const ship = { type: 'ShipOrder', trackingNumber: 'T-1', carrier: 'DHL', admin: 'admin-1', at: NOW } as const;
const deliver = { type: 'DeliverOrder', admin: 'admin-1', at: NOW } as const;
const cancel: CancelOrder = {
  type: 'CancelOrder',
  reason: 'Wrong colour',
  by: { kind: 'customer', id: 'c-1' },
  at: NOW,
};

describe('placing', () => {
  it('opens the order', () => given().when(place).then(opened));
  it('opens it once', () => given(opened).when(place).then());
  it('is for customers who are known and verified', () => {
    given()
      .when({ ...place, customer: undefined })
      .refuses('CUSTOMER_NOT_FOUND');
    given()
      .when({ ...place, customer: { isVerified: false, shippingAddress } })
      .refuses('EMAIL_NOT_VERIFIED');
  });
  it('needs an address of theirs, and something in the cart', () => {
    given()
      .when({ ...place, customer: { isVerified: true, shippingAddress: undefined } })
      .refuses('SHIPPING_ADDRESS_NOT_FOUND');
    given()
      .when({ ...place, cart: { cartId: 'k-1', lineItems: [] } })
      .refuses('CART_EMPTY');
  });
  it('waits for another order that is being placed', () =>
    given()
      .when({ ...place, isAnotherUnderWay: true })
      .refuses('ORDER_UNDER_WAY'));

  it('asks for the payment when all stock is there, and not before', () => {
    given(opened).when(note('p-1', 2)).then(held('p-1', 2));
    given(opened, held('p-1', 2)).when(note('p-2', 1)).then(held('p-2', 1), due);
    given(opened, held('p-1', 2)).when(note('p-1', 2)).then();
  });
  it('is done when the payment is there: items, shipping, and the tax on both', () =>
    given(...stocked)
      .when(authorized())
      .then(placed));
  it('does not take a payment of another amount', () =>
    expect(() => given(...stocked).when(authorized(7_710))).toThrow('authorized was 7710'));
  it('is given up when stock cannot be had, and what was held is released', () =>
    given(opened, held('p-1', 2))
      .when({ type: 'NoteReservationRefused', productId: 'p-2', message: 'None left.' })
      .then(givenUp({ held: [{ productId: 'p-1', quantity: 2 }] })));
  it('is given up when the payment is refused', () =>
    given(...stocked)
      .when({ type: 'NotePaymentRefused', message: 'The card was declined.' })
      .then(
        givenUp({
          failure: 'PAYMENT_FAILED',
          message: 'The card was declined.',
          reason: 'PAYMENT_FAILED',
          held: [
            { productId: 'p-1', quantity: 2 },
            { productId: 'p-2', quantity: 1 },
          ],
        }),
      ));
  it('is given up when a reservation runs out, and the others are released', () =>
    given(...stocked)
      .when({ type: 'NoteReservationExpired', productId: 'p-1' })
      .then(
        givenUp({
          message: 'It took too long; please order again.',
          reason: 'RESERVATION_EXPIRED',
          held: [{ productId: 'p-2', quantity: 1 }],
        }),
      ));
  it('gives back what comes too late', () => {
    given(opened, givenUp())
      .when(note('p-2', 1))
      .then({ type: 'StockReturned', productId: 'p-2', quantity: 1, reason: 'OUT_OF_STOCK' });
    given(...stocked, givenUp())
      .when(authorized())
      .then({ type: 'PaymentReturned', amount: euros(7_711) });
  });
  it('does not end twice', () => {
    given(...pending)
      .when({ type: 'NotePaymentRefused', message: 'Late.' })
      .then();
    given(...pending)
      .when({ type: 'NoteReservationExpired', productId: 'p-1' })
      .then();
    given(...pending)
      .when(authorized())
      .then();
  });
});

describe('an order that stands', () => {
  it('is confirmed, shipped, delivered', () => {
    given(...pending)
      .when(confirm)
      .then(confirmed);
    given(...pending, confirmed)
      .when(ship)
      .then(shipped);
    given(...pending, confirmed, shipped)
      .when(deliver)
      .then(delivered);
  });
  it('goes no other way', () => {
    const lives = [[], [confirmed], [confirmed, shipped], [confirmed, shipped, delivered], [cancelled]];
    const allowed = new Map<OrderCommand, number>([
      [confirm, 0],
      [ship, 1],
      [deliver, 2],
    ]);
    for (const [command, at] of allowed) {
      for (const [index, life] of lives.entries()) {
        if (index === at) continue;
        given(...pending, ...life)
          .when(command)
          .refuses('INVALID_STATUS_TRANSITION');
      }
      given(...stocked)
        .when(command)
        .refuses('INVALID_STATUS_TRANSITION');
      given().when(command).refuses('ORDER_NOT_FOUND');
      given(...pending)
        .when({ ...command, admin: undefined } as OrderCommand)
        .refuses('NOT_AN_ADMIN');
    }
  });
  it('is not shipped without tracking', () => {
    for (const missing of [{ trackingNumber: ' ' }, { carrier: '' }]) {
      given(...pending, confirmed)
        .when({ ...ship, ...missing })
        .refuses('MISSING_TRACKING');
    }
  });
});

describe('cancelling', () => {
  it('is for pending and confirmed orders', () => {
    given(...pending)
      .when(cancel)
      .then(cancelled);
    given(...pending, confirmed)
      .when(cancel)
      .then(cancelled);
    given(...pending)
      .when({ ...cancel, by: { kind: 'admin', id: 'admin-1' } })
      .then(cancelled);
  });
  it('comes too late for what is shipped', () => {
    given(...pending, confirmed, shipped)
      .when(cancel)
      .refuses('ALREADY_SHIPPED');
    given(...pending, confirmed, shipped, delivered)
      .when(cancel)
      .refuses('ALREADY_SHIPPED');
  });
  it('happens once, and to an order that stands', () => {
    given(...pending, cancelled)
      .when(cancel)
      .refuses('INVALID_STATUS_TRANSITION');
    given(...stocked)
      .when(cancel)
      .refuses('INVALID_STATUS_TRANSITION');
    given().when(cancel).refuses('ORDER_NOT_FOUND');
  });
  it("does not say that there is somebody else's order", () => {
    for (const by of [{ kind: 'customer', id: 'c-2' } as const, undefined]) {
      given(...pending)
        .when({ ...cancel, by })
        .refuses('ORDER_NOT_FOUND');
    }
  });
});

describe('a refund', () => {
  const failed = (at: number) => ({ type: 'NoteRefundFailed', at }) as const;
  const delayed = (retryAt: number | 'never'): OrderEvent => ({ type: 'RefundDelayed', retryAt });
  const again = { type: 'AskForRefundAgain', at: NOW + REFUND_WAIT } as const;
  const dueAgain: OrderEvent = { type: 'RefundDueAgain', amount: euros(7_711) };
  const waiting = [...pending, cancelled, delayed(NOW + REFUND_WAIT)];

  it('is noted once', () => {
    given(...pending, cancelled)
      .when({ type: 'NoteRefund' })
      .then({ type: 'RefundNoted' });
    given(...pending, cancelled, { type: 'RefundNoted' })
      .when({ type: 'NoteRefund' })
      .then();
  });
  it('that fails is asked for again after a while', () => {
    given(...pending, cancelled)
      .when(failed(NOW))
      .then(delayed(NOW + REFUND_WAIT));
    given(...waiting)
      .when({ ...again, at: NOW })
      .then();
    given(...waiting)
      .when(again)
      .then(dueAgain);
    given(...waiting, dueAgain)
      .when(again)
      .then();
  });
  it('is left to people in the end', () => {
    const tries = Array.from({ length: REFUND_TRIES }, () => [delayed(NOW), dueAgain]).flat();
    given(...pending, cancelled, ...tries)
      .when(failed(NOW))
      .then(delayed('never'));
  });
  it('that came is not asked for again', () =>
    given(...pending, cancelled, { type: 'RefundNoted' })
      .when(failed(NOW))
      .then());
});

describe('whatever is answered, in whatever order', () => {
  const answers: fc.Arbitrary<readonly OrderCommand[]> = fc.array(
    fc.constantFrom<OrderCommand>(
      note('p-1', 2),
      note('p-2', 1),
      { type: 'NoteReservationRefused', productId: 'p-2', message: 'None left.' },
      { type: 'NoteReservationExpired', productId: 'p-1' },
      authorized(),
      { type: 'NotePaymentRefused', message: 'Declined.' },
      confirm,
      ship,
      deliver,
      cancel,
      { type: 'NoteRefund' },
      { type: 'NoteRefundFailed', at: NOW },
      again(),
    ),
    { maxLength: 30 },
  );

  function again(): OrderCommand {
    return { type: 'AskForRefundAgain', at: NOW + REFUND_WAIT };
  }

  function historyOf(asked: readonly OrderCommand[]): readonly OrderEvent[] {
    const history: OrderEvent[] = [opened];
    for (const command of asked) {
      // Nobody authorizes what was not asked for.
      if (command.type === 'NoteAuthorization' && !history.some(({ type }) => type === 'PaymentDue'))
        continue;
      const decision = order.decide(command, fold(order, history));
      if (!isRefusal(decision)) history.push(...decision);
    }
    return history;
  }

  it('an order stands or is given up, not both; it stands with all its stock and its payment', () => {
    fc.assert(
      fc.property(answers, (asked) => {
        const types = historyOf(asked).map(({ type }) => type);
        const count = (type: OrderEvent['type']) => types.filter((it) => it === type).length;
        expect(count('OrderPlaced') + count('OrderGivenUp')).toBeLessThanOrEqual(1);
        if (count('OrderPlaced') === 1) {
          const before = types.slice(0, types.indexOf('OrderPlaced'));
          expect(before.filter((it) => it === 'StockHeld')).toHaveLength(2);
          expect(before).toContain('PaymentDue');
        }
      }),
    );
  });

  it('the life of an order has one direction', () => {
    const way = ['OrderPlaced', 'OrderConfirmed', 'OrderShipped', 'OrderDelivered'];
    fc.assert(
      fc.property(answers, (asked) => {
        const types = historyOf(asked).map(({ type }) => type as string);
        const life = types.filter((it) => way.includes(it));
        expect(life).toEqual(way.slice(0, life.length));
        const end = types.indexOf('OrderCancelled');
        if (end >= 0) expect(types.slice(end + 1).some((it) => way.includes(it))).toBe(false);
        if (end >= 0) expect(life).not.toContain('OrderShipped');
      }),
    );
  });
});

describe('a price', () => {
  it('is of one currency, and of something', () => {
    expect(() => priceOf([])).toThrow('no price');
    expect(() =>
      priceOf([...lineItems, { productId: 'p', quantity: 1, unitPrice: { amount: 1, currency: 'USD' } }]),
    ).toThrow('several currencies');
  });
  it('is the sum of its parts', () => {
    const item = fc.record({
      productId: fc.constant('p'),
      quantity: fc.integer({ min: 1, max: 99 }),
      unitPrice: fc.integer({ min: 1, max: 1_000_000 }).map(euros),
    });
    fc.assert(
      fc.property(fc.array(item, { minLength: 1 }), (items) => {
        const { subtotal, shippingCost, tax, totalAmount } = priceOf(items);
        expect(totalAmount.amount).toBe(subtotal.amount + shippingCost.amount + tax.amount);
      }),
    );
  });
});
