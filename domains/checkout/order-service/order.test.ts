import { fold, isRefusal } from '@chirograph/runtime';
import { specification } from '@chirograph/runtime/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { request } from '../market.ts';
import {
  amountOf,
  DEBIT_TIME,
  type OrderCommand,
  type OrderEvent,
  type OrderFailed,
  order,
  PARTNER_TIME,
} from './order.ts';

const given = specification(order);

const at = Date.parse('2026-01-04T10:17:10.789Z');
const order_id = 'order_101';
const start = { type: 'StartCheckout', order_id, request, at } as const;
const started: OrderEvent = { type: 'CheckoutStarted', order_id, request };
const passed = {
  min_order_value: true,
  delivery_zone: true,
  campaign_eligible: true,
  user_kyc: true,
  merchant_active: true,
};
const offer = {
  merchant_name: 'Fresh Mart BizOne',
  merchant_company: 'bizone',
  discount: 50,
  campaign_id: 'camp_weekend_001',
} as const;
const verdict = { type: 'NoteVerdict', validations: passed, offer, at } as const;
const initiated: OrderEvent = { type: 'OrderInitiated', offer, at };
const rejectedCart: OrderEvent = { type: 'CartRejected', validations: { ...passed, user_kyc: false } };
const payments = [
  { type: 'promo_coins', amount: 200, transaction_id: 'txn_001' },
  { type: 'rez_coins', amount: 250, transaction_id: 'txn_002' },
] as const;
const noteDebit = { type: 'NoteDebit', payments, at } as const;
const paid: OrderEvent = { type: 'OrderPaid', payments, at };
const answer = {
  rabtul_order_id: order_id,
  bizone_order_id: 'BZN_ORD_5678',
  merchant_id: 'merch_bizone_001',
  status: 'confirmed',
  estimated_delivery: '2026-01-04T12:00:00Z',
  tracking_url: 'https://bizone.com/track/BZN_ORD_5678',
  items_count: 2,
  total_amount: 450,
} as const;
const noteTook = { type: 'NotePartnerTook', data: answer, at } as const;
const took: OrderEvent = { type: 'PartnerTook', data: answer };
const created: OrderEvent = { type: 'OrderCreated', at };
const noteRejected = { type: 'NotePartnerRejected', at } as const;
const noteCancelled = { type: 'NotePartnerCancelled', bizone_order_id: 'BZN_ORD_5678', at } as const;
const partnerCancelled: OrderEvent = { type: 'PartnerCancelled', bizone_order_id: 'BZN_ORD_5678' };
const noteUnavailable = { type: 'NoteMerchantUnavailable', at } as const;
const noteDebitFailed = {
  type: 'NoteDebitFailed',
  reason: 'WALLET_INSUFFICIENT_BALANCE',
  amount_available: 300,
  at,
} as const;
const time = (after: number) => ({ type: 'NoteTime', at: at + after }) as const;
const failed = (
  stage: OrderFailed['stage'],
  reason: OrderFailed['reason'],
  rollback_completed: boolean,
  amounts: Partial<OrderFailed> = {},
): OrderFailed => ({ type: 'OrderFailed', stage, reason, rollback_completed, ...amounts });
const cancellation = (reason: OrderFailed['reason']): OrderEvent => ({
  type: 'CancellationDue',
  bizone_order_id: 'BZN_ORD_5678',
  reason,
});
const partnerFailure = failed('partner_order', 'PARTNER_UNAVAILABLE', false);

describe('a checkout', () => {
  it('starts once for a key', () => {
    given().when(start).then(started);
    given(started)
      .when({ ...start, request: { ...request, request_id: 'req_126' } })
      .then();
  });
  it.each([
    ['other items', { items: request.items.slice(1) }],
    ['another user', { user_id: 'user_1' }],
    ['another merchant', { merchant_id: 'merch_2' }],
    ['no campaign', { campaign_code: undefined }],
  ])('does not take the key of another request: %s', (_, over) =>
    given(started)
      .when({ ...start, request: { ...request, ...over } })
      .refuses('IDEMPOTENCY_KEY_REUSED'),
  );
  const [apples] = request.items;
  if (!apples) throw new Error('the request has no items');
  it.each([
    ['is empty', []],
    ['holds a product twice', [apples, apples]],
    ['holds none of a product', [{ ...apples, quantity: 0 }]],
    ['holds a part of a product', [{ ...apples, quantity: 0.5 }]],
    ['has a price below nothing', [{ ...apples, unit_price: -1 }]],
    ['has a broken price', [{ ...apples, unit_price: 1.5 }]],
    ['is worth more than can be counted', [{ ...apples, unit_price: Number.MAX_SAFE_INTEGER }]],
  ])('does not begin with a cart that %s', (_, items) =>
    given()
      .when({ ...start, request: { ...request, items } })
      .refuses('CART_INVALID'),
  );
  it.each([
    verdict,
    noteUnavailable,
    noteDebit,
    noteDebitFailed,
    noteTook,
    noteRejected,
    noteCancelled,
    time(0),
  ])('has to be there for $type', (command) => given().when(command).refuses('ORDER_NOT_FOUND'));
});

describe('the checks', () => {
  it('open the order when all are passed', () => given(started).when(verdict).then(initiated));
  it('end it when one is not, and nothing fails', () =>
    given(started)
      .when({ ...verdict, validations: { ...passed, user_kyc: false }, offer: undefined })
      .then(rejectedCart));
  it('count once', () => {
    given(started, initiated).when(verdict).then();
    given(started, rejectedCart).when(verdict).then();
  });
});

