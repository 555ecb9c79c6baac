import type { JsonValue } from '../../json/json-value.ts';
import type { ArrayAtom, Shape } from '../logic/formula.ts';
import type { Clause } from './clause.ts';
import { distinctValues } from './distinct.ts';
import { firstFound, NONE, OUT_OF_BUDGET, type Outcome } from './outcome.ts';
import { type Demand, type Role, rolesOf, takenFrom } from './role.ts';
import type { Search } from './search.ts';

interface Ranged extends Demand {
  readonly from: number;
  readonly to: number;
}

/** The array atoms of a clause, sorted by what they do. */
interface Frame {
  readonly least: number;
  readonly most: number;
  /** What items of a range are not to be. */
  readonly bars: readonly Ranged[];
  readonly needs: readonly Ranged[];
  readonly limits: readonly Ranged[];
  readonly unique: boolean;
  readonly repeated: boolean;
}

/** The longest array that is built place by place; longer ones must be fillable with one item. */
const LONGEST = 2000;

/** The longest array that is written out. */
const LONGEST_FILLED = 1_000_000;

/**
 * An array that satisfies the array atoms of a clause. Places are filled from the left; each item takes a role
 * towards the counts. Past the last place that an atom names, items that meet no need are left out, so that
 * only finitely many lengths come into question.
 */
export function arrayOf(search: Search, clause: Clause): Outcome {
  const frame = frameOf(search, clause);
  if ((frame.unique && frame.repeated) || frame.least > frame.most) return NONE;
  if (frame.least > LONGEST_FILLED)
    return { kind: 'unknown', reason: `an array of ${frame.least} items would be needed` };
  const { logic, budget, satisfy } = search;
  const { bars, needs, limits, least, most, unique, repeated } = frame;
  const plain = !unique && !repeated;
  const heads = Math.max(
    0,
    ...[...bars, ...needs, ...limits].map(({ from, to }) => (to === Infinity ? from : to)),
  );
  const spare = needs.reduce((sum, need) => sum + need.count, 0) + (repeated ? 2 : 0);
  const end = Math.min(most, Math.max(least, heads + spare));
  const bases = new Map<number, Shape>();
  const failed = new Set<string>();
  return extend([], counts(needs), counts(limits));

  function extend(shapes: readonly Shape[], needed: readonly number[], left: readonly number[]): Outcome {
    const place = shapes.length;
    let result = NONE;
    if (place >= least && needed.every((count) => count === 0)) {
      result = complete(shapes);
      if (result.kind === 'found') return result;
    }
    if (place >= end) return result;
    if (place > LONGEST)
      return { kind: 'unknown', reason: `an array of more than ${LONGEST} items would be needed` };
    if (!budget.spend(1)) return OUT_OF_BUDGET;
    const key = `${place} ${needed} ${left}`;
    if (plain && failed.has(key)) return NONE;
    const isIdleAllowed = place < heads || place < least || repeated;
    const next = firstFound(rolesAt(place, needed), (role) => {
      if (!budget.spend(1)) return OUT_OF_BUDGET;
      if (role.uses.some((index) => left[index] === 0)) return NONE;
      if (role.meets.length === 0 && !isIdleAllowed) return NONE;
      const item = satisfy(role.shape);
      if (item.kind !== 'found') return item;
      const stillNeeded = takenFrom(needed, role.meets);
      const isFilling =
        plain && place >= heads && role.uses.length === 0 && stillNeeded.every((count) => count === 0);
      const times = isFilling ? Math.max(least - place, 1) : 1;
      return extend(
        [...shapes, ...Array<Shape>(times).fill(role.shape)],
        stillNeeded,
        takenFrom(left, role.uses),
      );
    });
    if (next.kind === 'none' && plain) failed.add(key);
    return next.kind === 'none' ? result : next;
  }

  function rolesAt(place: number, needed: readonly number[]): Iterable<Role> {
    const here = ({ from, to }: Ranged) => from <= place && place < to;
    const active = [...needs.entries()].filter(([index, need]) => needed[index]! > 0 && here(need));
    const counting = [...limits.entries()].filter(([, limit]) => here(limit));
    return rolesOf(logic, baseAt(place), active.map(shaped), counting.map(shaped));
  }

  function baseAt(place: number): Shape {
    const at = Math.min(place, heads);
    const known = bases.get(at);
    if (known !== undefined) return known;
    const barred = bars.filter(({ from, to }) => from <= at && at < to);
    const base = logic.both(barred.map(({ shape }) => logic.complement(shape)));
    bases.set(at, base);
    return base;
  }

  function complete(shapes: readonly Shape[]): Outcome {
    if (unique) return distinctValues(search, shapes);
    const values = shapes.map(satisfy).map((outcome) => (outcome.kind === 'found' ? outcome.value : null));
    return repeated ? withRepetition(shapes, values) : { kind: 'found', value: values };
  }

  function withRepetition(shapes: readonly Shape[], values: readonly JsonValue[]): Outcome {
    return firstFound(pairsBelow(shapes.length), ([i, j]) => {
      const twin = satisfy(logic.both([shapes[i]!, shapes[j]!]));
      if (twin.kind !== 'found') return twin;
      return { kind: 'found', value: values.map((value, k) => (k === i || k === j ? twin.value : value)) };
    });
  }
}

function* pairsBelow(end: number): Iterable<readonly [number, number]> {
  for (let i = 0; i < end; i++) for (let j = i + 1; j < end; j++) yield [i, j];
}

function shaped([index, { shape }]: readonly [number, Ranged]): readonly [number, Shape] {
  return [index, shape];
}

function counts(demands: readonly Demand[]): readonly number[] {
  return demands.map((demand) => demand.count);
}

function frameOf({ logic }: Search, clause: Clause): Frame {
  const atoms = clause.filter((atom): atom is ArrayAtom => atom.kind === 'items' || atom.kind === 'unique');
  const items = atoms.filter((atom) => atom.kind === 'items');
  const sized = (atom: Ranged) => atom.shape === logic.anything;
  const atLeast = items.filter((atom) => atom.side === 'atLeast');
  const atMost = items.filter((atom) => atom.side === 'atMost');
  return {
    least: Math.max(0, ...atLeast.filter(sized).map(({ from, count }) => from + count)),
    most: Math.min(Infinity, ...atMost.filter(sized).map(({ from, count }) => from + count)),
    bars: atMost.filter((atom) => !sized(atom) && atom.count === 0),
    needs: atLeast.filter((atom) => !sized(atom)),
    limits: atMost.filter((atom) => !sized(atom) && atom.count > 0),
    unique: atoms.some((atom) => atom.kind === 'unique' && !atom.negated),
    repeated: atoms.some((atom) => atom.kind === 'unique' && atom.negated),
  };
}
