/** A user's wallet: coins of three types, taken for orders and given back when an order fails. Pure. */
import type {
  CoinAmount,
  CoinPayment,
  CoinType,
  WalletDebitedData,
  WalletDebitFailedData,
  WalletDebitStartedData,
  WalletRefundedData,
} from '@chirograph/generated/checkout/types';
import { type Decider, type Refusal, refuse } from '@chirograph/runtime';
import { idOf } from '../ids.ts';

export type WalletFailure = 'AMOUNT_NOT_POSITIVE' | 'ORDER_CLOSED';

export type WalletCommand =
  | {
      readonly type: 'CreditCoins';
      /** The same credit counts once. */
      readonly credit_id: string;
      readonly coin_type: CoinType;
      readonly amount: number;
    }
  | DebitForOrder
  /** An order has failed: what it had taken goes back, and nothing can be taken for it any more. */
  | {
      readonly type: 'CloseOrder';
      readonly user_id: string;
      readonly order_id: string;
      readonly request_id: string;
    }
  | { readonly type: 'FreezeWallet' }
  | { readonly type: 'ThawWallet' };

export interface DebitForOrder {
  readonly type: 'DebitForOrder';
  readonly user_id: string;
  readonly order_id: string;
  readonly amount: number;
  readonly merchant_id: string;
  readonly campaign_code?: string | undefined;
  readonly request_id: string;
  /** Milliseconds since 1970-01-01T00:00Z. All events of a debit carry it. */
  readonly at: number;
}

/** As the stream keeps it. Events with `data` are published. */
export type WalletEvent =
  | {
      readonly type: 'CoinsCredited';
      readonly credit_id: string;
      readonly coin_type: CoinType;
      readonly amount: number;
    }
  | { readonly type: 'DebitStarted'; readonly data: WalletDebitStartedData; readonly request_id: string }
  | {
      readonly type: 'CoinsDebited';
      readonly data: WalletDebitedData;
      readonly request_id: string;
      readonly at: number;
    }
  | { readonly type: 'DebitFailed'; readonly data: WalletDebitFailedData; readonly request_id: string }
  | { readonly type: 'CoinsRefunded'; readonly data: WalletRefundedData; readonly request_id: string }
  /** An order failed before coins were taken for it. */
  | { readonly type: 'OrderClosed'; readonly order_id: string }
  | { readonly type: 'WalletFrozen' }
  | { readonly type: 'WalletThawed' };

/** What the wallet knows of an order. */
export type OrderDebit =
  | { readonly kind: 'debited'; readonly payments: readonly CoinPayment[] }
  | { readonly kind: 'failed'; readonly data: WalletDebitFailedData }
  | { readonly kind: 'closed' };

export interface Wallet {
  readonly balances: Readonly<Record<CoinType, number>>;
  readonly isFrozen: boolean;
  readonly credits: ReadonlySet<string>;
  readonly orders: ReadonlyMap<string, OrderDebit>;
}

/** In the order in which they are spent. */
export const COIN_TYPES: readonly CoinType[] = ['promo_coins', 'branded_coins', 'rez_coins'];

export const wallet: Decider<Wallet, WalletCommand, WalletEvent, WalletFailure> = {
  initialState: () => ({
    balances: { promo_coins: 0, branded_coins: 0, rez_coins: 0 },
    isFrozen: false,
    credits: new Set(),
    orders: new Map(),
  }),
  decide(command, state) {
    switch (command.type) {
      case 'CreditCoins': {
        const { credit_id, coin_type, amount } = command;
        if (!isPositive(amount)) return notPositive();
        return state.credits.has(credit_id) ? [] : [{ type: 'CoinsCredited', credit_id, coin_type, amount }];
      }
      case 'DebitForOrder':
        return debit(command, state);
      case 'CloseOrder':
        return close(command, state);
      case 'FreezeWallet':
        return state.isFrozen ? [] : [{ type: 'WalletFrozen' }];
      case 'ThawWallet':
        return state.isFrozen ? [{ type: 'WalletThawed' }] : [];
    }
  },
  evolve(state, event) {
    switch (event.type) {
      case 'CoinsCredited':
        return {
          ...state,
          balances: moved(state, event.coin_type, event.amount),
          credits: new Set([...state.credits, event.credit_id]),
        };
      case 'CoinsDebited': {
        const { coin_type, amount, transaction_id, related_entity } = event.data;
        const before = state.orders.get(related_entity.id);
        const payments = before?.kind === 'debited' ? before.payments : [];
        const payment = { type: coin_type, amount, transaction_id };
        return {
          ...state,
          balances: moved(state, coin_type, -amount),
          orders: noted(state, related_entity.id, { kind: 'debited', payments: [...payments, payment] }),
        };
      }
      case 'DebitFailed':
        return {
          ...state,
          orders: noted(state, event.data.related_order_id, { kind: 'failed', data: event.data }),
        };
      case 'CoinsRefunded': {
        const { original_order_id, refund_breakdown } = event.data;
        const orders = noted(state, original_order_id, { kind: 'closed' });
        const back = refund_breakdown.map(({ coin_type, amount }) => [
          coin_type,
          state.balances[coin_type] + amount,
        ]);
        return { ...state, balances: { ...state.balances, ...Object.fromEntries(back) }, orders };
      }
      case 'OrderClosed':
        return { ...state, orders: noted(state, event.order_id, { kind: 'closed' }) };
      case 'WalletFrozen':
        return { ...state, isFrozen: true };
      case 'WalletThawed':
        return { ...state, isFrozen: false };
      case 'DebitStarted':
        return state;
    }
  },
};

