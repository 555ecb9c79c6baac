import { isObject, type JsonObject, type JsonValue } from '../json/json-value.ts';
import type { Definition, JsonSchema } from '../keywords/schema.ts';
import { isSchema } from '../keywords/subschemas.ts';

/** Definitions by id: the text of the `$ref` that leads to each. */
export type Definitions = Readonly<Record<string, Definition>>;

/** A place in a schema: the schema and a path into its JSON. */
export interface SchemaPlace {
  readonly schema: string;
  readonly path: readonly (string | number)[];
}

/**
 * Definitions over others, which show through: a workspace has thousands, and each proof adds a few. Entries that are added
 * to the answer hide those of the same id below.
 */
export function layered<T extends Definition>(below: Readonly<Record<string, T>>): Record<string, T> {
  return Object.create(below);
}

/** A schema that applies to a field, and where it is written. */
export interface Conjunct extends SchemaPlace {
  readonly json: JsonObject;
}

/** The schema of an id as one that applies. */
export function conjunctsOf(schemas: Definitions, id: string): Conjunct[] {
  return expand(schemas, { schema: id, path: [] }, schemas[id]?.json ?? true);
}

/**
 * All schemas that apply to the same value: through `$ref` and `allOf`. `true` says nothing; `false` is told as
 * `{ not: {} }`.
 */
export function expand(
  schemas: Definitions,
  place: SchemaPlace,
  json: JsonSchema,
  seen: ReadonlySet<string> = new Set(),
): Conjunct[] {
  if (json === true) return [];
  if (json === false) return [{ ...place, json: { not: {} } }];
  if (typeof json.$ref === 'string') {
    const id = json.$ref;
    if (seen.has(id)) return [];
    return expand(schemas, { schema: id, path: [] }, schemas[id]?.json ?? true, new Set([...seen, id]));
  }
  const own = { ...place, json };
  if (!Array.isArray(json.allOf)) return [own];
  const parts = (json.allOf as readonly JsonValue[]).flatMap((part, index) =>
    isSchema(part) ? expand(schemas, below(place, 'allOf', index), part, seen) : [],
  );
  return [own, ...parts];
}

/** The schemas at a path below some others. */
export function childrenAt(
  schemas: Definitions,
  parents: readonly Conjunct[],
  ...path: readonly (string | number)[]
): Conjunct[] {
  return parents.flatMap((parent) => {
    const value = memberAt(parent.json, path);
    return isSchema(value) ? expand(schemas, below(parent, ...path), value) : [];
  });
}

/** Whether any of some schemas has a schema at a path. */
export function hasChild(parents: readonly Conjunct[], ...path: readonly (string | number)[]): boolean {
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
export function valuesOf(conjuncts: readonly Conjunct[], keyword: string): JsonValue[] {
  return conjuncts.flatMap(({ json }) => (Object.hasOwn(json, keyword) ? [json[keyword] as JsonValue] : []));
}

/** The names that a keyword's maps hold. */
export function keysOf(conjuncts: readonly Conjunct[], keyword: string): string[] {
  return [
    ...new Set(valuesOf(conjuncts, keyword).flatMap((value) => (isObject(value) ? Object.keys(value) : []))),
  ];
}

/** How many items of an array have a schema of their own. */
export function tupleSize(conjuncts: readonly Conjunct[]): number {
  const tuples = [...valuesOf(conjuncts, 'prefixItems'), ...valuesOf(conjuncts, 'items')];
  return Math.max(0, ...tuples.map((it) => (Array.isArray(it) ? (it as readonly JsonValue[]).length : 0)));
}
