/**
 * Whether a number is an integer times a step, as JSON has numbers: decimals. 19.99 is a multiple of 0.01, though the
 * division of doubles has a remainder (JSON Schema validation, section 6.2.1).
 * @param step above zero
 */
export function isMultiple(value: number, step: number): boolean {
  if (Number.isSafeInteger(value) && Number.isSafeInteger(step)) return value % step === 0;
  if (!Number.isFinite(value)) return false;
  const { digits, scale } = knownDecimal(step);
  // With at most 15 digits a double and its decimal stand for one another, and division rounds correctly.
  if (scale >= 0 && scale <= 15 && digits <= LARGEST) {
    const power = 10 ** scale;
    const count = Math.round(value * power);
    if (Math.abs(count) <= LARGEST && count / power === value) return count % Number(digits) === 0;
  }
  const exact = decimalOf(value);
  const common = exact.scale > scale ? exact.scale : scale;
  return (
    (exact.digits * 10n ** BigInt(common - exact.scale)) % (digits * 10n ** BigInt(common - scale)) === 0n
  );
}

const LARGEST = 1e15;

/** `digits` times ten to the power of minus `scale`. */
interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

const steps = new Map<number, Decimal>();

/** Steps are written in schemas, so that there are few. */
function knownDecimal(step: number): Decimal {
  let known = steps.get(step);
  if (known === undefined) {
    known = decimalOf(step);
    steps.set(step, known);
  }
  return known;
}

function decimalOf(value: number): Decimal {
  const [mantissa = '', exponent = '0'] = String(value).split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  return { digits: BigInt(whole + fraction), scale: fraction.length - Number(exponent) };
}
