import { isObject, type JsonValue } from '../json/json-value.ts';
import type { JsonSchema, SchemaObject, Schemas } from '../keywords/schema.ts';
import { isSchema } from '../keywords/subschemas.ts';

/**
 * A schema as one object of keywords: references followed, `allOf` merged, bounds tightened. What cannot be reconciled
 * keeps the later word; whoever makes a value by it has it checked afterwards.
 */
export function mergedSchema(workspace: Schemas, schema: JsonSchema, depth = 0): JsonSchema {
  if (typeof schema === 'boolean' || depth > LOOPED) return schema;
  const { $ref, allOf, ...own } = schema;
  const parts: JsonSchema[] = [];
  if (typeof $ref === 'string') parts.push(workspace.schemas[$ref]?.json ?? true);
  if (Array.isArray(allOf)) parts.push(...allOf.filter(isSchema));
  let merged: JsonSchema = own;
  for (const part of parts.reverse()) merged = merge(mergedSchema(workspace, part, depth + 1), merged);
  return merged;
}

/** Longer chains of references are circles. */
const LOOPED = 50;

type Reconcile = (earlier: JsonValue, later: JsonValue) => JsonValue;

const larger: Reconcile = (a, b) => Math.max(Number(a), Number(b));
const smaller: Reconcile = (a, b) => Math.min(Number(a), Number(b));

/** Of two bounds the tighter one holds. */
const BOUNDS: Readonly<Record<string, Reconcile>> = {
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

/** What two words on a keyword come to where that is a bound; of all others the later stands. */
export function tighter(keyword: string, earlier: JsonValue, later: JsonValue): JsonValue {
  return BOUNDS[keyword]?.(earlier, later) ?? later;
}

/** How two words on one keyword are made one; of all others the later stands. */
const RECONCILED: Readonly<Record<string, Reconcile>> = {
  ...BOUNDS,
  required: (a, b) => [...new Set([a, b].flat())],
  type: (a, b) => common(a, b),
  enum: (a, b) => common(a, b),
  properties: bothProperties,
  items: both,
  additionalProperties: both,
  oneOf: pairs,
  anyOf: pairs,
};

function merge(earlier: JsonSchema, later: JsonSchema): JsonSchema {
  if (typeof earlier === 'boolean') return earlier ? later : false;
  if (typeof later === 'boolean') return later ? earlier : false;
  const merged: Record<string, JsonValue> = { ...earlier };
  for (const [keyword, value] of Object.entries(later)) {
    const former = merged[keyword];
    merged[keyword] = former === undefined ? value : (RECONCILED[keyword]?.(former, value) ?? value);
  }
  return merged satisfies SchemaObject;
}

function both(earlier: JsonValue, later: JsonValue): JsonValue {
  return isSchema(earlier) && isSchema(later) ? { allOf: [earlier, later] } : later;
}

/** Two unions are one of pairs. */
function pairs(earlier: JsonValue, later: JsonValue): JsonValue {
  const [ones, others] = [[earlier].flat(), [later].flat()];
  return ones.flatMap((one) => others.map((other) => both(one, other)));
}

function bothProperties(earlier: JsonValue, later: JsonValue): JsonValue {
  if (!isObject(earlier) || !isObject(later)) return later;
  const merged: Record<string, JsonValue> = { ...earlier };
  for (const [name, value] of Object.entries(later)) {
    const former = merged[name];
    merged[name] = former === undefined ? value : both(former, value);
  }
  return merged;
}

function common(earlier: JsonValue, later: JsonValue): JsonValue {
  const known = new Set([earlier].flat().map((it) => JSON.stringify(it)));
  const shared = [later].flat().filter((it) => known.has(JSON.stringify(it)));
  return shared.length > 0 ? shared : later;
}
