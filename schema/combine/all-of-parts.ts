import { isObject } from '../json/json-value.ts';
import type { JsonSchema, SchemaObject, Schemas } from '../keywords/schema.ts';
import { isSchema } from '../keywords/subschemas.ts';

/**
 * What is certain of a value: the parts of a schema that all hold, `$ref` and `allOf` taken apart. Undefined where no
 * value meets them.
 */
export function certainParts(workspace: Schemas, schema: JsonSchema): readonly SchemaObject[] | undefined {
  return collect(workspace, schema, new Set());
}

function collect(
  workspace: Schemas,
  schema: JsonSchema,
  seen: ReadonlySet<string>,
): readonly SchemaObject[] | undefined {
  if (typeof schema === 'boolean') return schema ? [] : undefined;
  const { $ref, allOf, ...own } = schema;
  const parts: SchemaObject[] = Object.keys(own).length > 0 ? [own] : [];
  const inner: JsonSchema[] = Array.isArray(allOf) ? allOf.filter(isSchema) : [];
  if (typeof $ref === 'string' && !seen.has($ref)) {
    const target = collect(workspace, workspace.schemas[$ref]?.json ?? true, new Set([...seen, $ref]));
    if (!target) return undefined;
    parts.push(...target);
  }
  for (const it of inner) {
    const found = collect(workspace, it, seen);
    if (!found) return undefined;
    parts.push(...found);
  }
  return parts;
}

/** The types that all parts allow, `integer` beside `number`; undefined where none of them says. */
export function typesOf(parts: readonly SchemaObject[]): ReadonlySet<string> | undefined {
  let types: ReadonlySet<string> | undefined;
  for (const { type } of parts) {
    const named = [type].flat().filter((it) => typeof it === 'string');
    if (named.length === 0) continue;
    const allowed = new Set(named.flatMap((it) => (it === 'number' ? ['number', 'integer'] : [it])));
    types = types ? new Set([...types].filter((it) => allowed.has(it))) : allowed;
  }
  return types;
}

/** The names that all parts together require. */
export function requiredIn(parts: readonly SchemaObject[]): ReadonlySet<string> {
  return new Set(parts.flatMap(({ required }) => (Array.isArray(required) ? required.map(String) : [])));
}

/** What the parts say of one property; undefined where none names it. */
export function propertyIn(parts: readonly SchemaObject[], name: string): JsonSchema | undefined {
  const found = parts.flatMap(({ properties }) =>
    isObject(properties) && Object.hasOwn(properties, name) && isSchema(properties[name])
      ? [properties[name]]
      : [],
  );
  const [only, ...others] = found;
  return others.length === 0 ? only : { allOf: found };
}

/** The names of the properties that the parts name. */
export function namesIn(parts: readonly SchemaObject[]): ReadonlySet<string> {
  return new Set(parts.flatMap(({ properties }) => (isObject(properties) ? Object.keys(properties) : [])));
}

/** By these an object has properties that are not listed in one place. */
export const VARYING = ['if', 'patternProperties', 'dependentSchemas', 'dependencies'];
