/** A number as the decimal that JSON writes for it: `digits` divided by ten to the power of `places`. */
export interface Decimal {
  readonly digits: bigint;
  readonly places: number;
}

/** Binary fractions are none of the decimals that people write: 19.99 / 0.01 is 1998.9999999999998. */
export function decimalOf(value: number): Decimal {
  const [, sign = '', whole = '0', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value)) ?? [];
  const places = fraction.length - Number(exponent);
  const digits = BigInt(`${sign}${whole}${fraction}`);
  return places < 0 ? { digits: digits * 10n ** BigInt(-places), places: 0 } : { digits, places };
}

/** The digits of two numbers with the same number of places. */
export function aligned(a: number, b: number): readonly [bigint, bigint] {
  const [x, y] = [decimalOf(a), decimalOf(b)];
  const places = Math.max(x.places, y.places);
  return [x, y].map((it) => it.digits * 10n ** BigInt(places - it.places)) as [bigint, bigint];
}
