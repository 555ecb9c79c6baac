import { type Refusal, refuse } from '@chirograph/runtime';

/** Amounts of money: more than nothing. */
export function refuseUnlessPositive(amount: number): Refusal<'amount-not-positive'> | undefined {
  return amount > 0 && Number.isFinite(amount) ? undefined : notPositive(amount);
}

/** Numbers of points: whole, and at least one. */
export function refuseUnlessPoints(points: number): Refusal<'amount-not-positive'> | undefined {
  return points > 0 && Number.isSafeInteger(points) ? undefined : notPositive(points);
}

function notPositive(amount: number): Refusal<'amount-not-positive'> {
  return refuse('amount-not-positive', `${amount} is no amount that can be earned or redeemed.`);
}