/** All coin types that pay, or none: the events of one decision are stored together. */
function debit(command: DebitForOrder, state: Wallet): readonly WalletEvent[] | Refusal<WalletFailure> {
  const { user_id, order_id, amount, merchant_id, campaign_code, request_id, at } = command;
  if (!isPositive(amount)) return notPositive();
  const before = state.orders.get(order_id);
  if (before?.kind === 'closed')
    return refuse('ORDER_CLOSED', 'The order has failed: nothing is taken for it.');
  // Asked again: the answer is the one of the first time, which the state holds.
  if (before) return [];

  const about = { user_id, transaction_type: 'debit_order_payment' } as const;
  const started: WalletEvent = {
    type: 'DebitStarted',
    data: {
      ...about,
      total_amount: amount,
      breakdown: breakdownOf(amount, state.balances),
      related_order_id: order_id,
    },
    request_id,
  };
  const available = totalOf(state);
  if (state.isFrozen || available < amount) {
    const data: WalletDebitFailedData = {
      ...about,
      amount_required: amount,
      amount_available: available,
      failure_reason: state.isFrozen ? 'WALLET_UNAVAILABLE' : 'WALLET_INSUFFICIENT_BALANCE',
      related_order_id: order_id,
    };
    return [started, { type: 'DebitFailed', data, request_id }];
  }
  const debits = started.data.breakdown.map(({ coin_type, amount }): WalletEvent => {
    const campaign = coin_type === 'promo_coins' && campaign_code !== undefined ? { campaign_code } : {};
    const data: WalletDebitedData = {
      transaction_id: idOf('txn', 'debit', order_id, coin_type),
      ...about,
      coin_type,
      amount,
      balance_before: state.balances[coin_type],
      balance_after: state.balances[coin_type] - amount,
      related_entity: { type: 'order', id: order_id },
      metadata: { ...campaign, merchant_id },
    };
    return { type: 'CoinsDebited', data, request_id, at };
  });
  return [started, ...debits];
}

function close(
  { user_id, order_id, request_id }: Extract<WalletCommand, { type: 'CloseOrder' }>,
  state: Wallet,
): readonly WalletEvent[] {
  const before = state.orders.get(order_id);
  if (!before) return [{ type: 'OrderClosed', order_id }];
  if (before.kind !== 'debited') return [];
  const { payments } = before;
  const data: WalletRefundedData = {
    user_id,
    refund_reason: 'order_failed',
    original_order_id: order_id,
    original_transaction_ids: payments.map((it) => it.transaction_id),
    refund_transaction_ids: payments.map(({ type }) => idOf('txn', 'refund', order_id, type)),
    refund_breakdown: payments.map(({ type, amount }) => ({ coin_type: type, amount })),
    total_refunded: payments.reduce((sum, { amount }) => sum + amount, 0),
  };
  return [{ type: 'CoinsRefunded', data, request_id }];
}

/** How an amount divides among the coins there are. What they do not cover is asked of the last type. */
function breakdownOf(amount: number, balances: Wallet['balances']): readonly CoinAmount[] {
  let left = amount;
  const breakdown: CoinAmount[] = [];
  for (const [index, coin_type] of COIN_TYPES.entries()) {
    const isLast = index === COIN_TYPES.length - 1;
    const part = isLast ? left : Math.min(left, balances[coin_type]);
    if (part > 0) breakdown.push({ coin_type, amount: part });
    left -= part;
  }
  return breakdown;
}

export function totalOf({ balances }: Pick<Wallet, 'balances'>): number {
  return COIN_TYPES.reduce((sum, it) => sum + balances[it], 0);
}

function moved({ balances }: Wallet, coin_type: CoinType, amount: number): Wallet['balances'] {
  return { ...balances, [coin_type]: balances[coin_type] + amount };
}

function noted({ orders }: Wallet, order_id: string, debit: OrderDebit): Wallet['orders'] {
  return new Map([...orders, [order_id, debit]]);
}

function isPositive(amount: number): boolean {
  return Number.isSafeInteger(amount) && amount > 0;
}

function notPositive(): Refusal<WalletFailure> {
  return refuse('AMOUNT_NOT_POSITIVE', 'Coins move in whole amounts of at least one.');
}
