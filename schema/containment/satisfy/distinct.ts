import { fingerprint } from '../../json/equal.ts';
import type { JsonValue } from '../../json/json-value.ts';
import { shapeOfValues } from '../logic/constant.ts';
import type { Shape } from '../logic/formula.ts';
import { NONE, OUT_OF_BUDGET, type Outcome } from './outcome.ts';
import type { Search } from './search.ts';

interface Supply {
  readonly values: readonly JsonValue[];
  /** Why there may be more values than these, though fewer than asked were found. */
  readonly unknown: Outcome | undefined;
}

/**
 * One value for each shape, all different (`uniqueItems`): a matching of places with values. As many values
 * of a shape as there are places are enough, by Hall's theorem.
 */
export function distinctValues(search: Search, shapes: readonly Shape[]): Outcome {
  const supplies = new Map<Shape, Supply>();
  for (const shape of new Set(shapes)) supplies.set(shape, supplyOf(search, shape, shapes.length));
  const holder = new Map<string, number>();
  const chosen: JsonValue[] = [];

  function place(index: number, refused: Set<string>): boolean {
    const supply = supplies.get(shapes[index]!);
    for (const value of supply?.values ?? []) {
      const text = fingerprint(value);
      if (refused.has(text)) continue;
      refused.add(text);
      const rival = holder.get(text);
      if (rival !== undefined && !place(rival, refused)) continue;
      holder.set(text, index);
      chosen[index] = value;
      return true;
    }
    return false;
  }

  if (shapes.every((_, index) => place(index, new Set()))) return { kind: 'found', value: chosen };
  return [...supplies.values()].find((supply) => supply.unknown !== undefined)?.unknown ?? NONE;
}

function supplyOf({ logic, budget, satisfy }: Search, shape: Shape, wanted: number): Supply {
  const values: JsonValue[] = [];
  while (values.length < wanted) {
    if (!budget.spend(1 + values.length)) return { values, unknown: OUT_OF_BUDGET };
    const others = logic.complement(shapeOfValues(logic, values));
    const next = satisfy(logic.both([shape, others]));
    if (next.kind !== 'found') return { values, unknown: next.kind === 'unknown' ? next : undefined };
    values.push(next.value);
  }
  return { values, unknown: undefined };
}
