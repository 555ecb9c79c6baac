import { type NodeId, oncePerPair } from '@chirograph/contract/model';
import {
  isObject,
  isSchema,
  type JsonObject,
  type JsonSchema,
  type JsonValue,
  type SchemaObject,
} from '@chirograph/schema';
import { allowedValues } from '@chirograph/schema/samples';
import { isDate } from '../source/date-paths.ts';
import { isCondition } from '../source/flatten.ts';

/**
 * Keys of properties that stand for what json-schema-to-typescript has no words for; `decode.ts` reads them back. No
 * property of a message can be meant: `\u0001` in a name would be one of a kind.
 */
export const MARKS = {
  index: '\u0001index',
  item: '\u0001item',
  rest: '\u0001rest',
  name: '\u0001name',
} as const;

/** json-schema-to-typescript calls `hasOwnProperty` of what holds the properties, and must not find one of them. */
function keyFor(name: string): string {
  return Object.hasOwn(Object.prototype, name) ? `${MARKS.name}${name}` : name;
}

/** How a schema of the workspace is called in code, and what its dates are. */
export interface Style {
  readonly typeOf: (id: NodeId) => string;
  readonly dates: 'text' | 'Date';
}

/**
 * A schema as json-schema-to-typescript prints it best: references and literals as text, one kind of type in each place,
 * tuples and open objects marked, and no keyword that it knows nothing of, or reads otherwise than JSON Schema does.
 * What constrains values without showing in their type (`pattern`, `not`, `if`) is left out.
 */
export function encode(schema: JsonSchema, style: Style): SchemaObject {
  if (typeof schema === 'boolean') return { tsType: schema ? 'unknown' : 'never' };
  return encodeObject(style, schema);
}

const encodeObject = oncePerPair((style: Style, schema: SchemaObject): SchemaObject => {
  const remarks = remarksOf(schema);
  if (typeof schema.$ref === 'string') return { ...remarks, tsType: style.typeOf(schema.$ref) };
  if (schema.const !== undefined) return { ...remarks, tsType: literalType(schema.const) };
  if (Array.isArray(schema.enum)) return { ...remarks, tsType: unionOf(allowedValues(schema)) };
  const own = ownTypes(schema, style);
  const combined = [
    ...listOf(schema.allOf).map((it) => encode(it, style)),
    ...['anyOf', 'oneOf'].flatMap((keyword) => {
      const branches = listOf(schema[keyword]).map((it) => encode(it, style));
      return branches.length === 0 ? [] : [union(branches)];
    }),
  ].filter((it) => it.tsType !== 'unknown');
  const isImplied = combined.length > 0 && isBareObject(schema);
  const parts = [...(isImplied ? [] : own), ...combined].filter((it) => it.tsType !== 'unknown');
  const [only, ...others] = parts;
  if (only === undefined) return { ...remarks, tsType: 'unknown' };
  if (others.length > 0) return { ...remarks, allOf: parts };
  // A single reference keeps its name, whatever is remarked beside it.
  return { ...only, ...remarks };
});

/** That it is an object goes without saying where branches or parts tell what is in it. */
function isBareObject(schema: SchemaObject): boolean {
  return schema.type === 'object' && OBJECT_KEYWORDS.every((it) => !(it in schema));
}

function union(branches: readonly SchemaObject[]): SchemaObject {
  const [only, ...others] = branches;
  if (only && others.length === 0) return only;
  return branches.some((it) => it.tsType === 'unknown') ? { tsType: 'unknown' } : { anyOf: branches };
}

/** What the schema says by itself: one type, several, or nothing. */
function ownTypes(schema: SchemaObject, style: Style): SchemaObject[] {
  const types = typesOf(schema);
  const [only, ...others] = types;
  if (only === undefined) return [];
  if (others.length === 0) return [ofType(only, schema, style)];
  return [union([...new Set(types.map((type) => JSON.stringify(ofType(type, schema, style))))].map(parsed))];
}

function parsed(text: string): SchemaObject {
  return JSON.parse(text) as SchemaObject;
}

