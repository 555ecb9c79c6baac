import { specification } from '@chirograph/runtime/testing';
import { describe, it } from 'vitest';
import { type OrderEvent, order, PAYMENT_TIME } from './order.ts';

const given = specification(order);

const DAY = 86_400_000;
const EUR = (amount: number) => ({ amount, currency: 'EUR' });
const terms = { type: 'full_refund', refund_period_days: 30, max_progress: 20 } as const;
const half = { type: 'partial_refund', refund_period_days: 14, refund_percentage: 50 } as const;
const offer = { courseId: 'c-1', status: 'offered', price: EUR(4_900), terms, isOpen: false } as const;
const other = { ...offer, courseId: 'c-2', price: EUR(3_900), terms: half };
const ids = { order_id: 'o-1', user_id: 'u-1' };

const place = {
  type: 'PlaceOrder',
  orderId: 'o-1',
  userId: 'u-1',
  isUserKnown: true,
  offers: [offer, other],
  at: 0,
} as const;
const pay = { type: 'PayOrder', paymentId: 'pay-1', at: 0 } as const;
const cancel = { type: 'CancelOrder' } as const;
const standings = [
  { courseId: 'c-1', progress: 20, isDeprecated: false },
  { courseId: 'c-2', progress: 0, isDeprecated: false },
];
const refund = { type: 'RefundOrder', reason: 'requested_by_user', standings, at: 0 } as const;

const placed: OrderEvent = {
  type: 'OrderPlaced',
  data: { ...ids, course_ids: ['c-1', 'c-2'], total_amount: EUR(8_800) },
  lines: [
    { courseId: 'c-1', price: 4_900, terms },
    { courseId: 'c-2', price: 3_900, terms: half },
  ],
  at: 0,
};
const paid: OrderEvent = {
  type: 'OrderPaid',
  data: { ...ids, course_ids: ['c-1', 'c-2'], payment_id: 'pay-1' },
  at: 0,
};
const cancelled: OrderEvent = { type: 'OrderCancelled', data: ids };
const refunded = (
  amount: number,
  refund_reason: typeof refund.reason | 'charged_twice' | 'course_deprecated' = 'requested_by_user',
): OrderEvent => ({
  type: 'OrderRefunded',
  data: { ...ids, course_ids: ['c-1', 'c-2'], refund_reason },
  amount: EUR(amount),
});

describe('an order', () => {
  it('is placed, once: its total is the sum of the prices', () => {
    given().when(place).then(placed);
    given(placed).when(place).refuses('order-exists');
  });
  it('is a user’s', () =>
    given()
      .when({ ...place, isUserKnown: false })
      .refuses('user-not-found'));
  it.each([
    ['no courses', [], 'no-courses'],
    ['a course twice', [offer, offer], 'course-twice'],
    ['a course that is none', [offer, { ...other, status: 'unknown' }], 'course-not-found'],
    ['a deprecated course', [offer, { ...other, status: 'deprecated' }], 'course-deprecated'],
    ['a course without a price', [{ ...offer, price: undefined }], 'course-not-for-sale'],
    ['a course without a policy', [{ ...offer, terms: undefined }], 'course-not-for-sale'],
    ['a course that is open to the user', [{ ...offer, isOpen: true }], 'access-held'],
    [
      'prices in two currencies',
      [offer, { ...other, price: { amount: 1, currency: 'USD' } }],
      'currencies-differ',
    ],
  ] as const)('does not have %s', (_, offers, failure) => {
    given()
      .when({ ...place, offers })
      .refuses(failure);
  });
  it('is paid, or cancelled, and that once', () => {
    given(placed).when(pay).then(paid);
    given(placed).when(cancel).then(cancelled);
    for (const command of [{ ...pay, paymentId: 'pay-2' }, cancel]) {
      given(placed, paid).when(command).refuses('order-paid');
      given(placed, cancelled).when(command).refuses('order-cancelled');
      given(placed, paid, refunded(8_800)).when(command).refuses('order-refunded');
    }
  });
  it('may be told twice of its payment', () => {
    given(placed, paid).when(pay).then();
    given(placed, paid, refunded(8_800)).when(pay).then();
  });
  it('is there', () => {
    for (const command of [pay, cancel, refund, { type: 'CancelUnpaid', at: 0 } as const]) {
      given().when(command).refuses('order-not-found');
    }
  });
  it('is cancelled by itself when it is not paid in time', () => {
    const unpaid = { type: 'CancelUnpaid', at: PAYMENT_TIME } as const;
    given(placed).when(unpaid).then(cancelled);
    given(placed)
      .when({ ...unpaid, at: PAYMENT_TIME - 1 })
      .then();
    given(placed, paid).when(unpaid).then();
  });
});

describe('a refund', () => {
  it('is what the policies of the courses give, as they were when it was ordered', () =>
    given(placed, paid)
      .when(refund)
      .then(refunded(4_900 + 1_950)));
  it('is for what was paid, once', () => {
    given(placed).when(refund).refuses('order-not-paid');
    given(placed, cancelled).when(refund).refuses('order-not-paid');
    given(placed, paid, refunded(6_850)).when(refund).refuses('order-refunded');
  });
  it('is refused when one policy does not allow it', () => {
    given(placed, paid)
      .when({ ...refund, at: 14 * DAY + 1 })
      .refuses('refund-period-over');
    given(placed, paid)
      .when({ ...refund, standings: [{ courseId: 'c-1', progress: 21, isDeprecated: false }] })
      .refuses('progress-too-high');
    const none = { type: 'no_refund', refund_period_days: 0 } as const;
    given({ ...placed, lines: [{ courseId: 'c-1', price: 8_800, terms: none }] }, paid)
      .when(refund)
      .refuses('no-refund');
  });
  it('is of everything, whatever the policies say, when the user was charged twice', () =>
    given(placed, paid)
      .when({ ...refund, reason: 'charged_twice', at: 400 * DAY })
      .then(refunded(8_800, 'charged_twice')));
  it('is of everything when a course is deprecated, and then alone for that reason', () => {
    const because = { ...refund, reason: 'course_deprecated', at: 400 * DAY } as const;
    given(placed, paid).when(because).refuses('no-course-deprecated');
    given(placed, paid)
      .when({ ...because, standings: [{ courseId: 'c-2', progress: 90, isDeprecated: true }] })
      .then(refunded(8_800, 'course_deprecated'));
  });
});
