import type { Workspace } from '@chirograph/contract/model';
import type { Sampler } from '@chirograph/runtime/samples';
import {
  isObject,
  isSchema,
  type JsonSchema,
  type JsonValue,
  mergedSchema,
  type SchemaObject,
} from '@chirograph/schema';
import {
  conditionalWays,
  examplesOf,
  listPlan,
  type MapPlan,
  mapPlan,
  type NumberPlan,
  numberPlan,
  ownerWithin,
  propertySchema,
  requiredOf,
  sampledType,
  textPlan,
} from '@chirograph/schema/samples';
import { text } from './text.ts';

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
 * Makes up a value by a schema. `not`, `if` and the like are not made on purpose: most values meet them, and
 * whoever asks checks. Throws where nothing can be made (`false`, endless schemas, patterns with back-references).
 */
export function make(schema: JsonSchema, place: Place): JsonValue {
  const json = mergedSchema(place.workspace, schema);
  if (json === false || place.depth > DEEPEST) throw new Error('no value meets this schema');
  if (json === true) return place.sampler.text(3, 12);
  const { sampler } = place;
  if (json.const !== undefined) return json.const;
  if (Array.isArray(json.enum)) return sampler.pick<JsonValue>(json.enum);
  const examples = examplesOf(json);
  if (examples.length === 0) return byKeywords(json, place);
  return canMake(json, place)
    ? sampler.example<JsonValue>(examples, () => byKeywords(json, place))
    : sampler.pick<JsonValue>(examples);
}

/** Text that refers back to what a pattern has found is made by nobody. */
function canMake(json: SchemaObject, place: Place): boolean {
  return sampledType(json) !== 'string' || textPlan(json, place) !== undefined;
}

function byKeywords(json: SchemaObject, place: Place): JsonValue {
  const { sampler } = place;
  const branches = [json.oneOf, json.anyOf].find(Array.isArray);
  if (branches) {
    const { oneOf: _, anyOf: __, ...shared } = json;
    return make({ allOf: [shared, sampler.pick<JsonSchema>(branches.filter(isSchema))] }, place);
  }
  const ways = conditionalWays(json);
  if (ways) return make(sampler.pick<JsonSchema>(ways), place);
  const isNullable = Array.isArray(json.type) && json.type.includes('null') && json.type.length > 1;
  if (isNullable && place.depth > DEEP) return null;
  return isNullable ? sampler.orNull(() => byType(json, place)) : byType(json, place);
}

const DEEPEST = 30;
/** Beyond this many objects, what may be left out is left out. */
const DEEP = 6;

function byType(json: SchemaObject, place: Place): JsonValue {
  const { sampler, name } = place;
  switch (sampledType(json)) {
    case 'object':
      return object(json, place);
    case 'array':
      return list(json, place);
    case 'string':
      return text(json, place, sampler);
    case 'integer':
      return number(numberPlan(json, name, true), sampler);
    case 'number':
      return number(numberPlan(json, name, false), sampler);
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
  const required = new Set(requiredOf(json));
  const properties = isObject(json.properties) ? json.properties : {};
  const made: Record<string, JsonValue> = {};
  for (const name of new Set([...Object.keys(properties), ...required])) {
    const schema = propertySchema(json, name);
    const inner = { ...place, name, owner: ownerWithin(place), depth: depth + 1 };
    if (required.has(name)) made[name] = make(schema, inner);
    else if (depth < DEEP && sampler.maybe(() => true)) Object.assign(made, optional(name, schema, inner));
  }
  const entries = mapPlan(json);
  if (entries) fillMap(made, entries, place);
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

/** Entries whose keys are data. */
function fillMap(made: Record<string, JsonValue>, { key, value, min, max }: MapPlan, place: Place): void {
  const { sampler, depth } = place;
  const inner = { ...place, depth: depth + 1 };
  for (const _ of sampler.list(min, max, () => undefined)) {
    const name = String(key === undefined ? sampler.text(3, 12) : make(key, inner));
    made[name] = make(value, { ...inner, name });
  }
}

function list(json: SchemaObject, place: Place): JsonValue {
  const { sampler } = place;
  const inner = { ...place, depth: place.depth + 1 };
  const { tuple, item, min, max, contained } = listPlan(json, place.depth < DEEP ? 1 : 0);
  if (tuple) return tuple.map((it) => make(it, inner));
  const plain = mergedSchema(place.workspace, item);
  const values = json.uniqueItems === true && typeof plain === 'object' ? plain.enum : undefined;
  if (Array.isArray(values)) return sampler.subset<JsonValue>(values, min, Math.min(max, values.length));
  const also = Array.from(
    { length: contained?.count ?? 0 },
    () => () => make(contained?.schema ?? true, inner),
  );
  return sampler.list(min, max, () => make(plain, inner), ...also);
}

function number({ min, max, step }: NumberPlan, sampler: Sampler): number {
  return step === 1 ? sampler.integer(min, max) : sampler.number(min, max, step);
}
