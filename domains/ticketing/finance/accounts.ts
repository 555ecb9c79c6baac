/** The accounts of a user: every payment, and what it has come to. Pure. */
import type {
  FinanceCommandRefusedData,
  Money,
  PaymentStatus,
  UserFinancialInfoCreatedData,
  UserFinancialInfoUpdatedData,
} from '@chirograph/generated/ticketing/types';
import { type Decider, refuse } from '@chirograph/runtime';

export type AccountsCommand =
  | { readonly type: 'CreateUserFinancialInfo'; readonly userId: string }
  | {
      readonly type: 'UpdateUserFinancialInfo';
      readonly paymentId: string;
      /** What the payment stands at; nothing once it is refunded. */
      readonly amount: Money;
      readonly status: PaymentStatus;
    };

/** As the stream keeps it: `data` is published. */
export type AccountsEvent =
  | { readonly type: 'UserFinancialInfoCreated'; readonly data: UserFinancialInfoCreatedData }
  | {
      readonly type: 'UserFinancialInfoUpdated';
      readonly data: UserFinancialInfoUpdatedData;
      readonly amount: Money;
    };

export type AccountsFailure = FinanceCommandRefusedData['failure'];

interface Entry {
  readonly amount: Money;
  readonly status: PaymentStatus;
}

export type Accounts =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'known'; readonly userId: string; readonly payments: ReadonlyMap<string, Entry> };

export const accounts: Decider<Accounts, AccountsCommand, AccountsEvent, AccountsFailure> = {
  initialState: () => ({ kind: 'unknown' }),

  decide(command, state) {
    if (command.type === 'CreateUserFinancialInfo') {
      const { userId } = command;
      return state.kind === 'known'
        ? refuse('THE_USER_HAS_ACCOUNTS_ALREADY', 'The user has accounts.')
        : [{ type: 'UserFinancialInfoCreated', data: { userId } }];
    }
    if (state.kind === 'unknown') return refuse('THE_USER_HAS_NO_ACCOUNTS', 'The user has no accounts.');
    const { userId } = state;
    const { paymentId, amount, status } = command;
    const known = state.payments.get(paymentId);
    // News of a payment may come in another order than they happened: an older one changes nothing.
    if (known && isOlder(command, known)) return [];
    const payments = new Map(state.payments).set(paymentId, { amount, status });
    const { currency } = amount;
    const ongoing = sumOf(payments, 'ONGOING', currency);
    const completed = sumOf(payments, 'COMPLETED', currency);
    const data = { userId, paymentId, status, ongoing, completed };
    return [{ type: 'UserFinancialInfoUpdated', data, amount }];
  },

  evolve(state, event) {
    if (event.type === 'UserFinancialInfoCreated') {
      return { kind: 'known', userId: event.data.userId, payments: new Map() };
    }
    if (state.kind === 'unknown') throw new Error('accounts were updated that were never opened');
    const { paymentId, status } = event.data;
    const payments = new Map(state.payments).set(paymentId, { amount: event.amount, status });
    return { ...state, payments };
  },
};

const LIFE: readonly PaymentStatus[] = ['ONGOING', 'COMPLETED', 'REFUNDED'];

/** Of a payment that is completed less and less stays, while orders are undone. */
function isOlder(news: Entry, known: Entry): boolean {
  const step = LIFE.indexOf(news.status) - LIFE.indexOf(known.status);
  return step < 0 || (step === 0 && news.amount.amount >= known.amount.amount);
}

/** Sums are in the currency of the payment that they are told with. */
function sumOf(payments: ReadonlyMap<string, Entry>, status: PaymentStatus, currency: string): Money {
  const amount = [...payments.values()]
    .filter((it) => it.status === status && it.amount.currency === currency)
    .reduce((sum, it) => sum + it.amount.amount, 0);
  return { amount, currency };
}
