import type { JsonValue, SchemaObject } from '@chirograph/schema';

/** The values of an `enum` that the schema's own types allow. */
export function allowedValues(schema: SchemaObject): JsonValue[] {
  const types = namedTypes(schema);
  const values = Array.isArray(schema.enum) ? (schema.enum as readonly JsonValue[]) : [];
  return types.length === 0 ? [...values] : values.filter((it) => types.some((type) => isOfType(it, type)));
}

/** The types that `type` names. OpenAPI's `nullable` is no keyword of JSON Schema: `validate` says what to write. */
export function namedTypes({ type }: SchemaObject): readonly JsonValue[] {
  return type === undefined ? [] : [...new Set([type].flat())];
}

function isOfType(value: JsonValue, type: JsonValue): boolean {
  if (value === null) return type === 'null';
  if (Array.isArray(value)) return type === 'array';
  if (typeof value === 'number') return type === 'number' || (type === 'integer' && Number.isInteger(value));
  return typeof value === type;
}
