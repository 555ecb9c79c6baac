import type { RuleConfiguration } from '@chirograph/generated/loyalty/types';

/** What a purchase is worth under a programme's rule. */
export interface Award {
  /** 0 when it earns none by itself. */
  readonly points: number;
  /** Cents that count towards the next award. */
  readonly carried: number;
  /** Days until the points lapse; `undefined` when they never do. */
  readonly lapseAfterDays: number | undefined;
}

/**
 * The award for a purchase, or `below-minimum` when it is too small to count at all. `carried`: cents spent
 * before that have not yet led to an award. Amounts are reckoned in cents, for sums of decimal fractions drift.
 */
export function awardFor(rule: RuleConfiguration, amount: number, carried: number): Award | 'below-minimum' {
  switch (rule.type) {
    case 'POINTS_BASED': {
      if (amount < (rule.minimumPurchase ?? 0)) return 'below-minimum';
      const points = wholePoints((cents(amount) * rule.pointsPerCurrencyUnit) / 100);
      return { points, carried, lapseAfterDays: rule.pointsExpireAfterDays };
    }
    case 'PUNCH_CARD':
      return { points: 1, carried, lapseAfterDays: undefined };
    case 'AMOUNT_SPENT': {
      const spent = carried + cents(amount);
      const required = cents(rule.amountRequired);
      const times = Math.floor(spent / required);
      return { points: times * rule.pointsAwarded, carried: spent % required, lapseAfterDays: undefined };
    }
  }
}

function cents(amount: number): number {
  return Math.round(amount * 100);
}

/** Rounded down, but 56.99999999999999 was meant to be 57: 100.00 at 0.57 points each. */
function wholePoints(points: number): number {
  return Math.floor(Number(points.toFixed(6)));
}
