import { childrenAt, keysOf, tupleSize } from '@chirograph/schema/combine';
import { alternatives, conditions, sharedAlternatives } from './alternatives.ts';
import type { Aspect, Pair, Remark, Sides } from './aspect.ts';
import { bounds, multiples } from './bounds.ts';
import { documentation } from './documentation.ts';
import { lists } from './lists.ts';
import { dependencies, furtherProperties, properties } from './objects.ts';
import { texts } from './texts.ts';
import { areDisjoint, types } from './types.ts';
import { defaults, values } from './values.ts';

const ASPECTS: readonly Aspect[] = [
  types,
  values,
  bounds,
  multiples,
  texts,
  lists,
  properties,
  furtherProperties,
  dependencies,
  alternatives,
  conditions,
  defaults,
  documentation,
];

/** A remark and the field that it is of. */
export interface SchemaRemark extends Remark {
  readonly pair: Pair;
}

/**
 * Compares what two schemas say of a value and of everything in it. Fields are matched by what they are called; where a
 * part is written, and through how many `$ref` and `allOf`, makes no difference.
 */
export function compareSchemas(root: Pair, sides: Sides): SchemaRemark[] {
  const remarks: SchemaRemark[] = [];
  const seen = new Set<string>();
  const open: Pair[] = [root];
  for (let pair = open.pop(); pair; pair = open.pop()) {
    const key = placesOf(pair);
    if (seen.has(key)) continue;
    seen.add(key);
    const changed = otherType(pair, sides);
    if (changed) {
      remarks.push({ ...changed, pair });
      continue;
    }
    for (const aspect of ASPECTS) {
      for (const remark of aspect(pair, sides)) remarks.push({ ...remark, pair });
    }
    open.push(...inside(pair, sides).reverse());
  }
  return remarks;
}

/** A field of another type has nothing of the old one: bounds, patterns and properties went with it. */
function otherType(pair: Pair, sides: Sides): Remark | undefined {
  const [remark] = types(pair, sides);
  if (remark?.what !== 'type-changed' || !areDisjoint(pair)) return undefined;
  const keywords = [...pair.base, ...pair.head].flatMap(({ json }) => Object.keys(json));
  return {
    ...remark,
    keywords: ['type', ...new Set(keywords.filter((it) => it !== 'type' && !KEPT.has(it)))],
  };
}

/** Where schemas are put together, not what they say. */
const KEPT = new Set(['allOf', '$ref', '$defs', 'definitions', '$id', '$schema']);

/** The fields directly inside a field that both sides have. */
function inside(pair: Pair, sides: Sides): Pair[] {
  const { base, head, field } = pair;
  const child = (label: string, ...path: (string | number)[]): Pair => ({
    field: [...field, label],
    base: childrenAt(sides.base, base, ...path),
    head: childrenAt(sides.head, head, ...path),
  });
  const shared = (keyword: string) => {
    const before = new Set(keysOf(base, keyword));
    return keysOf(head, keyword).filter((it) => before.has(it));
  };
  const places = Math.min(tupleSize(base), tupleSize(head));
  const both = (one: Pair) => one.base.length > 0 && one.head.length > 0;
  return [
    ...shared('properties').map((name) => child(name, 'properties', name)),
    ...shared('patternProperties').map((name) => child(name, 'patternProperties', name)),
    ...[child('*', 'additionalProperties'), child('[]', 'items'), child('[]', 'additionalItems')].filter(
      both,
    ),
    ...Array.from({ length: places }, (_, index) => tupleItem(pair, sides, index)),
    ...sharedAlternatives(pair, sides),
  ];
}

function tupleItem({ base, head, field }: Pair, sides: Sides, index: number): Pair {
  const at = (side: 'base' | 'head') =>
    ['items', 'prefixItems'].flatMap((it) =>
      childrenAt(sides[side], side === 'base' ? base : head, it, index),
    );
  return { field: [...field, `[${index}]`], base: at('base'), head: at('head') };
}

function placesOf({ base, head }: Pair): string {
  const text = (list: Pair['base']) => list.map((it) => `${it.schema}!${it.path.join('/')}`).join(' ');
  return `${text(base)} | ${text(head)}`;
}
