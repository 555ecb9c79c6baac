import type { RuleConfiguration } from '@chirograph/generated/loyalty/types';

/** What a purchase is worth under a programme's rule. */
export interface Award {
  /** 0 when it earns none by itself. */
  readonly points: number;
  readonly carried: Carried;
  /** Days until the points lapse; `undefined` when they never do. */
  readonly lapseAfterDays: number | undefined;
}

/** What counts towards the next award. */
export interface Carried {
  /** Spent, in cents. */
  readonly cents: number;
  /** Visits since the punch card was last full. */
  readonly punches: number;
}

/**
 * The award for a purchase, or `below-minimum` when it is too small to count at all. `carried`: what earlier purchases
 * have left that has not yet led to an award. Amounts are reckoned in cents, for sums of decimal fractions drift.
 */
export function awardFor(rule: RuleConfiguration, amount: number, carried: Carried): Award | 'below-minimum' {
  switch (rule.type) {
    case 'POINTS_BASED': {
      if (amount < (rule.minimumPurchase ?? 0)) return 'below-minimum';
      const points = wholePoints((cents(amount) * rule.pointsPerCurrencyUnit) / 100);
      return { points, carried, lapseAfterDays: rule.pointsExpireAfterDays };
    }
    case 'PUNCH_CARD':
      // A card that has become full is worth its punches, and the next one begins. The rule may have become shorter.
      if (carried.punches + 1 < rule.punchesRequired) {
        return {
          points: 0,
          carried: { ...carried, punches: carried.punches + 1 },
          lapseAfterDays: undefined,
        };
      }
      return { points: rule.punchesRequired, carried: { ...carried, punches: 0 }, lapseAfterDays: undefined };
    case 'AMOUNT_SPENT': {
      const spent = carried.cents + cents(amount);
      const required = cents(rule.amountRequired);
      const times = Math.floor(spent / required);
      return {
        points: times * rule.pointsAwarded,
        carried: { ...carried, cents: spent % required },
        lapseAfterDays: undefined,
      };
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
