import {
  compareRationals,
  floorQuotient,
  jsonNumberOf,
  leastCommonMultiple,
  type Rational,
  rational,
  rationalOf,
  timesInteger,
} from '../json/rational.ts';
import type { SchemaObject } from '../keywords/schema.ts';
import type { NumberPlan } from './sample-plan.ts';

/**
 * Within the schema's bounds, and where it sets none small enough to be read: a handful of things, else up to a thousand.
 * Numbers that need not be whole have two decimals, or as many as it takes to leave a choice between the bounds.
 * @param name of the property
 */
export function numberPlan(schema: SchemaObject, name: string, isWhole: boolean): NumberPlan {
  const few = FEW.test(name);
  let step = stepOf(schema, isWhole);
  const isFree = typeof schema.multipleOf !== 'number' && !isWhole;
  let range = rangeOf(schema, step, few);
  for (let digits = 3; isFree && range.last - range.first < CHOICE && digits <= FINEST; digits += 1) {
    step = rational(1n, 10n ** BigInt(digits));
    range = rangeOf(schema, step, few);
  }
  // Of large numbers, so many that code can count them.
  const length = String(largest(range)).length;
  if (isFree && length > COUNTED) {
    step = timesInteger(step, 10n ** BigInt(length - COUNTED));
    range = rangeOf(schema, step, few);
  }
  const number = (count: bigint) => {
    const exact = timesInteger(step, count);
    return jsonNumberOf(exact) ?? nearest(exact);
  };
  return { kind: 'number', min: number(range.first), max: number(range.last), step: number(1n) };
}

/** Of numbers that are too large to be divided as numbers, the whole part. */
function nearest({ numerator, denominator }: Rational): number {
  const quotient = Number(numerator) / Number(denominator);
  if (Number.isFinite(quotient)) return quotient;
  const whole = Number(numerator / denominator);
  return Number.isFinite(whole) ? whole : Math.sign(whole) * Number.MAX_VALUE;
}

const FEW = /(quantity|count|copies|seats|depth|attempts|items|level|position)$/i;
/** So many numbers are a choice. */
const CHOICE = 9n;
/** Decimals beyond these are lost in numbers of usual size. */
const FINEST = 12;

/** So many digits has a count that is exact as a number. */
const COUNTED = 15;

function largest({ first, last }: { readonly first: bigint; readonly last: bigint }): bigint {
  const [low, high] = [first < 0n ? -first : first, last < 0n ? -last : last];
  return low > high ? low : high;
}

function stepOf({ multipleOf }: SchemaObject, isWhole: boolean): Rational {
  const unit = typeof multipleOf === 'number' && multipleOf > 0 ? rationalOf(multipleOf) : undefined;
  if (unit === undefined) return isWhole ? ONE : rational(1n, 100n);
  return isWhole ? leastCommonMultiple(unit, ONE) : unit;
}

const ONE = rational(1n);

/** The first and the last of the multiples, counted in steps. */
function rangeOf(schema: SchemaObject, step: Rational, few: boolean): { first: bigint; last: bigint } {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
  const firsts = [firstFrom(minimum, step), firstFrom(exclusiveMinimum, step, true)].flat();
  const lasts = [lastUpTo(maximum, step), lastUpTo(exclusiveMaximum, step, true)].flat();
  const [usual = 0n] = lastUpTo(few ? 5 : 1000, step);
  const least = firstFrom(few ? 1 : 0, step);
  const first = firsts.length > 0 ? ends(firsts).largest : ends([...least, ...lasts]).smallest;
  if (lasts.length === 0) return { first, last: first > 0n ? first + usual : usual };
  const last = ends(lasts).smallest;
  // Of a handful nobody expects as many as are just about allowed; of the others none that code cannot count.
  const most = (first > 0n ? first : 0n) + (few ? usual : MOST);
  return { first, last: last < most ? last : most };
}

const MOST = BigInt(Number.MAX_SAFE_INTEGER);

/** The first multiple from a bound on, or behind it; none without a bound. */
function firstFrom(bound: unknown, step: Rational, isExclusive = false): bigint[] {
  return lastUpTo(typeof bound === 'number' ? -bound : undefined, step, isExclusive).map((it) => -it);
}

/** The last multiple up to a bound, or before it; none without a bound. */
function lastUpTo(bound: unknown, step: Rational, isExclusive = false): bigint[] {
  if (typeof bound !== 'number') return [];
  const value = rationalOf(bound);
  const count = floorQuotient(value, step);
  const isHit = compareRationals(timesInteger(step, count), value) === 0;
  return [isHit && isExclusive ? count - 1n : count];
}

function ends(counts: readonly bigint[]): { smallest: bigint; largest: bigint } {
  const [first = 0n, ...others] = counts;
  return others.reduce(
    ({ smallest, largest }, it) => ({
      smallest: it < smallest ? it : smallest,
      largest: it > largest ? it : largest,
    }),
    { smallest: first, largest: first },
  );
}
