import { isObject, type JsonObject, type JsonValue } from '../json/json-value.ts';
import type { Definition } from '../keywords/schema.ts';
import { isSchema } from '../keywords/subschemas.ts';
import { allOfParts, type SchemaPart, type SchemaPlace } from './all-of-parts.ts';

/** Definitions by id: the text of the `$ref` that leads to each. */
export type Definitions = Readonly<Record<string, Definition>>;

/**
 * Definitions over others, which show through: a workspace has thousands, and each proof adds a few. Entries that are added
 * to the answer hide those of the same id below.
 */
export function layered<T extends Definition>(below: Readonly<Record<string, T>>): Record<string, T> {
  return Object.create(below);
}

/** The schemas at a path below some others. */
export function childrenAt(
  schemas: Definitions,
  parents: readonly SchemaPart[],
  ...path: readonly (string | number)[]
): SchemaPart[] {
  return parents.flatMap((parent) => {
    const value = memberAt(parent.json, path);
    return isSchema(value) ? allOfParts(schemas, value, below(parent, ...path)) : [];
  });
}

/** Whether any of some schemas has a schema at a path. */
export function hasChild(parents: readonly SchemaPart[], ...path: readonly (string | number)[]): boolean {
  return parents.some(({ json }) => isSchema(memberAt(json, path)));
}

/** A place further down in a schema. */
export function below({ schema, path }: SchemaPlace, ...more: readonly (string | number)[]): SchemaPlace {
  return { schema, path: [...path, ...more] };
}

function memberAt(json: JsonObject, path: readonly (string | number)[]): JsonValue | undefined {
  let value: JsonValue | undefined = json;
  for (const part of path) {
    if (Array.isArray(value)) value = (value as readonly JsonValue[])[Number(part)];
    else if (isObject(value) && Object.hasOwn(value, part)) value = value[part];
    else return undefined;
  }
  return value;
}

/** The values of a keyword in all schemas that apply, in order. */
export function valuesOf(parts: readonly SchemaPart[], keyword: string): JsonValue[] {
  return parts.flatMap(({ json }) => (Object.hasOwn(json, keyword) ? [json[keyword] as JsonValue] : []));
}

/** The names that a keyword's maps hold. */
export function keysOf(parts: readonly SchemaPart[], keyword: string): string[] {
  return [
    ...new Set(valuesOf(parts, keyword).flatMap((value) => (isObject(value) ? Object.keys(value) : []))),
  ];
}

/** How many items of an array have a schema of their own. */
export function tupleSize(parts: readonly SchemaPart[]): number {
  const tuples = [...valuesOf(parts, 'prefixItems'), ...valuesOf(parts, 'items')];
  return Math.max(0, ...tuples.map((it) => (Array.isArray(it) ? (it as readonly JsonValue[]).length : 0)));
}
