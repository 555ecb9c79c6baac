import { isObject, type JsonValue } from '@chirograph/schema';
import { childrenAt, hasChild, keysOf, type SchemaPart, valuesOf } from '@chirograph/schema/combine';
import type { Aspect, Pair, Remark, Sides } from './aspect.ts';
import { meaningKey } from './signature.ts';

/** Which properties an object has, and which it must have. */
export const properties: Aspect = (pair, sides) => {
  const { base, head, field } = pair;
  const [before, after] = [namesIn(base), namesIn(head)];
  const [needed, needs] = [requiredOf(base), requiredOf(head)];
  const renamed = renames(pair, sides);
  const remarks: Remark[] = [...renamed].map(([from, to]) => ({
    what: 'property-renamed',
    keywords: ['properties', 'required'],
    entries: [from, to],
    field: [...field, from],
    to,
  }));
  const isNew = new Set(renamed.values());
  for (const name of after) {
    if (before.has(name) || isNew.has(name) || isInBranches(base, sides.base, name)) continue;
    remarks.push({
      what: needs.has(name) ? 'required-property-added' : 'property-added',
      keywords: ['properties', 'required'],
      entries: [name],
      field: [...field, name],
    });
  }
  for (const name of before) {
    if (after.has(name) || renamed.has(name) || isInBranches(head, sides.head, name)) continue;
    remarks.push({
      what: needed.has(name) ? 'required-property-removed' : 'property-removed',
      keywords: ['properties', 'required'],
      entries: [name],
      field: [...field, name],
    });
  }
  for (const name of new Set([...needed, ...needs])) {
    if (needed.has(name) === needs.has(name)) continue;
    if (before.has(name) !== after.has(name)) continue;
    remarks.push({
      what: needs.has(name) ? 'property-made-required' : 'property-made-optional',
      keywords: ['required'],
      entries: [name],
      field: [...field, name],
    });
  }
  return remarks;
};

/** Whether every branch of some choice has a property: it has moved, and is there still. */
function isInBranches(conjuncts: readonly SchemaPart[], schemas: Sides['base'], name: string): boolean {
  return conjuncts.some((owner) =>
    ['oneOf', 'anyOf'].some((keyword) => {
      const { [keyword]: branches } = owner.json;
      if (!Array.isArray(branches) || branches.length === 0) return false;
      return branches.every((_, index) =>
        keysOf(childrenAt(schemas, [owner], keyword, index), 'properties').includes(name),
      );
    }),
  );
}

/** Whether an object may have properties beside those named, and what these may be called. */
export const furtherProperties: Aspect = ({ base, head, field }, sides) => {
  const [before, after] = [isClosed(base), isClosed(head)];
  const remarks: Remark[] = [];
  const keywords = ['additionalProperties', 'unevaluatedProperties'];
  if (!before && after) remarks.push({ what: 'closed', keywords, to: 'closed' });
  if (before && !after) remarks.push({ what: 'opened', keywords, to: 'open' });
  const [hadMap, hasMap] = [isMap(base), isMap(head)];
  if (!hadMap && hasMap && !before) remarks.push({ what: 'map-values-added', keywords });
  if (hadMap && !hasMap && !after) remarks.push({ what: 'map-values-removed', keywords });
  const [patterns, now] = [keysOf(base, 'patternProperties'), keysOf(head, 'patternProperties')];
  const pattern = (what: 'pattern-property-added' | 'pattern-property-removed', name: string): Remark => ({
    what,
    keywords: ['patternProperties'],
    entries: [name],
    field: [...field, name],
  });
  for (const name of now) if (!patterns.includes(name)) remarks.push(pattern('pattern-property-added', name));
  for (const name of patterns)
    if (!now.includes(name)) remarks.push(pattern('pattern-property-removed', name));
  const [names, newNames] = [
    meaningKey(sides.base, valuesOf(base, 'propertyNames')),
    meaningKey(sides.head, valuesOf(head, 'propertyNames')),
  ];
  if (names !== newNames) {
    const what =
      names === '[]'
        ? 'property-names-added'
        : newNames === '[]'
          ? 'property-names-removed'
          : 'property-names-changed';
    remarks.push({ what, keywords: ['propertyNames'] });
  }
  return remarks;
};

/** Which properties ask for others. */
export const dependencies: Aspect = ({ base, head }, sides) =>
  ['dependencies', 'dependentRequired', 'dependentSchemas'].flatMap((keyword) => {
    const [before, after] = [keysOf(base, keyword), keysOf(head, keyword)];
    return [...new Set([...before, ...after])].flatMap((name): Remark[] => {
      const remark = { keywords: [keyword], entries: [name], from: name, to: name };
      if (!before.includes(name)) return [{ ...remark, what: 'dependency-added' }];
      if (!after.includes(name)) return [{ ...remark, what: 'dependency-removed' }];
      const former = meaningKey(sides.base, entriesOf(base, keyword, name));
      const now = meaningKey(sides.head, entriesOf(head, keyword, name));
      return former === now ? [] : [{ ...remark, what: 'dependency-changed' }];
    });
  });

/** The properties that all `required` lists ask for together. */
export function requiredOf(conjuncts: readonly SchemaPart[]): ReadonlySet<string> {
  return new Set(
    valuesOf(conjuncts, 'required')
      .flatMap((it) => (Array.isArray(it) ? (it as readonly JsonValue[]) : []))
      .filter((it) => typeof it === 'string'),
  );
}

/** A property that is gone and one that is new, alike in all but the name, and no others like them. */
function renames({ base, head }: Pair, sides: Sides): ReadonlyMap<string, string> {
  const [before, after] = [namesIn(base), namesIn(head)];
  const gone = [...before].filter((it) => !after.has(it));
  const came = [...after].filter((it) => !before.has(it));
  if (gone.length === 0 || came.length === 0) return new Map();
  const [needed, needs] = [requiredOf(base), requiredOf(head)];
  const was = (name: string) =>
    `${needed.has(name)}${meaningKey(
      sides.base,
      childrenAt(sides.base, base, 'properties', name).map((it) => it.json),
    )}`;
  const is = (name: string) =>
    `${needs.has(name)}${meaningKey(
      sides.head,
      childrenAt(sides.head, head, 'properties', name).map((it) => it.json),
    )}`;
  const [old, young] = [Map.groupBy(gone, was), Map.groupBy(came, is)];
  return new Map(
    [...old].flatMap(([meaning, [name, ...rivals]]) => {
      const [alike, ...others] = young.get(meaning) ?? [];
      const isSure = name !== undefined && alike !== undefined && rivals.length + others.length === 0;
      return isSure ? [[name, alike] as const] : [];
    }),
  );
}

function namesIn(conjuncts: readonly SchemaPart[]): ReadonlySet<string> {
  return new Set(keysOf(conjuncts, 'properties'));
}

function isClosed(conjuncts: readonly SchemaPart[]): boolean {
  return conjuncts.some(
    ({ json }) => json.additionalProperties === false || json.unevaluatedProperties === false,
  );
}

function isMap(conjuncts: readonly SchemaPart[]): boolean {
  return (
    conjuncts.some(({ json }) => isObject(json.additionalProperties)) &&
    hasChild(conjuncts, 'additionalProperties')
  );
}

function entriesOf(conjuncts: readonly SchemaPart[], keyword: string, name: string): JsonValue[] {
  return valuesOf(conjuncts, keyword).flatMap((it) => (isObject(it) ? [it[name] ?? null] : []));
}
