import type { NodeId } from '@chirograph/contract/model';
import { isObject, isSchema, type JsonSchema, type SchemaObject } from '@chirograph/schema';

/**
 * A printed schema in which alternatives that a property tells apart are checked by that property: only what is wrong with
 * the alternative that the value names is said, instead of what is wrong with each. Accepts the same values. `json` is the
 * schema as it was written, whose references `resolve` follows.
 */
export function byTag(json: SchemaObject, printed: SchemaObject, resolve: Resolve): SchemaObject {
  for (const keyword of ['oneOf', 'anyOf']) {
    const branches = json[keyword];
    if (!Array.isArray(branches) || branches.length < 2) continue;
    const objects = branches.filter(isSchema).map((it) => objectOf(it, resolve));
    const tag = tagOf(json.discriminator, objects);
    if (!tag) continue;
    const { [keyword]: oneOf, ...rest } = printed;
    const union = {
      type: 'object',
      required: [tag.name],
      properties: { [tag.name]: { enum: tag.values } },
      discriminator: { propertyName: tag.name },
      ...(oneOf !== undefined && { oneOf }),
    };
    const others = Array.isArray(rest.allOf) ? rest.allOf : [];
    return Object.keys(rest).length === 0 ? union : { ...rest, allOf: [...others, union] };
  }
  return printed;
}

type Resolve = (reference: NodeId) => JsonSchema | undefined;

interface Tag {
  readonly name: string;
  readonly values: readonly string[];
}

/** The property whose text is another in each alternative: the one that the contract names, where it does. */
function tagOf(named: unknown, branches: readonly (SchemaObject | undefined)[]): Tag | undefined {
  const [first] = branches;
  if (!first || !isObject(first.properties)) return undefined;
  const names = Object.keys(first.properties);
  const ordered = typeof named === 'string' && names.includes(named) ? [named, ...names] : names;
  for (const name of ordered) {
    const values = branches.map((it) => textsOf(it, name));
    const all = values.flatMap((it) => it ?? []);
    if (values.every((it) => it) && new Set(all).size === all.length) return { name, values: all };
  }
  return undefined;
}

/** The texts that a required property of an object may be; undefined where it may be anything else. */
function textsOf(branch: SchemaObject | undefined, name: string): readonly string[] | undefined {
  const { required, properties } = branch ?? {};
  if (!Array.isArray(required) || !required.includes(name)) return undefined;
  if (!isObject(properties) || !Object.hasOwn(properties, name)) return undefined;
  const property = properties[name];
  if (!isObject(property)) return undefined;
  const values = property.const === undefined ? property.enum : [property.const];
  if (!Array.isArray(values) || values.length === 0) return undefined;
  return values.every((it) => typeof it === 'string') ? values : undefined;
}

/** An alternative that is an object and nothing else, as it is written where it refers to. */
function objectOf(json: JsonSchema, resolve: Resolve): SchemaObject | undefined {
  const schema = isObject(json) && typeof json.$ref === 'string' ? resolve(json.$ref) : json;
  return isObject(schema) && schema.$ref === undefined && schema.type === 'object' && schema.nullable !== true
    ? schema
    : undefined;
}
