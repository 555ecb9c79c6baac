/** The wallet service: it takes coins for orders, all types at once, and gives them back when an order fails. */
import type { WalletServiceProducer } from '@chirograph/generated/checkout/producers/wallet-service';
import type { CoinType } from '@chirograph/generated/checkout/types';
import {
  type Clock,
  type CommandContext,
  type Entities,
  entities,
  type Outcome,
  type PublishContext,
  type Refusal,
  type Store,
  type Transaction,
  within,
} from '@chirograph/runtime';
import {
  type DebitForOrder,
  type OrderDebit,
  type Wallet,
  type WalletCommand,
  type WalletEvent,
  type WalletFailure,
  wallet,
} from './wallet.ts';

export type WalletOutcome = Outcome<WalletEvent, WalletFailure>;

/** What became of a debit; the same for every request of the same order. */
export type DebitAnswer = Exclude<OrderDebit, { kind: 'closed' }> | Refusal<WalletFailure>;

export interface WalletService {
  credit(
    request: { readonly user_id: string } & Omit<Extract<WalletCommand, { type: 'CreditCoins' }>, 'type'>,
    context?: CommandContext,
  ): Promise<WalletOutcome>;
  debit(request: Omit<DebitForOrder, 'type' | 'at'>, context?: CommandContext): Promise<DebitAnswer>;
  closeOrder(
    request: { readonly user_id: string; readonly order_id: string; readonly request_id: string },
    context?: CommandContext,
  ): Promise<WalletOutcome>;
  freeze(user_id: string, context?: CommandContext): Promise<WalletOutcome>;
  thaw(user_id: string, context?: CommandContext): Promise<WalletOutcome>;
  balancesOf(tx: Transaction, user_id: string): Promise<Readonly<Record<CoinType, number>>>;
}

export interface WalletServiceOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly producer: WalletServiceProducer;
}

export function walletService({ store, clock, producer }: WalletServiceOptions): WalletService {
  const wallets: Entities<Wallet, WalletCommand, WalletEvent, WalletFailure> = entities({
    name: 'wallet',
    store,
    clock,
    decider: wallet,
    publish: publishWallet(producer),
  });

  return {
    credit: ({ user_id, ...request }, context) =>
      wallets.decide(user_id, { type: 'CreditCoins', ...request }, context),
    debit: (request, context = {}) =>
      within(store, context, async (tx) => {
        const { user_id, order_id } = request;
        const outcome = await wallets.decide(
          user_id,
          (_, at) => ({ type: 'DebitForOrder', ...request, at }),
          { ...context, tx },
        );
        if (outcome.kind === 'refused') return outcome;
        const answer = (await wallets.load(tx, user_id)).orders.get(order_id);
        if (!answer || answer.kind === 'closed') throw new Error(`the debit of ${order_id} left no trace`);
        return answer;
      }),
    closeOrder: ({ user_id, ...request }, context) =>
      wallets.decide(user_id, { type: 'CloseOrder', user_id, ...request }, context),
    freeze: (user_id, context) => wallets.decide(user_id, { type: 'FreezeWallet' }, context),
    thaw: (user_id, context) => wallets.decide(user_id, { type: 'ThawWallet' }, context),
    balancesOf: async (tx, user_id) => (await wallets.load(tx, user_id)).balances,
  };
}

function publishWallet(producer: WalletServiceProducer) {
  return async (event: WalletEvent, context: PublishContext<Wallet>): Promise<void> => {
    switch (event.type) {
      case 'DebitStarted': {
        const { data, request_id } = event;
        await producer.walletDebitStarted({ data, metadata: { request_id } }, context);
        return;
      }
      case 'CoinsDebited': {
        const { data, request_id, at } = event;
        const timestamp = new Date(at).toISOString();
        await producer.walletDebited({ timestamp, data, metadata: { request_id } }, context);
        return;
      }
      case 'DebitFailed': {
        const { data, request_id } = event;
        await producer.walletDebitFailed({ data, metadata: { request_id } }, context);
        return;
      }
      case 'CoinsRefunded': {
        const { data, request_id } = event;
        await producer.walletRefunded({ data, metadata: { request_id } }, context);
        return;
      }
      case 'CoinsCredited':
      case 'OrderClosed':
      case 'WalletFrozen':
      case 'WalletThawed':
        return;
    }
  };
}
