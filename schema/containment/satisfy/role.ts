import type { Shape } from '../logic/formula.ts';
import type { Logic } from '../logic/logic.ts';

/** A demand on how many items or members have a shape: of at least so many, or of at most so many. */
export interface Demand {
  readonly count: number;
  readonly shape: Shape;
}

/** What one item or member can be: a shape, the needs it then meets and the limits it may count against. */
export interface Role {
  readonly shape: Shape;
  readonly meets: readonly number[];
  readonly uses: readonly number[];
}

/**
 * Every role that an item of shape `base` can play towards the given needs and limits (pairs of a place in
 * the caller's list and a shape), most useful first. Together the roles cover every item of that shape.
 */
export function* rolesOf(
  { anything, both, complement }: Logic,
  base: Shape,
  needs: readonly (readonly [number, Shape])[],
  limits: readonly (readonly [number, Shape])[],
): Iterable<Role> {
  const free = (shape: Shape) => shape === anything || shape === base;
  const meetsAlways = needs.filter(([, shape]) => free(shape)).map(([index]) => index);
  const usesAlways = limits.filter(([, shape]) => free(shape)).map(([index]) => index);
  const openNeeds = needs.filter(([, shape]) => !free(shape));
  const openLimits = limits.filter(([, shape]) => !free(shape));
  for (const met of subsets(openNeeds, true)) {
    for (const used of subsets(openLimits, false)) {
      const spared = openLimits.filter((limit) => !used.includes(limit));
      yield {
        shape: both([
          base,
          ...met.map(([, shape]) => shape),
          ...spared.map(([, shape]) => complement(shape)),
        ]),
        meets: [...meetsAlways, ...met.map(([index]) => index)],
        uses: [...usesAlways, ...used.map(([index]) => index)],
      };
    }
  }
}

/** All subsets, from everything to nothing or the other way round. */
function* subsets<Item>(items: readonly Item[], fullFirst: boolean): Iterable<readonly Item[]> {
  const [first, ...rest] = items;
  if (first === undefined) {
    yield [];
    return;
  }
  const [head, tail] = fullFirst ? [[first], []] : [[], [first]];
  for (const subset of subsets(rest, fullFirst)) yield [...head, ...subset];
  for (const subset of subsets(rest, fullFirst)) yield [...tail, ...subset];
}

/** The counts with one taken off at each of the places. */
export function takenFrom(counts: readonly number[], places: readonly number[]): readonly number[] {
  return counts.map((count, place) => (places.includes(place) ? Math.max(count - 1, 0) : count));
}
