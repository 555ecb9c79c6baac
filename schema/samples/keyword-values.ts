import { isOfType } from '../evaluate/scalars.ts';
import type { JsonValue } from '../json/json-value.ts';
import { KEYWORDS, type KeywordRow } from '../keywords/keyword-table.ts';
import type { SchemaObject } from '../keywords/schema.ts';

/** What single keywords tell of samples. */

/** The values of an `enum` that the schema's own types allow. */
export function allowedValues(schema: SchemaObject): JsonValue[] {
  const types = [schema.type].flat().filter((it) => typeof it === 'string');
  const values = Array.isArray(schema.enum) ? (schema.enum as readonly JsonValue[]) : [];
  return types.length === 0 ? [...values] : values.filter((it) => types.some((type) => isOfType(it, type)));
}

/** The type that values of a schema have, `null` aside; told by its other keywords where `type` is silent. */
export function sampledType(json: SchemaObject): JsonValue | undefined {
  const { type } = json;
  if (Array.isArray(type)) return type.find((it) => it !== 'null') ?? 'null';
  return type ?? TYPES.find(([, keywords]) => keywords.some((it) => it in json))?.[0];
}

/** The types, each with the keywords that are about it. */
const TYPES = (['object', 'array', 'string', 'number'] as const).map((type) => {
  const rows = Object.entries<KeywordRow>(KEYWORDS);
  return [type, rows.flatMap(([name, { about }]) => (about.includes(type) ? [name] : []))] as const;
});

/**
 * The values that samples take now and then; the rest is made up. Of ids and moments, none is taken: two messages would
 * share them.
 */
export function examplesOf(json: SchemaObject): readonly JsonValue[] {
  const { examples, format } = json;
  if (!Array.isArray(examples) || sampledType(json) === 'object') return [];
  return typeof format === 'string' && UNIQUE.has(format) ? [] : examples;
}

const UNIQUE = new Set(['uuid', 'date-time', 'date', 'time']);

/** The number that a keyword holds; undefined where it holds none. */
export function numberAt(json: SchemaObject, keyword: string): number | undefined {
  const value = json[keyword];
  return typeof value === 'number' ? value : undefined;
}
