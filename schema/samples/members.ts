import { isObject, type JsonValue } from '../json/json-value.ts';
import type { JsonSchema, SchemaObject } from '../keywords/schema.ts';
import { isSchema } from '../keywords/subschemas.ts';
import { regExpOf } from '../patterns/reg-exp.ts';
import { numberAt } from './keyword-values.ts';

/** What is said of the members of an object: of those with names, and of entries whose keys are data. */

/** Entries of an object whose keys are data. */
export interface Entries {
  /** What a key is; any word where nothing is said. */
  readonly key: JsonSchema | undefined;
  readonly value: JsonSchema;
  readonly min: number;
  readonly max: number;
}

/** The entries that an object has beside its properties; undefined where it needs none and none are told of. */
export function entriesOf(json: SchemaObject): Entries | undefined {
  const { properties, propertyNames, additionalProperties } = json;
  const required = new Set(requiredOf(json));
  const named = new Set([...required, ...(isObject(properties) ? Object.keys(properties) : [])]);
  const least = numberAt(json, 'minProperties') ?? 0;
  if (named.size > 0 && least <= named.size) return undefined;
  const pattern = patternsOf(json).find(([, schema]) => schema !== false);
  const isTold = pattern !== undefined || isObject(additionalProperties) || isSchema(propertyNames);
  if (least === 0 && !isTold) return undefined;
  if (pattern === undefined && additionalProperties === false) return undefined;
  const min = named.size > 0 ? least - required.size : Math.max(least, 1);
  const max = named.size > 0 ? min : (numberAt(json, 'maxProperties') ?? min + 2);
  return {
    key: keySchema(propertyNames, pattern?.[0]),
    value: pattern?.[1] ?? (isSchema(additionalProperties) ? additionalProperties : true),
    min: Math.min(min, max),
    max,
  };
}

/** The schema of a key need not say that keys are text. */
function keySchema(names: JsonValue | undefined, pattern: string | undefined): JsonSchema | undefined {
  const parts: SchemaObject[] = [];
  if (isObject(names)) parts.push(names);
  if (pattern !== undefined) parts.push({ pattern: lengthened(pattern) });
  const [only, ...others] = parts;
  if (only === undefined) return undefined;
  if (others.length === 0 && !('$ref' in only) && !('allOf' in only)) return { type: 'string', ...only };
  return { allOf: [{ type: 'string' }, ...parts] };
}

/** `^x-` alone would give one key; something may stand behind it. */
function lengthened(pattern: string): string {
  return /^\^[^|$]*$/.test(pattern) ? `${pattern}[a-z]{3,8}` : pattern;
}

/** What is said of a property: by its own name, by a pattern that its name follows, or of all others. */
export function propertySchema(json: SchemaObject, name: string): JsonSchema {
  const own = isObject(json.properties) ? json.properties[name] : undefined;
  if (isSchema(own)) return own;
  const pattern = patternsOf(json).find(([it]) => regExpOf(it)?.test(name));
  return pattern?.[1] ?? (isSchema(json.additionalProperties) ? json.additionalProperties : true);
}

/** The names that an object must have. */
export function requiredOf({ required }: SchemaObject): readonly string[] {
  return Array.isArray(required) ? required.map(String) : [];
}

function patternsOf({ patternProperties }: SchemaObject): [string, JsonSchema][] {
  return Object.entries(isObject(patternProperties) ? patternProperties : {}).flatMap(([pattern, schema]) =>
    isSchema(schema) ? [[pattern, schema] as [string, JsonSchema]] : [],
  );
}