/** Those named; else those that its keywords are about. */
function typesOf(schema: SchemaObject): readonly JsonValue[] {
  // OpenAPI's `nullable` is no keyword of JSON Schema: `validate` says what to write.
  const named = schema.type === undefined ? [] : [...new Set([schema.type].flat())];
  if (named.length > 0) return named;
  if (OBJECT_KEYWORDS.some((it) => it in schema)) return ['object'];
  return 'items' in schema || 'prefixItems' in schema ? ['array'] : [];
}

const OBJECT_KEYWORDS = ['properties', 'required', 'additionalProperties', 'patternProperties'];

function ofType(type: JsonValue, schema: SchemaObject, style: Style): SchemaObject {
  switch (type) {
    case 'object':
      return object(schema, style);
    case 'array':
      return array(schema, style);
    case 'integer':
    case 'number':
      return { type: 'number' };
    case 'string':
      return style.dates === 'Date' && isDate(schema) ? { tsType: 'Date' } : { type };
    case 'boolean':
    case 'null':
      return { type };
    default:
      return { tsType: 'unknown' };
  }
}

function object(schema: SchemaObject, style: Style): SchemaObject {
  const declared = isObject(schema.properties) ? schema.properties : {};
  const required = (Array.isArray(schema.required) ? schema.required : []).map(String);
  const names = [...new Set([...Object.keys(declared), ...required])];
  const conditional = conditionalProperties(schema).filter(([name]) => !names.includes(name));
  const properties = names.map((name): [string, SchemaObject] => {
    const own = Object.hasOwn(declared, name) ? declared[name] : undefined;
    return [keyFor(name), encode(isSchema(own) ? own : true, style)];
  });
  properties.push(
    ...conditional.map(([name, said]): [string, SchemaObject] => [
      keyFor(name),
      union(said.map((it) => encode(it, style))),
    ]),
  );
  const named = namedKeys(schema);
  if (named !== undefined && properties.length === 0)
    return closed(named, schema.additionalProperties, style);
  const others = otherProperties(schema, properties.length === 0);
  const index = others.length === 0 ? [] : [[MARKS.index, union(others.map((it) => encode(it, style)))]];
  return {
    type: 'object',
    properties: Object.fromEntries([...properties, ...index]),
    required: [...required.map(keyFor), MARKS.index],
    additionalProperties: false,
  };
}

/** The properties that only conditions declare, each with all that is said of it: an object may have them. */
function conditionalProperties(schema: SchemaObject): [string, JsonSchema[]][] {
  const dependent = [schema.dependentSchemas, schema.dependencies].flatMap((it) =>
    isObject(it) ? Object.values(it) : [],
  );
  const found = new Map<string, JsonSchema[]>();
  const add = (name: string, said: JsonSchema) => found.set(name, [...(found.get(name) ?? []), said]);
  for (const branch of [schema.then, schema.else, ...dependent]) {
    if (!isObject(branch)) continue;
    const own = Object.entries(isObject(branch.properties) ? branch.properties : {});
    for (const [name, said] of own) if (isSchema(said)) add(name, said);
    for (const [name, all] of conditionalProperties(branch)) for (const it of all) add(name, it);
  }
  for (const part of listOf(schema.allOf).filter(isCondition))
    for (const [name, all] of conditionalProperties(part)) for (const it of all) add(name, it);
  return [...found];
}

/** The keys that `propertyNames` lists. */
function namedKeys({ propertyNames }: SchemaObject): string[] | undefined {
  const { enum: keys } = isObject(propertyNames) ? propertyNames : {};
  return Array.isArray(keys) && keys.every((it) => typeof it === 'string') ? keys.map(String) : undefined;
}

function closed(keys: readonly string[], value: JsonValue | undefined, style: Style): SchemaObject {
  const type = encode(isSchema(value) ? value : true, style);
  return {
    type: 'object',
    properties: Object.fromEntries(keys.map((it) => [keyFor(it), type])),
    required: [],
    additionalProperties: false,
  };
}

