import type { RefundReason } from '@chirograph/generated/ticketing/types';
import { fold, isRefusal } from '@chirograph/runtime';
import { specification } from '@chirograph/runtime/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PaymentCommand, type PaymentEvent, payment } from './payment.ts';

const given = specification(payment);

const euros = (amount: number) => ({ amount, currency: 'EUR' });
const about = { paymentId: 'p-1', cartId: 'k-1', userId: 'u-1' };
const data = { ...about, orderIds: ['o-1', 'o-2'], amount: euros(300) };
const totals = [
  { orderId: 'o-1', total: euros(100) },
  { orderId: 'o-2', total: euros(200) },
];

const initiate = { type: 'InitiatePayment', ...data, isTokenValid: true, totals } as const;
const initiated: PaymentEvent = { type: 'PaymentInitiated', data, totals };
const confirm = { type: 'ConfirmPayment', providerReference: 'ch_1' } as const;
const confirmed: PaymentEvent = { type: 'PaymentConfirmed', data: { ...data, providerReference: 'ch_1' } };
const refund = (orderIds?: readonly string[], reason: RefundReason = 'CONCERT_CANCELLED') =>
  ({ type: 'RefundPayment', reason, orderIds }) as const;
const refunded = (
  amount: number,
  orderIds: readonly string[] = data.orderIds,
  reason: RefundReason = 'CONCERT_CANCELLED',
): PaymentEvent => ({
  type: 'PaymentRefunded',
  data: { ...about, orderIds, amount: euros(amount), reason },
});

describe('a payment', () => {
  it('is of the total of the orders', () => given().when(initiate).then(initiated));
  it.each([
    ['less', { amount: euros(299) }],
    ['more', { amount: euros(301) }],
    ['in another currency', { amount: { amount: 300, currency: 'USD' } }],
  ])('is not %s', (_, other) =>
    given()
      .when({ ...initiate, ...other })
      .refuses('THE_AMOUNT_IS_NOT_THE_TOTAL_OF_THE_ORDERS'),
  );
  it('is of orders that are open', () =>
    given()
      .when({ ...initiate, totals: [totals[0], undefined] })
      .refuses('AN_ORDER_IS_NOT_FOUND'));
  it('is made with what the provider knows', () =>
    given()
      .when({ ...initiate, isTokenValid: false })
      .refuses('THE_PAYMENT_INFORMATION_IS_NOT_VALID'));
  it('is made once under an id', () =>
    given(initiated).when(initiate).refuses('THERE_IS_A_PAYMENT_WITH_THIS_ID_ALREADY'));
  it('has to be there', () => {
    given().when(confirm).refuses('PAYMENT_NOT_FOUND');
    given().when(refund()).refuses('PAYMENT_NOT_FOUND');
  });

  it('is confirmed once, and not when it is closed', () => {
    given(initiated).when(confirm).then(confirmed);
    for (const life of [[confirmed], [refunded(0)], [confirmed, refunded(300)]]) {
      given(initiated, ...life)
        .when(confirm)
        .refuses('THE_PAYMENT_IS_CONFIRMED_OR_REFUNDED_ALREADY');
    }
  });
  it('is closed without money where none was collected, as a whole', () => {
    given(initiated)
      .when(refund(undefined, 'PAYMENT_FAILED'))
      .then(refunded(0, data.orderIds, 'PAYMENT_FAILED'));
    given(initiated)
      .when(refund(['o-1']))
      .then(refunded(0));
  });
  it('is given back as a whole, or order by order, each once', () => {
    given(initiated, confirmed).when(refund()).then(refunded(300));
    given(initiated, confirmed)
      .when(refund(['o-1']))
      .then(refunded(100, ['o-1']));
    const part = [initiated, confirmed, refunded(100, ['o-1'])];
    given(...part)
      .when(refund())
      .then(refunded(200, ['o-2']));
    given(...part)
      .when(refund(['o-1']))
      .refuses('THE_PAYMENT_IS_REFUNDED_ALREADY');
    given(...part, refunded(200, ['o-2']))
      .when(refund())
      .refuses('THE_PAYMENT_IS_REFUNDED_ALREADY');
    given(initiated, refunded(0)).when(refund()).refuses('THE_PAYMENT_IS_REFUNDED_ALREADY');
  });
});

it('whatever is asked, goes back what was collected and no more, and its state says so', () => {
  const orders = fc.subarray(['o-1', 'o-2', 'o-3'], { minLength: 1 });
  const command: fc.Arbitrary<PaymentCommand> = fc.oneof(
    fc.constantFrom<PaymentCommand>(initiate, confirm, refund()),
    orders.map((it) => refund(it)),
  );
  fc.assert(
    fc.property(fc.array(command, { maxLength: 15 }), (asked) => {
      const history: PaymentEvent[] = [];
      for (const it of asked) {
        const decision = payment.decide(it, fold(payment, history));
        if (!isRefusal(decision)) history.push(...decision);
      }
      const isPaid = history.some(({ type }) => type === 'PaymentConfirmed');
      const back = history
        .flatMap((it) => (it.type === 'PaymentRefunded' ? it.data.amount.amount : []))
        .reduce((sum, it) => sum + it, 0);
      expect(back).toBeLessThanOrEqual(isPaid ? 300 : 0);
      const state = fold(payment, history);
      if (state.kind === 'closed') expect(back).toBe(isPaid ? 300 : 0);
      if (state.kind === 'confirmed') expect(back).toBeLessThan(300);
    }),
  );
});
