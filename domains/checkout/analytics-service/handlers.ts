/** The analytics service: the funnel of the checkout, without persons. */
import type { AnalyticsServiceHandlers } from '@chirograph/generated/checkout/consumers/analytics-service';
import type { CoinType } from '@chirograph/generated/checkout/types';
import type { HandlerContext, Log, Transaction } from '@chirograph/runtime';

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

/** By day, as in 2026-01-04: that of the event. */
export function figures(tx: Transaction) {
  return tx.documents<Figures>('analytics-service/figures');
}

type Count = { [K in keyof Figures]: Figures[K] extends number ? K : never }[keyof Figures];

export function analyticsServiceHandlers(log: Log): AnalyticsServiceHandlers {
  async function change(
    context: HandlerContext,
    { event, timestamp }: { readonly event: string; readonly timestamp: string },
    changed: (was: Figures) => Partial<Figures>,
  ): Promise<void> {
    const day = timestamp.slice(0, 10);
    const was = (await figures(context.tx).get(day)) ?? noFigures;
    await figures(context.tx).put(day, { ...was, ...changed(was) });
    log(context, `counts ${event}`);
  }
  const counting =
    (name: Count) =>
    (message: { readonly event: string; readonly timestamp: string }, context: HandlerContext) =>
      change(context, message, (was) => ({ [name]: was[name] + 1 }));

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
      const { failure_stage, failure_reason } = message.data;
      const key = `${failure_stage} ${failure_reason}`;
      return change(context, message, ({ failed }) => ({
        failed: { ...failed, [key]: (failed[key] ?? 0) + 1 },
      }));
    },
    walletDebited: (message, context) => {
      const { coin_type, amount } = message.data;
      return change(context, message, ({ coins }) => ({
        coins: { ...coins, [coin_type]: coins[coin_type] + amount },
      }));
    },
  };
}
