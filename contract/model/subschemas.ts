import { isObject, type JsonValue } from '../source/source.ts';
import type { JsonSchema, SchemaObject } from './schema.ts';

/** Keywords whose value is one schema (or, for `items`, may be). */
const ONE = [
  'additionalItems',
  'additionalProperties',
  'contains',
  'contentSchema',
  'else',
  'if',
  'items',
  'not',
  'propertyNames',
  'then',
  'unevaluatedItems',
  'unevaluatedProperties',
];

/** Keywords whose value is a list of schemas. */
const LIST = ['allOf', 'anyOf', 'items', 'oneOf', 'prefixItems'];

/** Keywords whose value maps names to schemas (in `dependencies`, a list of names may stand instead). */
const MAP = ['$defs', 'definitions', 'dependencies', 'dependentSchemas', 'patternProperties', 'properties'];

export interface Subschema {
  readonly path: readonly (string | number)[];
  readonly schema: JsonSchema;
}

/** The schemas directly inside a schema, each with its path. Values of `enum`, `const` and the like are not schemas. */
export function subschemas(schema: JsonSchema): Subschema[] {
  if (typeof schema === 'boolean') return [];
  const found: Subschema[] = [];
  const add = (path: (string | number)[], value: JsonValue | undefined) => {
    if (isSchema(value)) found.push({ path, schema: value });
  };
  for (const keyword of ONE) add([keyword], schema[keyword]);
  for (const keyword of LIST) {
    const list = schema[keyword];
    if (Array.isArray(list)) for (const [index, value] of list.entries()) add([keyword, index], value);
  }
  for (const keyword of MAP) {
    const map = schema[keyword];
    if (isObject(map)) for (const [name, value] of Object.entries(map)) add([keyword, name], value);
  }
  return found;
}

/** A copy of a schema in which each schema directly inside it has been replaced. */
export function mapSubschemas(
  schema: SchemaObject,
  replace: (schema: JsonSchema, path: readonly (string | number)[]) => JsonSchema,
): SchemaObject {
  const copy: Record<string, JsonValue> = { ...schema };
  for (const keyword of ONE) {
    const value = schema[keyword];
    if (isSchema(value)) copy[keyword] = replace(value, [keyword]);
  }
  for (const keyword of LIST) {
    const list = schema[keyword];
    if (Array.isArray(list)) {
      copy[keyword] = list.map((it, i) => (isSchema(it) ? replace(it, [keyword, i]) : it));
    }
  }
  for (const keyword of MAP) {
    const map = schema[keyword];
    if (isObject(map)) {
      const entries = Object.entries(map);
      copy[keyword] = Object.fromEntries(
        entries.map(([name, it]) => [name, isSchema(it) ? replace(it, [keyword, name]) : it]),
      );
    }
  }
  return copy;
}

/** True for what may stand where a schema is wanted: an object or a boolean. */
export function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'boolean' || isObject(value);
}
