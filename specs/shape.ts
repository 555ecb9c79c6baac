import { isDeepStrictEqual } from 'node:util';
import type { JsonSchema, SchemaObject } from '@chirograph/schema';
import type { Fields, KeywordFacts, TypeFacts, Types } from './inventory.ts';

/**
 * How a schema differs from what the inventory says of it: one line for each difference, none where it agrees. Keywords
 * that the inventory does not speak of are free, fields are not: there may be none beyond those named.
 * @param root the schema that local references are resolved in
 */
export function differences(
  schema: JsonSchema,
  facts: TypeFacts,
  root: JsonSchema,
  types: Types,
  path = '',
): string[] {
  if (typeof facts !== 'string') return keywordDifferences(flatten(schema, root), facts, root, types, path);
  return facts.split(' & ').flatMap((name) => {
    const meaning = types[name];
    return meaning === undefined
      ? [`${path}: the inventory has no type ${name}`]
      : differences(schema, meaning, root, types, path);
  });
}

/** How the fields of an object schema differ from those named; `?` marks a field that is not required. */
export function fieldDifferences(
  schema: JsonSchema,
  fields: Fields,
  root: JsonSchema,
  types: Types,
  path = '',
): string[] {
  const flat = flatten(schema, root);
  const properties = schemasIn(flat.properties);
  const found = fieldNames(schema, root);
  const named = Object.keys(fields);
  return [
    ...named.filter((it) => !found.includes(it)).map((it) => `${path}/${it}: missing`),
    ...found.filter((it) => !named.includes(it)).map((it) => `${path}/${it}: not in the inventory`),
    ...Object.entries(fields).flatMap(([name, facts]) => {
      const field = name.replace('?', '');
      const property = properties[field];
      return property === undefined ? [] : differences(property, facts, root, types, `${path}/${field}`);
    }),
  ];
}

/** The names of an object schema's fields, with `?` behind those that are not required. */
export function fieldNames(schema: JsonSchema, root: JsonSchema): string[] {
  const { properties, required } = flatten(schema, root);
  const always = new Set(Array.isArray(required) ? required : []);
  return Object.keys(schemasIn(properties)).map((name) => (always.has(name) ? name : `${name}?`));
}

/** One schema for a field of an object schema, undefined where there is no such field. */
export function fieldOf(schema: JsonSchema, name: string, root: JsonSchema): JsonSchema | undefined {
  return schemasIn(flatten(schema, root).properties)[name];
}

/** A schema with its `$ref` and its `allOf` taken in. */
export function flatten(schema: JsonSchema, root: JsonSchema): SchemaObject {
  if (typeof schema === 'boolean') return {};
  if (typeof schema.$ref === 'string') return flatten(definition(schema.$ref, root), root);
  const { allOf, ...own } = schema;
  const parts = Array.isArray(allOf) ? allOf.filter(isSchema).map((it) => flatten(it, root)) : [];
  return [...parts, own].reduce<SchemaObject>(both, {});
}

function both(a: SchemaObject, b: SchemaObject): SchemaObject {
  const properties: Record<string, JsonSchema> = { ...schemasIn(a.properties) };
  for (const [name, schema] of Object.entries(schemasIn(b.properties))) {
    const before = properties[name];
    properties[name] = before === undefined ? schema : { allOf: [before, schema] };
  }
  const required = [a.required, b.required].flatMap((it) => (Array.isArray(it) ? it : []));
  return { ...a, ...b, properties, required };
}

function keywordDifferences(
  flat: SchemaObject,
  facts: KeywordFacts,
  root: JsonSchema,
  types: Types,
  path: string,
): string[] {
  return Object.entries(facts).flatMap(([keyword, expected]) => {
    const found = flat[keyword];
    const inner = `${path}/${keyword}`;
    if (keyword === 'fields') return fieldDifferences(flat, facts.fields ?? {}, root, types, path);
    if (keyword === 'oneOf') {
      const branches = Array.isArray(found) ? found.filter(isSchema) : [];
      const names = Array.isArray(expected) ? expected : [];
      if (branches.length !== names.length) return [`${inner}: ${branches.length} branches`];
      return names.flatMap((name, index) => differences(branches[index] ?? true, name, root, types, inner));
    }
    if (isTypeFacts(keyword, expected))
      return isSchema(found) ? differences(found, expected, root, types, inner) : [`${inner}: missing`];
    if (keyword === 'type' && Array.isArray(expected) && expected.includes(found)) return [];
    return isDeepStrictEqual(found, expected) ? [] : [`${inner}: ${JSON.stringify(found)}`];
  });
}

function isTypeFacts(keyword: string, expected: unknown): expected is TypeFacts {
  return (
    ['items', 'propertyNames', 'additionalProperties'].includes(keyword) && typeof expected !== 'boolean'
  );
}

function definition(ref: string, root: JsonSchema): JsonSchema {
  const name = ref.replace('#/definitions/', '');
  const found = typeof root === 'boolean' ? undefined : schemasIn(root.definitions)[name];
  if (found === undefined) throw new Error(`no definition ${ref}`);
  return found;
}

function schemasIn(value: unknown): Readonly<Record<string, JsonSchema>> {
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).filter((it): it is [string, JsonSchema] => isSchema(it[1])))
    : {};
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'boolean' || (typeof value === 'object' && value !== null && !Array.isArray(value));
}