/** The schemas of properties without a name of their own; none where those are not worth a word. */
function otherProperties(schema: SchemaObject, isBare: boolean): JsonSchema[] {
  const { patternProperties } = schema;
  const additionalProperties = schema.additionalProperties ?? unevaluatedProperties(schema);
  const patterns = isObject(patternProperties) ? Object.values(patternProperties).filter(isSchema) : [];
  if (isObject(additionalProperties)) return [...patterns, additionalProperties];
  if (additionalProperties === true) return [true];
  if (additionalProperties === false) return patterns.length > 0 ? patterns : isBare ? [false] : [];
  return patterns.length > 0 || isBare ? [true] : [];
}

/** What the properties are that nothing else tells of; of a schema whose branches tell of more, nothing here. */
function unevaluatedProperties(schema: SchemaObject): JsonValue | undefined {
  return COMBINING.some((it) => it in schema) ? undefined : schema.unevaluatedProperties;
}

const COMBINING = ['$ref', 'allOf', 'anyOf', 'oneOf', 'if', 'dependentSchemas', 'dependencies'];

/** Lists, and tuples, whose items may be missing from `minItems` on. */
function array(schema: SchemaObject, style: Style): SchemaObject {
  const { items, prefixItems, additionalItems, unevaluatedItems } = schema;
  const tuple = Array.isArray(prefixItems) ? prefixItems : Array.isArray(items) ? items : undefined;
  if (tuple === undefined) {
    return { type: 'array', items: encode(isSchema(items) ? items : true, style) };
  }
  const rest = (Array.isArray(prefixItems) ? items : additionalItems) ?? unevaluatedItems;
  const min = typeof schema.minItems === 'number' ? schema.minItems : 0;
  const max = typeof schema.maxItems === 'number' ? schema.maxItems : Number.POSITIVE_INFINITY;
  const elements = listOf(tuple).slice(0, max);
  // A few more items, as many as there may be or must be, are told one by one.
  const most = max - elements.length <= MOST_MORE ? max : min;
  const more = rest === false ? 0 : Math.max(0, most - elements.length);
  if (more <= MOST_MORE) elements.push(...Array.from({ length: more }, () => (isSchema(rest) ? rest : true)));
  const properties = elements.map((it, i) => [`${MARKS.item}${i}`, encode(it, style)] as const);
  const isClosed = rest === false || max <= elements.length;
  return {
    type: 'object',
    properties: Object.fromEntries([
      ...properties,
      ...(isClosed ? [] : [[MARKS.rest, encode(isSchema(rest) ? rest : true, style)] as const]),
      // An empty tuple is still one.
      ...(properties.length === 0 && isClosed ? [[`${MARKS.item}none`, { tsType: 'never' }] as const] : []),
    ]),
    required: [...properties.slice(0, min).map(([name]) => name), MARKS.rest],
    additionalProperties: false,
  };
}

/** More items of one kind than this behind a tuple are not worth the words. */
const MOST_MORE = 4;

/** What stands in the comment above a type. */
function remarksOf({ description, deprecated, examples }: SchemaObject): JsonObject {
  const example = Array.isArray(examples) ? (examples as readonly JsonValue[])[0] : undefined;
  const shown = example === undefined || typeof example === 'object' ? undefined : JSON.stringify(example);
  const text = [
    ...(typeof description === 'string' && description.trim() !== '' ? [description.trim()] : []),
    ...(shown === undefined || shown.length > 80 ? [] : [`@example ${shown}`]),
  ].join('\n\n');
  return {
    ...(text === '' ? {} : { description: text }),
    ...(deprecated === true ? { deprecated } : {}),
  };
}

function unionOf(values: readonly JsonValue[]): string {
  const texts = [...new Set(values.map(literalType))];
  return texts.length > 1 ? `(${texts.join(' | ')})` : (texts[0] ?? 'never');
}

/** The type of one value: the value itself. */
function literalType(value: JsonValue): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${(value as readonly JsonValue[]).map(literalType).join(', ')}]`;
  const members = Object.entries(value).map(([key, it]) => `${JSON.stringify(key)}: ${literalType(it)}`);
  return members.length === 0 ? '{ [k: string]: never }' : `{ ${members.join('; ')} }`;
}

function listOf(value: JsonValue | undefined): JsonSchema[] {
  return Array.isArray(value) ? value.filter(isSchema) : [];
}
