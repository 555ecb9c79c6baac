import {
  compareRationals,
  floorQuotient,
  isMultipleOf,
  jsonNumberOf,
  leastCommonMultiple,
  type Rational,
  rational,
  rationalKey,
  timesInteger,
} from '../../json/rational.ts';
import type { NumberAtom } from '../logic/formula.ts';
import type { Clause } from './clause.ts';
import { NONE, type Outcome } from './outcome.ts';
import type { Search } from './search.ts';

interface Bound {
  readonly value: Rational;
  readonly inclusive: boolean;
}

/** How fine a decimal is tried where no multiple is asked: 10 to the power of minus this many digits. */
const DIGITS = 24;
/** How many candidates are tried on one grid beyond those that are excluded by value. */
const CANDIDATES = 512;
/** The largest power of ten that a double holds, and how many of its multiples are tried. */
const LARGEST_POWER = 308;
const FAR_CANDIDATES = 3;

/** Whether it can be seen without a search that no number satisfies all the atoms. */
export function isContradictory(atoms: readonly NumberAtom[]): boolean {
  const [low, high] = [tightest(atoms, 'above', 1), tightest(atoms, 'below', -1)];
  const unit = unitOf(atoms);
  if (
    unit !== undefined &&
    atoms.some((atom) => isMultiple(atom) && atom.negated && isMultipleOf(unit, atom.of))
  )
    return true;
  if (low === undefined || high === undefined) return false;
  const order = compareRationals(low.value, high.value);
  if (order > 0 || (order === 0 && !(low.inclusive && high.inclusive))) return true;
  return unit !== undefined && gridEnds(unit, low, high) === undefined;
}

/** A number that satisfies the number atoms of a clause. */
export function numberOf({ budget }: Search, clause: Clause): Outcome {
  const atoms = clause.filter(isNumberAtom);
  const fits = (value: Rational) => atoms.every((atom) => numberFits(atom, value));
  for (const atom of atoms) {
    if (atom.kind !== 'among' || atom.negated) continue;
    const value = atom.values.find(fits);
    return value === undefined ? NONE : asOutcome(value);
  }
  const [low, high] = [tightest(atoms, 'above', 1), tightest(atoms, 'below', -1)];
  if (low !== undefined && high !== undefined) {
    const order = compareRationals(low.value, high.value);
    if (order > 0) return NONE;
    if (order === 0) return fits(low.value) ? asOutcome(low.value) : NONE;
  }
  const unit = unitOf(atoms);
  const barred = atoms.filter(isMultiple).filter((atom) => atom.negated);
  if (unit !== undefined && barred.some((atom) => isMultipleOf(unit, atom.of))) return NONE;
  const excluded = new Set(
    atoms.flatMap((atom) => (atom.kind === 'among' && atom.negated ? atom.values.map(rationalKey) : [])),
  );

  const limit = CANDIDATES + excluded.size;
  const grids = unit === undefined ? decimalGrids() : [unit];
  for (const grid of grids) {
    let tried = 0;
    let overflowed = false;
    for (const value of gridValues(grid, low, high)) {
      if (++tried > limit || !budget.spend(1)) break;
      if (!fits(value)) continue;
      const number = jsonNumberOf(value);
      if (number !== undefined) return { kind: 'found', value: number };
      overflowed = true;
    }
    if (unit !== undefined && tried <= limit && !overflowed && !budget.exhausted()) return NONE;
  }
  return farNumber(unit ?? rational(1n), low, high, fits);
}

/** Where doubles are far apart only round numbers are among them: multiples of the unit by powers of ten. */
function farNumber(
  unit: Rational,
  low: Bound | undefined,
  high: Bound | undefined,
  fits: (value: Rational) => boolean,
): Outcome {
  for (let power = LARGEST_POWER; power > 0; power--) {
    let tried = 0;
    for (const value of gridValues(timesInteger(unit, 10n ** BigInt(power)), low, high)) {
      if (++tried > FAR_CANDIDATES) break;
      const number = fits(value) ? jsonNumberOf(value) : undefined;
      if (number !== undefined) return { kind: 'found', value: number };
    }
  }
  return { kind: 'unknown', reason: 'no number was found, and none excluded' };
}

