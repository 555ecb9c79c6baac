import { isObject, type JsonValue } from '../json/json-value.ts';
import type { JsonSchema, SchemaObject } from '../keywords/schema.ts';

/** Keywords that say something about values without refusing any (JSON Schema draft-07, section 10). */
const ANNOTATIONS = new Set([
  'title',
  'description',
  'default',
  'examples',
  'readOnly',
  'writeOnly',
  '$comment',
]);

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

/**
 * One schema that accepts what both accept, so that an envelope and what a message adds to it read as one object.
 * Undefined where that cannot be written as one object without changing what is accepted. Of two annotations the later
 * one is kept.
 */
export function conjoin(a: SchemaObject, b: SchemaObject): SchemaObject | undefined {
  if ([...Object.keys(a), ...Object.keys(b)].some((keyword) => BOUND.has(keyword))) return undefined;
  const joined: Record<string, JsonValue> = { ...a };
  for (const [keyword, value] of Object.entries(b)) {
    const former = joined[keyword];
    const both = former === undefined || isAnnotation(keyword) ? value : bothOf(keyword, former, value);
    if (both === undefined) return undefined;
    joined[keyword] = both;
  }
  return joined;
}

function bothOf(keyword: string, a: JsonValue, b: JsonValue): JsonValue | undefined {
  if (keyword === 'properties' && isObject(a) && isObject(b)) return bothProperties(a, b);
  if (keyword === 'required' && Array.isArray(a) && Array.isArray(b)) return [...new Set([...a, ...b])];
  return JSON.stringify(a) === JSON.stringify(b) ? a : undefined;
}

function bothProperties(a: SchemaObject, b: SchemaObject): JsonValue {
  const joined: Record<string, JsonValue> = { ...a };
  for (const [name, value] of Object.entries(b)) {
    const former = joined[name];
    joined[name] = former === undefined ? value : bothSchemas(former as JsonSchema, value as JsonSchema);
  }
  return joined;
}

function bothSchemas(a: JsonSchema, b: JsonSchema): JsonSchema {
  if (a === true) return b;
  if (b === true) return a;
  if (a === false || b === false) return false;
  return conjoin(a, b) ?? { allOf: [a, b] };
}

function isAnnotation(keyword: string): boolean {
  return ANNOTATIONS.has(keyword) || keyword.startsWith('x-');
}
