import type { NodeId, Schema } from '@chirograph/contract/model';
import { isObject, isSchema, type JsonObject, type JsonSchema, type JsonValue } from '@chirograph/schema';
import type { SchemaPlace } from '../change.ts';

/** The schemas of a workspace, by id. */
export type Schemas = Readonly<Record<NodeId, Schema>>;

/**
 * Schemas over others, which show through: a workspace has thousands, and each proof adds a few. Entries that are added
 * to the answer hide those of the same id below.
 */
export function layered(below: Schemas): Record<NodeId, Schema> {
  return Object.create(below);
}

/** A schema that applies to a field, and where it is written. */
export interface Conjunct extends SchemaPlace {
  readonly json: JsonObject;
}

/** The schema of an id as one that applies. */
export function conjunctsOf(schemas: Schemas, id: NodeId): Conjunct[] {
  return expand(schemas, { schema: id, path: [] }, schemas[id]?.json ?? true);
}

/**
 * All schemas that apply to the same value: through `$ref` and `allOf`. `true` says nothing; `false` is told as
 * `{ not: {} }`.
 */
export function expand(
  schemas: Schemas,
  place: SchemaPlace,
  json: JsonSchema,
  seen: ReadonlySet<NodeId> = new Set(),
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
  schemas: Schemas,
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
