import { equal } from '../json/equal.ts';
import { isObject, type JsonValue } from '../json/json-value.ts';
import { keywordRow } from '../keywords/keyword-table.ts';
import type { JsonSchema, SchemaObject, Schemas } from '../keywords/schema.ts';
import { isSchema } from '../keywords/subschemas.ts';
import { allOfParts, NEVER, ownKeywords } from './all-of-parts.ts';

/**
 * Parts of a schema as one object of keywords. There are three answers to what two words on one keyword come to, for three
 * questions: a document must accept exactly what its parts do (`conjoin`), a type shows no bounds (`generators`), and a
 * sample is checked once it is made (`mergedSchema`).
 */

/** What two words on one keyword come to; undefined where they cannot be said as one. */
export type Reconcile = (earlier: JsonValue, later: JsonValue) => JsonValue | undefined;

/** Undefined where the parts cannot be said as one. */
export function mergeParts(
  parts: readonly SchemaObject[],
  reconcilerOf: (keyword: string) => Reconcile,
): SchemaObject | undefined {
  const [only, ...others] = parts.map(ownKeywords);
  if (others.length === 0) return only ?? {};
  const merged: Record<string, JsonValue> = { ...only };
  for (const part of others) {
    for (const [keyword, value] of Object.entries(part)) {
      const former = Object.hasOwn(merged, keyword) ? merged[keyword] : undefined;
      const both = former === undefined ? value : reconcilerOf(keyword)(former, value);
      if (both === undefined) return undefined;
      merged[keyword] = both;
    }
  }
  return merged;
}

/** Words on one keyword are one where they are the same, where they describe, and as a row has it. */
export function strictly(rows: Readonly<Record<string, Reconcile>>): (keyword: string) => Reconcile {
  const all: Readonly<Record<string, Reconcile>> = { required: union, ...rows };
  return (keyword) => all[keyword] ?? (isAnnotation(keyword) ? later : same);
}

const later: Reconcile = (_, it) => it;
const same: Reconcile = (a, b) => (equal(a, b) ? a : undefined);
const union: Reconcile = (a, b) => [...new Set([a, b].flat())];
const larger: Reconcile = (a, b) => Math.max(Number(a), Number(b));
const smaller: Reconcile = (a, b) => Math.min(Number(a), Number(b));

/** Of two bounds the tighter one holds. */
export const BOUNDS: Readonly<Record<string, Reconcile>> = {
  minimum: larger,
  exclusiveMinimum: larger,
  minLength: larger,
  minItems: larger,
  minProperties: larger,
  maximum: smaller,
  exclusiveMaximum: smaller,
  maxLength: smaller,
  maxItems: smaller,
  maxProperties: smaller,
};

/** Whether a keyword says something about values without refusing any. */
export function isAnnotation(keyword: string): boolean {
  return (keywordRow(keyword)?.role ?? 'annotation') === 'annotation';
}

/** The properties of two objects: a property of both is what `both` makes of the two. */
export function eachProperty(both: Reconcile): Reconcile {
  return (earlier, later) => {
    if (!isObject(earlier) || !isObject(later)) return later;
    const merged: Record<string, JsonValue> = { ...earlier };
    for (const [name, value] of Object.entries(later)) {
      const former = Object.hasOwn(merged, name) ? merged[name] : undefined;
      merged[name] = former === undefined ? value : (both(former, value) ?? value);
    }
    return merged;
  };
}

/** Keywords whose meaning depends on their neighbours, so that they may not move into another schema. */
const BOUND = new Set([
  '$ref',
  '$id',
  '$anchor',
  '$dynamicRef',
  'additionalItems',
  'additionalProperties',
  'contains',
  'else',
  'if',
  'items',
  'maxContains',
  'minContains',
  'patternProperties',
  'prefixItems',
  'then',
  'unevaluatedItems',
  'unevaluatedProperties',
]);

const EXACT = strictly({ properties: eachProperty(bothSchemas) });

/**
 * One schema that accepts what all of them accept, so that an envelope and what a message adds to it read as one object.
 * Undefined where that cannot be written as one object without changing what is accepted. Of two annotations the later
 * one is kept.
 */
export function conjoin(...parts: readonly SchemaObject[]): SchemaObject | undefined {
  const isBound = parts.some((it) => Object.keys(it).some((keyword) => BOUND.has(keyword)));
  return isBound ? undefined : mergeParts(parts, EXACT);
}

function bothSchemas(a: JsonValue, b: JsonValue): JsonValue {
  if (a === true) return b;
  if (b === true) return a;
  if (!isObject(a) || !isObject(b)) return false;
  return conjoin(a, b) ?? { allOf: [a, b] };
}

const both: Reconcile = (a, b) => (isSchema(a) && isSchema(b) ? { allOf: [a, b] } : b);

const LOOSE: Readonly<Record<string, Reconcile>> = {
  ...BOUNDS,
  required: union,
  type: common,
  enum: common,
  properties: eachProperty(both),
  items: both,
  additionalProperties: both,
  oneOf: pairs,
  anyOf: pairs,
};

/**
 * A schema as one object of keywords: references followed, `allOf` merged, bounds tightened. What cannot be reconciled
 * keeps the later word; a value that is made by it is checked afterwards.
 */
export function mergedSchema({ schemas }: Schemas, schema: JsonSchema): JsonSchema {
  if (typeof schema === 'boolean') return schema;
  const parts = allOfParts(schemas, schema).map((it) => it.json);
  return !parts.includes(NEVER) && (mergeParts(parts, (keyword) => LOOSE[keyword] ?? later) ?? false);
}

/** Two unions are one of pairs. */
function pairs(earlier: JsonValue, later: JsonValue): JsonValue {
  const [ones, others] = [[earlier].flat(), [later].flat()];
  return ones.flatMap((one) => others.map((other) => both(one, other) ?? other));
}

function common(earlier: JsonValue, later: JsonValue): JsonValue {
  const known = [earlier].flat();
  const shared = [later].flat().filter((it) => known.some((one) => equal(one, it)));
  return shared.length > 0 ? shared : later;
}