describe('the payment', () => {
  it('is of the final amount', () => given(started, initiated).when(noteDebit).then(paid));
  it.each([
    ['less', 249],
    ['more', 251],
  ])('fails the order where the wallet took %s', (_, amount) =>
    given(started, initiated)
      .when({ ...noteDebit, payments: [payments[0], { ...payments[1], amount }] })
      .then(failed('wallet_debit', 'INTERNAL_ERROR', false)),
  );
  it('does not begin when the merchant has closed', () =>
    given(started, initiated)
      .when(noteUnavailable)
      .then(failed('initiation', 'MERCHANT_UNAVAILABLE', true)));
  it('fails the order when the wallet holds too little', () =>
    given(started, initiated)
      .when(noteDebitFailed)
      .then(
        failed('wallet_debit', 'WALLET_INSUFFICIENT_BALANCE', true, {
          amount_required: 450,
          amount_available: 300,
        }),
      ));
  it('fails the order when the wallet does not answer: coins may have been taken', () =>
    given(started, initiated)
      .when({ ...noteDebitFailed, reason: 'WALLET_UNAVAILABLE', amount_available: undefined })
      .then(failed('wallet_debit', 'WALLET_UNAVAILABLE', false, { amount_required: 450 })));
  it('is given up in the end', () => {
    given(started, initiated)
      .when(time(DEBIT_TIME - 1))
      .then();
    given(started, initiated)
      .when(time(DEBIT_TIME))
      .then(failed('wallet_debit', 'WALLET_UNAVAILABLE', false, { amount_required: 450 }));
  });
  it('is noted once', () => {
    for (const late of [noteDebit, noteDebitFailed, noteUnavailable]) {
      given(started, initiated, paid).when(late).then();
      given(started, initiated, partnerFailure).when(late).then();
      given(started).when(late).then();
    }
  });
});

describe('the partner', () => {
  it('takes the order, and it is created', () =>
    given(started, initiated, paid).when(noteTook).then(took, created));
  it.each([
    ['another amount', { total_amount: 451 }],
    ['another number of items', { items_count: 1 }],
    ['another merchant', { merchant_id: 'merch_2' }],
  ])('has to cancel when it took %s', (_, over) => {
    const data = { ...answer, ...over };
    given(started, initiated, paid)
      .when({ ...noteTook, data })
      .then(
        { type: 'PartnerTook', data },
        failed('completion', 'COMPLETION_FAILED', false),
        cancellation('COMPLETION_FAILED'),
      );
  });
  it('rejects the order, and it fails', () =>
    given(started, initiated, paid)
      .when(noteRejected)
      .then(failed('partner_order', 'PARTNER_REJECTED', false)));
  it('is given up in the end, and has to cancel what it takes after that', () => {
    given(started, initiated, paid)
      .when(time(PARTNER_TIME - 1))
      .then();
    given(started, initiated, paid).when(time(PARTNER_TIME)).then(partnerFailure);
    const late = [started, initiated, paid, partnerFailure];
    given(...late)
      .when(noteTook)
      .then(took, cancellation('PARTNER_UNAVAILABLE'));
    given(...late, took, cancellation('PARTNER_UNAVAILABLE'))
      .when(noteTook)
      .then();
    given(...late)
      .when(noteRejected)
      .then();
  });
  it('answers once', () => {
    const done = [started, initiated, paid, took, created];
    for (const late of [noteTook, noteRejected, time(PARTNER_TIME), noteCancelled]) {
      given(...done)
        .when(late)
        .then();
    }
    given(started, initiated).when(noteTook).then();
  });
  it('cancels once, what it was asked to', () => {
    const asked = [started, initiated, paid, partnerFailure, took, cancellation('PARTNER_UNAVAILABLE')];
    given(...asked)
      .when(noteCancelled)
      .then(partnerCancelled);
    given(...asked)
      .when({ ...noteCancelled, bizone_order_id: 'BZN_ORD_1' })
      .then();
    given(...asked, partnerCancelled)
      .when(noteCancelled)
      .then();
  });
});

it('whatever is noted, in any order, an order ends once, is created only when paid and taken, and is cancelled where it failed', () => {
  const command = fc.constantFrom<OrderCommand>(
    start,
    verdict,
    { ...verdict, offer: undefined },
    noteUnavailable,
    noteDebit,
    noteDebitFailed,
    noteTook,
    { ...noteTook, data: { ...answer, total_amount: 1 } },
    noteRejected,
    noteCancelled,
    time(DEBIT_TIME),
    time(PARTNER_TIME),
  );
  fc.assert(
    fc.property(fc.array(command, { maxLength: 20 }), (noted) => {
      const history: OrderEvent[] = [];
      for (const it of noted) {
        const decision = order.decide(it, fold(order, history));
        if (!isRefusal(decision)) history.push(...decision);
      }
      const count = (type: OrderEvent['type']) => history.filter((it) => it.type === type).length;
      expect(count('OrderCreated') + count('OrderFailed') + count('CartRejected')).toBeLessThanOrEqual(1);
      expect(count('OrderPaid')).toBeLessThanOrEqual(1);
      const state = fold(order, history);
      if (state.kind === 'unknown') return;
      if (state.status === 'created') {
        expect(count('OrderPaid')).toBe(1);
        expect(state.partner?.total_amount).toBe(amountOf(state));
      }
      if (state.status === 'failed' && count('OrderPaid') > 0) {
        expect(state.failure?.rollback_completed).toBe(false);
        expect(count('CancellationDue')).toBe(state.partner ? 1 : 0);
      }
    }),
  );
});
