import type { CoinType } from '@chirograph/generated/checkout/types';
import { fold, isRefusal } from '@chirograph/runtime';
import { specification } from '@chirograph/runtime/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idOf } from '../ids.ts';
import { COIN_TYPES, totalOf, type WalletCommand, type WalletEvent, wallet } from './wallet.ts';

const given = specification(wallet);

const at = Date.parse('2026-01-04T10:17:12.567Z');
const user_id = 'user_789';
const order_id = 'order_101';
const request_id = 'req_125';
const merchant_id = 'merch_bizone_001';
const about = { user_id, transaction_type: 'debit_order_payment' } as const;

const credit = (coin_type: CoinType, amount: number, credit_id: string = coin_type) =>
  ({ type: 'CreditCoins', credit_id, coin_type, amount }) as const;
const credited = (coin_type: CoinType, amount: number): WalletEvent => ({
  type: 'CoinsCredited',
  credit_id: coin_type,
  coin_type,
  amount,
});
const full = [credited('promo_coins', 200), credited('branded_coins', 150), credited('rez_coins', 400)];
const debit = (amount: number) =>
  ({
    type: 'DebitForOrder',
    user_id,
    order_id,
    amount,
    merchant_id,
    campaign_code: 'WEEKEND50',
    request_id,
    at,
  }) as const;
const started = (amount: number, ...breakdown: readonly [CoinType, number][]): WalletEvent => ({
  type: 'DebitStarted',
  data: {
    ...about,
    total_amount: amount,
    breakdown: breakdown.map(([coin_type, amount]) => ({ coin_type, amount })),
    related_order_id: order_id,
  },
  request_id,
});
const debited = (coin_type: CoinType, amount: number, balance_before: number): WalletEvent => ({
  type: 'CoinsDebited',
  data: {
    transaction_id: idOf('txn', 'debit', order_id, coin_type),
    ...about,
    coin_type,
    amount,
    balance_before,
    balance_after: balance_before - amount,
    related_entity: { type: 'order', id: order_id },
    metadata: { ...(coin_type === 'promo_coins' ? { campaign_code: 'WEEKEND50' } : {}), merchant_id },
  },
  request_id,
  at,
});
const debitFailed = (
  amount_required: number,
  amount_available: number,
  failure_reason: 'WALLET_INSUFFICIENT_BALANCE' | 'WALLET_UNAVAILABLE',
): WalletEvent => ({
  type: 'DebitFailed',
  data: { ...about, amount_required, amount_available, failure_reason, related_order_id: order_id },
  request_id,
});
const close = { type: 'CloseOrder', user_id, order_id, request_id } as const;
const refunded = (...breakdown: readonly [CoinType, number][]): WalletEvent => ({
  type: 'CoinsRefunded',
  data: {
    user_id,
    refund_reason: 'order_failed',
    original_order_id: order_id,
    original_transaction_ids: breakdown.map(([it]) => idOf('txn', 'debit', order_id, it)),
    refund_transaction_ids: breakdown.map(([it]) => idOf('txn', 'refund', order_id, it)),
    refund_breakdown: breakdown.map(([coin_type, amount]) => ({ coin_type, amount })),
    total_refunded: breakdown.reduce((sum, [, amount]) => sum + amount, 0),
  },
  request_id,
});
const paid = [
  started(450, ['promo_coins', 200], ['branded_coins', 150], ['rez_coins', 100]),
  debited('promo_coins', 200, 200),
  debited('branded_coins', 150, 150),
  debited('rez_coins', 100, 400),
];

describe('a credit', () => {
  it('counts once', () => {
    given().when(credit('promo_coins', 200)).then(credited('promo_coins', 200));
    given(credited('promo_coins', 200)).when(credit('promo_coins', 200)).then();
  });
  it.each([0, -1, 1.5, Number.NaN])('is not of %d coins', (amount) =>
    given().when(credit('promo_coins', amount)).refuses('AMOUNT_NOT_POSITIVE'),
  );
});

describe('a debit', () => {
  it('takes from each type that pays, in their order, all in one decision', () =>
    given(...full)
      .when(debit(450))
      .then(...paid));
  it('takes from one type where that is enough', () =>
    given(...full)
      .when(debit(50))
      .then(started(50, ['promo_coins', 50]), debited('promo_coins', 50, 200)));
  it('takes the last coin', () =>
    given(credited('rez_coins', 7))
      .when(debit(7))
      .then(started(7, ['rez_coins', 7]), debited('rez_coins', 7, 7)));
  it('takes nothing where one coin is missing', () =>
    given(...full)
      .when(debit(751))
      .then(
        started(751, ['promo_coins', 200], ['branded_coins', 150], ['rez_coins', 401]),
        debitFailed(751, 750, 'WALLET_INSUFFICIENT_BALANCE'),
      ));
  it('takes nothing from a frozen wallet, until it is thawed', () => {
    const frozen: WalletEvent = { type: 'WalletFrozen' };
    given(credited('rez_coins', 7), frozen)
      .when(debit(7))
      .then(started(7, ['rez_coins', 7]), debitFailed(7, 7, 'WALLET_UNAVAILABLE'));
    given(credited('rez_coins', 7), frozen, { type: 'WalletThawed' })
      .when(debit(7))
      .then(started(7, ['rez_coins', 7]), debited('rez_coins', 7, 7));
  });
  it('happens once for an order, whatever came of it', () => {
    given(...full, ...paid)
      .when(debit(450))
      .then();
    given(debitFailed(450, 0, 'WALLET_INSUFFICIENT_BALANCE'), ...full)
      .when(debit(450))
      .then();
  });
  it.each([0, -450, 0.5])('is not of %d coins', (amount) =>
    given(...full)
      .when(debit(amount))
      .refuses('AMOUNT_NOT_POSITIVE'),
  );
  it('does not come after the order has failed', () => {
    given(...full, { type: 'OrderClosed', order_id })
      .when(debit(450))
      .refuses('ORDER_CLOSED');
    given(...full, ...paid, refunded(['promo_coins', 200], ['branded_coins', 150], ['rez_coins', 100]))
      .when(debit(450))
      .refuses('ORDER_CLOSED');
  });
});

