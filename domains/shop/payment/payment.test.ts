import { fold, isRefusal } from '@chirograph/runtime';
import { specification } from '@chirograph/runtime/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PaymentCommand, type PaymentEvent, payment } from './payment.ts';

const given = specification(payment);

const NOW = Date.UTC(2026, 1, 3);
const time = new Date(NOW).toISOString();
const amount = { amount: 7_711, currency: 'EUR' };

const authorize = {
  type: 'Authorize',
  paymentId: 'pay-1',
  orderId: 'o-1',
  customerId: 'c-1',
  amount,
  answer: { kind: 'approved', authorizationId: 'auth-1', paymentMethod: 'CARD' },
  at: NOW,
} as const satisfies PaymentCommand;
const authorized: PaymentEvent = {
  type: 'PaymentAuthorized',
  data: {
    paymentId: 'pay-1',
    orderId: 'o-1',
    amount,
    authorizationId: 'auth-1',
    paymentMethod: 'CARD',
    authorizedAt: time,
  },
  customerId: 'c-1',
};
const refund = {
  type: 'Refund',
  amount,
  answer: { kind: 'refunded', refundId: 're-1' },
  at: NOW,
} as const satisfies PaymentCommand;
const refunded: PaymentEvent = {
  type: 'PaymentRefunded',
  data: { paymentId: 'pay-1', orderId: 'o-1', refundAmount: amount, refundId: 're-1', refundedAt: time },
};

describe('an authorization', () => {
  it('is what the gateway approves', () => given().when(authorize).then(authorized));
  it.each([
    ['card-declined', 'CARD_DECLINED'],
    ['unsupported-card-type', 'UNSUPPORTED_CARD_TYPE'],
    ['gateway-error', 'GATEWAY_ERROR'],
  ] as const)('is refused when the gateway says %s', (kind, code) =>
    given()
      .when({ ...authorize, answer: { kind } })
      .refuses(code),
  );
  it('is made once for an order', () => given(authorized).when(authorize).then());
});

describe('a refund', () => {
  it('gives the money back, once', () => {
    given(authorized).when(refund).then(refunded);
    given(authorized, refunded).when(refund).then();
  });
  it('needs a payment', () => given().when(refund).refuses('ORIGINAL_PAYMENT_NOT_FOUND'));
  it('fails when the gateway fails', () =>
    given(authorized)
      .when({ ...refund, answer: { kind: 'failed' } })
      .refuses('REFUND_FAILED'));
  it('is not of more than was paid, nor in another currency', () => {
    for (const other of [
      { ...amount, amount: 7_712 },
      { ...amount, currency: 'USD' },
    ]) {
      given(authorized)
        .when({ ...refund, amount: other })
        .refuses('REFUND_FAILED');
    }
  });
});

it('whatever is asked, what goes back once was paid, and no more than that', () => {
  const command = fc.oneof(
    fc.constantFrom(authorize, { ...authorize, answer: { kind: 'card-declined' } as const }),
    fc.nat(9_000).map((cents) => ({ ...refund, amount: { amount: cents, currency: 'EUR' } })),
    fc.constant({ ...refund, answer: { kind: 'failed' } as const }),
  );
  fc.assert(
    fc.property(fc.array(command, { maxLength: 20 }), (asked) => {
      const history: PaymentEvent[] = [];
      for (const it of asked) {
        const decision = payment.decide(it, fold(payment, history));
        if (!isRefusal(decision)) history.push(...decision);
      }
      const types = history.map(({ type }) => type);
      expect(['', 'PaymentAuthorized', 'PaymentAuthorized,PaymentRefunded']).toContain(types.join(','));
      const given = history.find((it) => it.type === 'PaymentRefunded');
      if (given) expect(given.data.refundAmount.amount).toBeLessThanOrEqual(amount.amount);
    }),
  );
});
