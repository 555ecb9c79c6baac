/**
 * Exact arithmetic on the numbers of JSON. A JSON number is a decimal; binary floating point would make 0.3
 * no multiple of 0.1 and let rounding decide a proof.
 */

/** A fraction in lowest terms; `denominator` is positive. */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/;

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** The fraction `numerator / denominator` in lowest terms; the denominator must be positive. */
export function rational(numerator: bigint, denominator = 1n): Rational {
  const divisor = greatestCommonDivisor(numerator, denominator);
  return divisor <= 1n
    ? { numerator, denominator }
    : { numerator: numerator / divisor, denominator: denominator / divisor };
}

/** The decimal that JSON writes for a finite number: the shortest one that reads back as the same double. */
export function rationalOf(value: number): Rational {
  if (Number.isSafeInteger(value)) return { numerator: BigInt(value), denominator: 1n };
  const [, sign, whole, fraction = '', exponent = '0'] = DECIMAL.exec(String(value)) ?? [];
  if (whole === undefined) throw new RangeError(`not a JSON number: ${value}`);
  const digits = BigInt(`${sign}${whole}${fraction}`);
  const scale = Number(exponent) - fraction.length;
  return scale >= 0 ? rational(digits * 10n ** BigInt(scale)) : rational(digits, 10n ** BigInt(-scale));
}

/**
 * The JSON number with exactly this value, or undefined where the fraction is no finite decimal or a double
 * would print as another decimal.
 */
export function jsonNumberOf({ numerator, denominator }: Rational): number | undefined {
  const value = denominator === 1n ? Number(numerator) : quotient(numerator, denominator);
  if (!Number.isFinite(value)) return undefined;
  return compareRationals(rationalOf(value), { numerator, denominator }) === 0 ? value : undefined;
}

function quotient(numerator: bigint, denominator: bigint): number {
  const exact = Number(numerator) / Number(denominator);
  if (Number.isFinite(exact)) return exact;
  const whole = numerator / denominator;
  return Number(whole);
}

/** Negative, zero or positive as `a` is below, equal to or above `b`. */
export function compareRationals(a: Rational, b: Rational): number {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** Whether `value` is an integer times `unit`; `unit` is not zero. */
export function isMultipleOf(value: Rational, unit: Rational): boolean {
  return (value.numerator * unit.denominator) % (value.denominator * unit.numerator) === 0n;
}

/** The smallest positive number that is a multiple of both; neither is zero. */
export function leastCommonMultiple(a: Rational, b: Rational): Rational {
  const [x, y] = [a.numerator * b.denominator, b.numerator * a.denominator];
  const product = x * y;
  return rational(
    (product < 0n ? -product : product) / greatestCommonDivisor(x, y),
    a.denominator * b.denominator,
  );
}

/** The product of a fraction and an integer. */
export function timesInteger(value: Rational, factor: bigint): Rational {
  return rational(value.numerator * factor, value.denominator);
}

/** The largest integer `k` with `k * unit <= value`; `unit` is positive. */
export function floorQuotient(value: Rational, unit: Rational): bigint {
  const [n, d] = [value.numerator * unit.denominator, value.denominator * unit.numerator];
  const q = n / d;
  return n % d < 0n ? q - 1n : q;
}

/** A string that names the value: equal exactly for equal fractions. */
export function rationalKey({ numerator, denominator }: Rational): string {
  return `${numerator}/${denominator}`;
}