describe('a failed order', () => {
  const back = refunded(['promo_coins', 200], ['branded_coins', 150], ['rez_coins', 100]);
  it('gets all its coins back, once', () => {
    given(...full, ...paid)
      .when(close)
      .then(back);
    given(...full, ...paid, back)
      .when(close)
      .then();
  });
  it('gets nothing back where nothing was taken, and is closed', () => {
    given(...full)
      .when(close)
      .then({ type: 'OrderClosed', order_id });
    given({ type: 'OrderClosed', order_id }).when(close).then();
    given(debitFailed(450, 0, 'WALLET_INSUFFICIENT_BALANCE'))
      .when(close)
      .then();
  });
});

it('a wallet is frozen and thawed once', () => {
  given().when({ type: 'FreezeWallet' }).then({ type: 'WalletFrozen' });
  given({ type: 'WalletFrozen' }).when({ type: 'FreezeWallet' }).then();
  given({ type: 'WalletFrozen' }).when({ type: 'ThawWallet' }).then({ type: 'WalletThawed' });
  given().when({ type: 'ThawWallet' }).then();
});

it('whatever is asked, no coin is lost or made, and no balance is below nothing', () => {
  const orders = fc.constantFrom('order_1', 'order_2', 'order_3');
  const command: fc.Arbitrary<WalletCommand> = fc.oneof(
    fc
      .record({
        coin_type: fc.constantFrom(...COIN_TYPES),
        amount: fc.integer({ min: -5, max: 300 }),
        credit_id: fc.constantFrom('a', 'b', 'c', 'd'),
      })
      .map((it) => ({ type: 'CreditCoins', ...it }) as const),
    fc
      .record({ order_id: orders, amount: fc.integer({ min: -5, max: 400 }) })
      .map((it) => ({ ...debit(1), ...it })),
    orders.map((order_id) => ({ ...close, order_id })),
    fc.constantFrom<WalletCommand>({ type: 'FreezeWallet' }, { type: 'ThawWallet' }),
  );
  fc.assert(
    fc.property(fc.array(command, { maxLength: 30 }), (asked) => {
      const history: WalletEvent[] = [];
      for (const it of asked) {
        const decision = wallet.decide(it, fold(wallet, history));
        if (isRefusal(decision)) continue;
        const total = decision.find((event) => event.type === 'DebitStarted')?.data.total_amount;
        const taken = decision.flatMap((event) => (event.type === 'CoinsDebited' ? [event.data] : []));
        // All or nothing, in one decision, at one time.
        const sum = taken.reduce((all, { amount }) => all + amount, 0);
        expect([0, total ?? 0]).toContain(sum);
        expect(new Set(taken.map(({ coin_type }) => coin_type)).size).toBe(taken.length);
        for (const one of taken) expect(one.balance_after).toBe(one.balance_before - one.amount);
        history.push(...decision);
      }
      // The model: sums of what the events say, by coin type.
      const state = fold(wallet, history);
      for (const coin_type of COIN_TYPES) {
        const moved = history.reduce((sum, event) => sum + movedBy(event, coin_type), 0);
        expect(state.balances[coin_type]).toBe(moved);
        expect(moved).toBeGreaterThanOrEqual(0);
      }
      // A closed order has back what it had taken; another one has taken what it says.
      for (const [order, known] of state.orders) {
        const net = history.reduce((sum, event) => sum + takenFor(event, order), 0);
        const expected =
          known.kind === 'debited' ? known.payments.reduce((sum, it) => sum + it.amount, 0) : 0;
        expect(net).toBe(expected);
      }
      expect(totalOf(state)).toBeGreaterThanOrEqual(0);
    }),
  );
});

function movedBy(event: WalletEvent, coin_type: CoinType): number {
  if (event.type === 'CoinsCredited') return event.coin_type === coin_type ? event.amount : 0;
  if (event.type === 'CoinsDebited') return event.data.coin_type === coin_type ? -event.data.amount : 0;
  if (event.type !== 'CoinsRefunded') return 0;
  return event.data.refund_breakdown.find((it) => it.coin_type === coin_type)?.amount ?? 0;
}

function takenFor(event: WalletEvent, order: string): number {
  if (event.type === 'CoinsDebited') return event.data.related_entity.id === order ? event.data.amount : 0;
  if (event.type !== 'CoinsRefunded' || event.data.original_order_id !== order) return 0;
  return -event.data.total_refunded;
}