/** Whether an atom speaks about numbers. */
export function isNumberAtom(atom: Clause[number]): atom is NumberAtom {
  return atom.kind === 'above' || atom.kind === 'below' || atom.kind === 'multiple' || atom.kind === 'among';
}

/** What the number must be a multiple of, all demands together. */
function unitOf(atoms: readonly NumberAtom[]): Rational | undefined {
  return atoms
    .filter(isMultiple)
    .filter((atom) => !atom.negated)
    .map((atom) => atom.of)
    .reduce<Rational | undefined>(
      (all, of) => (all === undefined ? of : leastCommonMultiple(all, of)),
      undefined,
    );
}

function isMultiple(atom: NumberAtom): atom is NumberAtom & { kind: 'multiple' } {
  return atom.kind === 'multiple';
}

const keys = new WeakMap<NumberAtom, ReadonlySet<string>>();

/** The values of an atom by name; there may be thousands of them, and thousands of questions. */
function keysOf(atom: Extract<NumberAtom, { kind: 'among' }>): ReadonlySet<string> {
  const known = keys.get(atom);
  if (known !== undefined) return known;
  const result = new Set(atom.values.map(rationalKey));
  keys.set(atom, result);
  return result;
}

/** Whether a number satisfies an atom. */
export function numberFits(atom: NumberAtom, value: Rational): boolean {
  switch (atom.kind) {
    case 'above':
    case 'below': {
      const order = compareRationals(value, atom.bound) * (atom.kind === 'above' ? 1 : -1);
      return order > 0 || (order === 0 && atom.inclusive);
    }
    case 'multiple':
      return isMultipleOf(value, atom.of) !== atom.negated;
    case 'among':
      return keysOf(atom).has(rationalKey(value)) !== atom.negated;
  }
}

function asOutcome(value: Rational): Outcome {
  const number = jsonNumberOf(value);
  return number === undefined
    ? { kind: 'unknown', reason: 'a number is beyond double precision' }
    : { kind: 'found', value: number };
}

function tightest(atoms: readonly NumberAtom[], kind: 'above' | 'below', sign: number): Bound | undefined {
  let best: Bound | undefined;
  for (const atom of atoms) {
    if (atom.kind !== kind) continue;
    const order = best === undefined ? 1 : compareRationals(atom.bound, best.value) * sign;
    if (order > 0 || (order === 0 && !atom.inclusive))
      best = { value: atom.bound, inclusive: atom.inclusive };
  }
  return best;
}

function* decimalGrids(): Iterable<Rational> {
  for (let digits = 0; digits <= DIGITS; digits++) yield rational(1n, 10n ** BigInt(digits));
}

/** The multiples of `unit` within the bounds, from the one nearest to zero outwards. */
function* gridValues(unit: Rational, low: Bound | undefined, high: Bound | undefined): Iterable<Rational> {
  const ends = gridEnds(unit, low, high);
  if (ends === undefined) return;
  const { least, most } = ends;
  const start = least !== undefined && least > 0n ? least : most !== undefined && most < 0n ? most : 0n;
  yield timesInteger(unit, start);
  for (let step = 1n; ; step++) {
    const [up, down] = [start + step, start - step];
    const [upFits, downFits] = [most === undefined || up <= most, least === undefined || down >= least];
    if (!upFits && !downFits) return;
    if (upFits) yield timesInteger(unit, up);
    if (downFits) yield timesInteger(unit, down);
  }
}

/** The first and the last multiple of `unit` within the bounds, in units; undefined where there is none. */
function gridEnds(
  unit: Rational,
  low: Bound | undefined,
  high: Bound | undefined,
): { readonly least: bigint | undefined; readonly most: bigint | undefined } | undefined {
  const least = low && -edge({ ...low, value: timesInteger(low.value, -1n) }, unit);
  const most = high && edge(high, unit);
  return least !== undefined && most !== undefined && least > most ? undefined : { least, most };
}

/** The largest `k` for which `k * unit` is within an upper bound. */
function edge(bound: Bound, unit: Rational): bigint {
  const k = floorQuotient(bound.value, unit);
  const exact = compareRationals(timesInteger(unit, k), bound.value) === 0;
  return exact && !bound.inclusive ? k - 1n : k;
}
