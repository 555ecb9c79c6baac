import { isObject, type JsonValue } from '../json/json-value.ts';
import { KEYWORDS, type KeywordRow } from './keyword-table.ts';
import type { JsonSchema, SchemaObject } from './schema.ts';

/** A schema directly inside another one, and the path to it from there. */
export interface Subschema {
  readonly path: readonly (string | number)[];
  readonly schema: JsonSchema;
}

/** How a keyword holds schemas (in `dependencies`, an array of names may be in place of one). */
const HOLDS = new Map(
  Object.entries<KeywordRow>(KEYWORDS).flatMap(([keyword, { holds }]) =>
    holds ? [[keyword, holds] as const] : [],
  ),
);

/** The schemas directly inside a schema, each with its path. Values of `enum`, `const` and the like are not schemas. */
export function subschemas(schema: JsonSchema): Subschema[] {
  const found: Subschema[] = [];
  if (typeof schema === 'boolean') return found;
  for (const keyword in schema) {
    const holds = HOLDS.get(keyword);
    if (holds === undefined) continue;
    const value = schema[keyword]!;
    if (holds === 'map') {
      if (!isObject(value)) continue;
      for (const name in value)
        if (isSchema(value[name])) found.push({ path: [keyword, name], schema: value[name] });
    } else if (Array.isArray(value)) {
      if (holds === 'one') continue;
      for (const [i, it] of (value as readonly JsonValue[]).entries())
        if (isSchema(it)) found.push({ path: [keyword, i], schema: it });
    } else if (holds !== 'list' && isSchema(value)) found.push({ path: [keyword], schema: value });
  }
  return found;
}

/** A copy of a schema in which each schema directly inside it has been replaced. */
export function mapSubschemas(
  schema: SchemaObject,
  replace: (schema: JsonSchema, path: readonly (string | number)[]) => JsonSchema,
): SchemaObject {
  const copy: Record<string, JsonValue> = { ...schema };
  for (const [keyword, value] of Object.entries(schema)) {
    const holds = HOLDS.get(keyword);
    if (holds === undefined) continue;
    if (holds === 'map') {
      if (!isObject(value)) continue;
      const entries = Object.entries(value);
      copy[keyword] = Object.fromEntries(
        entries.map(([name, it]) => [name, isSchema(it) ? replace(it, [keyword, name]) : it]),
      );
    } else if (Array.isArray(value)) {
      const list = value as readonly JsonValue[];
      if (holds !== 'one')
        copy[keyword] = list.map((it, i) => (isSchema(it) ? replace(it, [keyword, i]) : it));
    } else if (holds !== 'list' && isSchema(value)) copy[keyword] = replace(value, [keyword]);
  }
  return copy;
}

/** True for what may stand where a schema is wanted: an object or a boolean. */
export function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'boolean' || isObject(value);
}
