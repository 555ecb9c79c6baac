/** The analytics service: the funnel of the checkout, without persons. */
import type { AnalyticsServiceHandlers } from '@chirograph/generated/checkout/consumers/analytics-service';
import type { CoinType } from '@chirograph/generated/checkout/types';
import type { HandlerContext, Log } from '@chirograph/runtime';
import { tally } from '../../shared/tally.ts';

export interface Figures {
  readonly started: number;
  readonly passed: number;
  readonly rejected: number;
  readonly initiated: number;
  readonly paid: number;
  readonly takenByPartner: number;
  readonly created: number;
  readonly confirmed: number;
  /** By stage and reason: `wallet_debit WALLET_INSUFFICIENT_BALANCE`. */
  readonly failed: Readonly<Record<string, number>>;
  readonly coins: Readonly<Record<CoinType, number>>;
}

export const noFigures: Figures = {
  started: 0,
  passed: 0,
  rejected: 0,
  initiated: 0,
  paid: 0,
  takenByPartner: 0,
  created: 0,
  confirmed: 0,
  failed: {},
  coins: { promo_coins: 0, branded_coins: 0, rez_coins: 0 },
};

type Count = { [K in keyof Figures]: Figures[K] extends number ? K : never }[keyof Figures];

/** `day` as in 2026-01-04: that of the event. */
type Noted = { readonly day: string } & (
  | { readonly type: 'Counted'; readonly what: Count }
  | { readonly type: 'Failed'; readonly stage: string; readonly reason: string }
  | { readonly type: 'Debited'; readonly coin: CoinType; readonly amount: number }
);

/** By day. */
export const figures = tally<Noted, Figures>({
  name: 'analytics-service',
  version: '1',
  none: noFigures,
  keyOf: ({ day }) => day,
  add(was, noted) {
    switch (noted.type) {
      case 'Counted':
        return { ...was, [noted.what]: was[noted.what] + 1 };
      case 'Failed': {
        const key = `${noted.stage} ${noted.reason}`;
        return { ...was, failed: { ...was.failed, [key]: (was.failed[key] ?? 0) + 1 } };
      }
      case 'Debited': {
        const { coin, amount } = noted;
        return { ...was, coins: { ...was.coins, [coin]: was.coins[coin] + amount } };
      }
    }
  },
});

interface Told {
  readonly event: string;
  readonly timestamp: string;
}

export function analyticsServiceHandlers(log: Log): AnalyticsServiceHandlers {
  async function note(
    { event, timestamp }: Told,
    context: HandlerContext,
    noted: (day: string) => Noted,
  ): Promise<void> {
    await figures.note(context.tx, context.causedBy.id, noted(timestamp.slice(0, 10)), timestamp);
    log(context, `counts ${event}`);
  }
  const counting = (what: Count) => (message: Told, context: HandlerContext) =>
    note(message, context, (day) => ({ type: 'Counted', what, day }));

  return {
    orderValidationStarted: counting('started'),
    orderValidationCompleted: (message, context) =>
      counting(message.data.can_checkout ? 'passed' : 'rejected')(message, context),
    orderInitiated: counting('initiated'),
    orderPaid: counting('paid'),
    bizoneOrderCreated: counting('takenByPartner'),
    orderCreated: counting('created'),
    orderConfirmationSent: counting('confirmed'),
    orderFailed: (message, context) => {
      const { failure_stage: stage, failure_reason: reason } = message.data;
      return note(message, context, (day) => ({ type: 'Failed', stage, reason, day }));
    },
    walletDebited: (message, context) => {
      const { coin_type: coin, amount } = message.data;
      return note(message, context, (day) => ({ type: 'Debited', coin, amount, day }));
    },
  };
}
