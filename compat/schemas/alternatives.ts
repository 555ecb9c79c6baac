import { isObject, isSchema, type JsonValue } from '@chirograph/schema';
import {
  allOfParts,
  below,
  childrenAt,
  type Definitions,
  keysOf,
  type SchemaPart,
  valuesOf,
} from '@chirograph/schema/combine';
import { type Aspect, either, type Pair, type Remark, type Sides, shown } from './aspect.ts';
import { meaningKey } from './signature.ts';

/** One of several shapes that a value may have, and what people would call it. */
interface Alternative {
  readonly conjuncts: readonly SchemaPart[];
  readonly name: string;
  readonly meaning: string;
}

/** The shapes that a field may have. */
export const alternatives: Aspect = (pair, sides) =>
  (['oneOf', 'anyOf'] as const).flatMap((keyword): Remark[] => {
    const [before, after] = [
      alternativesOf(sides.base, pair.base, keyword),
      alternativesOf(sides.head, pair.head, keyword),
    ];
    const names = (list: readonly Alternative[]) => either(list.map((it) => it.name));
    if (before.length === 0 && after.length === 0) return [];
    if (before.length === 0) return [{ what: 'alternatives-added', keywords: [keyword], to: names(after) }];
    if (after.length === 0)
      return [{ what: 'alternatives-removed', keywords: [keyword], from: names(before) }];
    const { gone, came } = match(before, after);
    return [
      ...gone.map((it): Remark => ({ what: 'alternative-removed', keywords: [keyword], from: it.name })),
      ...came.map((it): Remark => ({ what: 'alternative-added', keywords: [keyword], to: it.name })),
    ];
  });

/** What depends on conditions, and what is excluded. */
export const conditions: Aspect = ({ base, head }, sides) => {
  const differs = (...keywords: readonly string[]) => {
    const said = (schemas: Definitions, conjuncts: readonly SchemaPart[]) =>
      keywords.map((it) => meaningKey(schemas, valuesOf(conjuncts, it))).join();
    return said(sides.base, base) !== said(sides.head, head);
  };
  return [
    ...(differs('if', 'then', 'else')
      ? [{ what: 'condition-changed' as const, keywords: ['if', 'then', 'else'] }]
      : []),
    ...(differs('not') ? [{ what: 'exclusion-changed' as const, keywords: ['not'] }] : []),
  ];
};

/** The shapes that both sides have: what is compared further. */
export function sharedAlternatives(pair: Pair, sides: Sides): Pair[] {
  return (['oneOf', 'anyOf'] as const).flatMap((keyword) => {
    const { shared } = match(
      alternativesOf(sides.base, pair.base, keyword),
      alternativesOf(sides.head, pair.head, keyword),
    );
    return shared
      .filter(([before, after]) => before.meaning !== after.meaning)
      .map(([before, after]) => ({
        field: [...pair.field, `(${after.name})`],
        base: before.conjuncts,
        head: after.conjuncts,
      }));
  });
}

/** Pairs shapes that are equal, then those of one name, then those that stand alone at one place. */
function match(before: readonly Alternative[], after: readonly Alternative[]) {
  const shared: [Alternative, Alternative][] = [];
  let gone = [...before];
  let came = [...after];
  const pairBy = (same: (a: Alternative, b: Alternative) => boolean) => {
    for (const one of gone) {
      const other = came.find((it) => same(one, it));
      if (!other) continue;
      shared.push([one, other]);
      came = came.filter((it) => it !== other);
    }
    gone = gone.filter((it) => !shared.some(([one]) => one === it));
  };
  pairBy((a, b) => a.meaning === b.meaning);
  pairBy((a, b) => a.name === b.name);
  if (gone.length === 1 && came.length === 1) pairBy(() => true);
  return { shared, gone, came };
}

function alternativesOf(
  schemas: Definitions,
  conjuncts: readonly SchemaPart[],
  keyword: 'oneOf' | 'anyOf',
): Alternative[] {
  return conjuncts.flatMap((owner) => {
    const list = owner.json[keyword];
    if (!Array.isArray(list)) return [];
    return (list as readonly JsonValue[]).flatMap((json, index) => {
      if (!isSchema(json)) return [];
      const parts = allOfParts(schemas, json, below(owner, keyword, index));
      return [
        { conjuncts: parts, name: nameOf(schemas, json, parts, index), meaning: meaningKey(schemas, json) },
      ];
    });
  });
}

/** A shape goes by the name of its definition, by a fixed value of a property, by its title or type, by its number. */
function nameOf(schemas: Definitions, json: JsonValue, parts: readonly SchemaPart[], index: number): string {
  if (isObject(json) && typeof json.$ref === 'string')
    return schemas[json.$ref]?.name ?? `shape ${index + 1}`;
  const [title] = valuesOf(parts, 'title');
  if (typeof title === 'string') return title;
  for (const property of keysOf(parts, 'properties')) {
    const [fixed] = valuesOf(childrenAt(schemas, parts, 'properties', property), 'const');
    if (fixed !== undefined) return `${property} ${shown(fixed)}`;
  }
  const [type] = valuesOf(parts, 'type');
  return type === undefined ? `shape ${index + 1}` : shown(type);
}
