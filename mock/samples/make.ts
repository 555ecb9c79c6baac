import {
  isSchema,
  type JsonSchema,
  numberRange,
  ownerWithin,
  type SchemaObject,
  type Workspace,
} from '@chirograph/contract/model';
import { isObject, type JsonValue } from '@chirograph/contract/source';
import type { Sampler } from '@chirograph/runtime/samples';
import { plain } from './plain.ts';
import { isShaped, text } from './text.ts';

/** What a value is made for. */
export interface Place {
  readonly workspace: Workspace;
  readonly sampler: Sampler;
  /** The property's name: text is made to look like what it is called. */
  readonly name: string;
  /** What the object around it is called. */
  readonly owner: string;
  /** How many objects stand around it. */
  readonly depth: number;
}

/**
 * Makes up a value by a schema. `not`, `if`, `contains` and the like are not made on purpose: most values meet them, and
 * whoever asks checks. Throws where nothing can be made (`false`, endless schemas, patterns with look-around).
 */
export function make(schema: JsonSchema, place: Place): JsonValue {
  const json = plain(place.workspace, schema);
  if (json === false || place.depth > DEEPEST) throw new Error('no value meets this schema');
  if (json === true) return place.sampler.text(3, 12);
  const { sampler } = place;
  if (json.const !== undefined) return json.const;
  if (Array.isArray(json.enum)) return sampler.pick<JsonValue>(json.enum);
  if (Array.isArray(json.examples) && json.examples.length > 0 && isLeaf(json) && !isShaped(json)) {
    return sampler.pick<JsonValue>(json.examples);
  }
  const branches = [json.oneOf, json.anyOf].find(Array.isArray);
  if (branches) {
    const { oneOf: _, anyOf: __, ...shared } = json;
    return make({ allOf: [shared, sampler.pick<JsonSchema>(branches.filter(isSchema))] }, place);
  }
  return byType(json, place);
}

const DEEPEST = 30;
/** Beyond this many objects, what may be left out is left out. */
const DEEP = 6;

function byType(json: SchemaObject, place: Place): JsonValue {
  const { sampler, name } = place;
  switch (typeOf(json)) {
    case 'object':
      return object(json, place);
    case 'array':
      return list(json, place);
    case 'string':
      return text(json, place, sampler);
    case 'integer':
      return whole(json, name, sampler);
    case 'number':
      return decimal(json, name, sampler);
    case 'boolean':
      return sampler.boolean();
    case 'null':
      return null;
    default:
      return sampler.text(3, 12);
  }
}

function object(json: SchemaObject, place: Place): JsonValue {
  const { sampler, depth } = place;
  const required = new Set(Array.isArray(json.required) ? json.required.map(String) : []);
  const properties = isObject(json.properties) ? json.properties : {};
  const made: Record<string, JsonValue> = {};
  for (const name of new Set([...Object.keys(properties), ...required])) {
    const schema = properties[name] ?? json.additionalProperties ?? true;
    if (!isSchema(schema)) continue;
    const inner = { ...place, name, owner: ownerWithin(place), depth: depth + 1 };
    if (required.has(name)) made[name] = make(schema, inner);
    else if (depth < DEEP && sampler.maybe(() => true)) Object.assign(made, optional(name, schema, inner));
  }
  if (Object.keys(properties).length === 0 && isObject(json.additionalProperties)) {
    fillMap(made, json, json.additionalProperties, place);
  }
  return made;
}

/** What may be left out is left out when nothing can be made up for it. */
function optional(name: string, schema: JsonSchema, place: Place): Readonly<Record<string, JsonValue>> {
  try {
    return { [name]: make(schema, place) };
  } catch {
    return {};
  }
}

/** An object whose keys are data. */
function fillMap(
  made: Record<string, JsonValue>,
  json: SchemaObject,
  value: SchemaObject,
  place: Place,
): void {
  const { sampler, depth } = place;
  const min = numberAt(json, 'minProperties') ?? 1;
  const wanted = sampler.integer(min, numberAt(json, 'maxProperties') ?? min + 2);
  const inner = { ...place, depth: depth + 1 };
  for (let i = 0; i < wanted; i += 1) {
    const key = isSchema(json.propertyNames)
      ? make(withText(json.propertyNames), inner)
      : sampler.text(3, 12);
    made[String(key)] = make(value, { ...inner, name: String(key) });
  }
}

/** The schema of a key need not say that keys are text. */
function withText(schema: JsonSchema): JsonSchema {
  return { allOf: [{ type: 'string' }, schema] };
}

function list(json: SchemaObject, place: Place): JsonValue {
  const { sampler } = place;
  const inner = { ...place, depth: place.depth + 1 };
  const tuple = [json.prefixItems, json.items].find(Array.isArray);
  if (tuple) {
    const given = tuple.filter(isSchema).slice(0, numberAt(json, 'maxItems') ?? tuple.length);
    return given.map((it) => make(it, inner));
  }
  const min = numberAt(json, 'minItems') ?? (place.depth < DEEP ? 1 : 0);
  const max = numberAt(json, 'maxItems') ?? Math.max(min, 3);
  const item = isSchema(json.items) ? plain(place.workspace, json.items) : true;
  const values = json.uniqueItems === true && typeof item === 'object' ? item.enum : undefined;
  if (Array.isArray(values)) return sampler.subset<JsonValue>(values, min, Math.min(max, values.length));
  return sampler.list(min, Math.min(max, min + 3), () => make(item, inner));
}

function whole(json: SchemaObject, name: string, sampler: Sampler): number {
  const step = numberAt(json, 'multipleOf') ?? 1;
  const { min, max } = numberRange(json, name, 1);
  return sampler.integer(Math.ceil(min / step), Math.floor(max / step)) * step;
}

function decimal(json: SchemaObject, name: string, sampler: Sampler): number {
  const step = numberAt(json, 'multipleOf') ?? 0.01;
  const { min, max } = numberRange(json, name, step);
  return sampler.number(min, max, step);
}

function isLeaf(json: SchemaObject): boolean {
  const type = typeOf(json);
  return type !== 'object' && type !== 'array';
}

function typeOf({ type, properties, items, format, pattern }: SchemaObject): JsonValue | undefined {
  if (Array.isArray(type)) return type.find((it) => it !== 'null') ?? 'null';
  if (type !== undefined) return type;
  if (properties !== undefined) return 'object';
  if (items !== undefined) return 'array';
  return format !== undefined || pattern !== undefined ? 'string' : undefined;
}

function numberAt(json: SchemaObject, keyword: string): number | undefined {
  const value = json[keyword];
  return typeof value === 'number' ? value : undefined;
}
