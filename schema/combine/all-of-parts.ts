import { isObject } from '../json/json-value.ts';
import type { JsonSchema, SchemaObject, Schemas } from '../keywords/schema.ts';
import { isSchema } from '../keywords/subschemas.ts';

/** A place in a schema: the schema and a path into its JSON. */
export interface SchemaPlace {
  /** The text of the `$ref` that leads to the schema; empty where it was asked about directly. */
  readonly schema: string;
  readonly path: readonly (string | number)[];
}

/** A schema that a value must meet together with others, and where it is written. */
export interface SchemaPart extends SchemaPlace {
  readonly json: SchemaObject;
}

/** What `false` is told as. */
export const NEVER: SchemaObject = { not: {} };

const HERE: SchemaPlace = { schema: '', path: [] };

/**
 * All schemas that a value must meet to meet one: the schema, its `allOf`, and what they refer to. What a schema adds to
 * stands before it, so that of two words the nearer one is the later. Each schema is told once, however many ways lead to
 * it: to meet it twice is to meet it. `true` says nothing.
 *
 * What a value may have to meet (branches of `anyOf`, `if` and the like) is another question: `fieldSchemas` of the contract's
 * model and `declared` ask it, and the evaluator, which knows the value.
 */
export function allOfParts(
  schemas: Schemas['schemas'],
  schema: JsonSchema,
  place: SchemaPlace = HERE,
): SchemaPart[] {
  const seen = new Set<string>();
  const parts: SchemaPart[] = [];
  // Not by recursion: definitions may lead on further than the stack goes.
  const open: { readonly json: JsonSchema; readonly at: SchemaPlace; readonly isDone?: true }[] = [
    { json: schema, at: place },
  ];
  for (let next = open.pop(); next; next = open.pop()) {
    const { json, at, isDone } = next;
    if (json === true) continue;
    if (json === false) parts.push({ ...at, json: NEVER });
    else if (isDone) {
      if (json.$ref === undefined || Object.keys(json).length > 1) parts.push({ ...at, json });
    } else {
      open.push({ json, at, isDone: true });
      const { $ref, allOf } = json;
      const branches = Array.isArray(allOf) ? [...allOf.entries()] : [];
      for (const [index, it] of branches.toReversed())
        if (isSchema(it))
          open.push({ json: it, at: { schema: at.schema, path: [...at.path, 'allOf', index] } });
      if (typeof $ref === 'string' && !seen.has($ref)) {
        seen.add($ref);
        open.push({ json: schemas[$ref]?.json ?? true, at: { schema: $ref, path: [] } });
      }
    }
  }
  return parts;
}

/** The schemas that a schema is made of by reference, near and far: it says all that they say. */
export function referencedParts(schemas: Schemas['schemas'], schema: JsonSchema): ReadonlySet<string> {
  return new Set(allOfParts(schemas, schema).flatMap((it) => it.schema || []));
}

/** What is certain of a value: the keywords of all parts, `$ref` and `allOf` aside. Undefined where no value meets them. */
export function certainParts(workspace: Schemas, schema: JsonSchema): readonly SchemaObject[] | undefined {
  const parts = allOfParts(workspace.schemas, schema).map((it) => it.json);
  return parts.includes(NEVER) ? undefined : parts.map(ownKeywords);
}

/** What a part says by itself, less what it is made of. */
export function ownKeywords(part: SchemaObject): SchemaObject {
  if (!('$ref' in part) && !('allOf' in part)) return part;
  const { $ref: _, allOf: __, ...own } = part;
  return own;
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
