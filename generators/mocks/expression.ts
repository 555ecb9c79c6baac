import {
  isSchema,
  type JsonSchema,
  type NodeId,
  numberRange,
  ownerWithin,
  type SchemaObject,
} from '@chirograph/contract/model';
import { isObject, type JsonValue } from '@chirograph/contract/source';
import { allowedValues } from '../source/allowed-values.ts';
import { flatten } from '../source/flatten.ts';
import type { Scope } from '../source/generator.ts';
import type { Code } from '../source/source-file.ts';
import { literal, propertyKey } from '../source/value.ts';
import { textFor } from './text-for.ts';

/** How the printed code refers to a schema that has a function of its own. */
export type Refer = (id: NodeId) => Code;

/** A schema asks for something that cannot be made up from its keywords; the message's examples must do. */
export class Unsampled extends Error {}

/** What an expression is made for: its scope, how it refers to others, what stands above it, how far it is indented. */
export interface Place {
  readonly scope: Scope;
  readonly refer: Refer;
  /** The name of the property that the value is for. */
  readonly name: string;
  /** What the object around it is called. */
  readonly owner: string;
  readonly indent: string;
}

/** Code that makes up a value which the schema accepts, in the words of the runtime's `Sampler`. */
export function expressionFor(schema: JsonSchema, place: Place): Code {
  const json = flatten(place.scope.workspace, schema);
  if (typeof json === 'boolean') return anything(json);
  const reference = referenceOf(json);
  if (reference !== undefined) return referenced(reference, place);
  if (json.const !== undefined) return literal(json.const, place.indent);
  if (Array.isArray(json.enum)) return pick(allowedValues(json), place);
  if (Array.isArray(json.examples) && json.type !== 'object') return pick(json.examples, place);
  const branches = [json.oneOf, json.anyOf].find(Array.isArray);
  if (branches) return oneOf(branches.filter(isSchema), json, place);
  // Conditions and the like are left to chance: a sample that does not meet them is made again.
  if ('allOf' in json) throw new Unsampled();
  return byType(json, place);
}

function byType(json: SchemaObject, place: Place): Code {
  switch (typeOf(json)) {
    case 'object':
      return object(json, place);
    case 'array':
      return list(json, place);
    case 'string':
      return textFor(json, place);
    case 'integer':
      return whole(json, place.name);
    case 'number':
      return decimal(json, place.name);
    case 'boolean':
      return 'r.boolean()';
    case 'null':
      return 'null';
    default:
      return 'r.text(3, 12)';
  }
}

/** Where a schema leads that is a reference, alone or with a description beside it. */
function referenceOf(json: SchemaObject): NodeId | undefined {
  const [only, ...others] = Array.isArray(json.allOf) ? json.allOf : [json];
  return others.length === 0 && isObject(only) && typeof only.$ref === 'string' ? only.$ref : undefined;
}

/** Small schemas are written in place, objects and unions by name. */
function referenced(id: NodeId, place: Place): Code {
  const json = flatten(place.scope.workspace, place.scope.workspace.schemas[id]?.json ?? true);
  const large = typeof json === 'object' && (typeOf(json) === 'object' || 'oneOf' in json || 'anyOf' in json);
  return large ? place.refer(id) : expressionFor(json, place);
}

function object(json: SchemaObject, place: Place): Code {
  const required = new Set(Array.isArray(json.required) ? json.required : []);
  const inner = `${place.indent}  `;
  const owner = ownerWithin(place);
  const properties = isObject(json.properties) ? Object.entries(json.properties) : [];
  const rows = properties.flatMap(([name, schema]): Code[] => {
    if (!isSchema(schema)) return [];
    if (required.has(name)) {
      return [
        [
          `${inner}${propertyKey(name)}: `,
          expressionFor(schema, { ...place, name, owner, indent: inner }),
          ',\n',
        ],
      ];
    }
    const value = attempt(() => expressionFor(schema, { ...place, name, owner, indent: inner }));
    return value === undefined
      ? []
      : [[`${inner}...r.maybe(() => ({ ${propertyKey(name)}: `, value, ' })),\n']];
  });
  const unknown = [...required].filter((name) => !properties.some(([known]) => known === name));
  rows.push(...unknown.map((name) => `${inner}${propertyKey(String(name))}: r.text(3, 12),\n`));
  if (rows.length > 0) return ['{\n', ...rows, `${place.indent}}`];
  return isObject(json.additionalProperties) ? map(json, json.additionalProperties, place) : '{}';
}

/** An object whose keys are data. */
function map(json: SchemaObject, value: SchemaObject, place: Place): Code {
  const key = isObject(json.propertyNames) ? expressionFor(json.propertyNames, place) : 'r.text(3, 12)';
  const min = numberAt(json, 'minProperties') ?? 1;
  const max = numberAt(json, 'maxProperties') ?? min + 2;
  const entry = expressionFor(value, place);
  return [`Object.fromEntries(r.list(${min}, ${max}, () => [`, key, ', ', entry, ']))'];
}

function list(json: SchemaObject, place: Place): Code {
  const tuple = Array.isArray(json.prefixItems)
    ? json.prefixItems
    : Array.isArray(json.items)
      ? json.items
      : undefined;
  if (tuple) {
    const given = tuple.filter(isSchema).slice(0, numberAt(json, 'maxItems') ?? tuple.length);
    const items = given.map((it) => expressionFor(it, place));
    return ['[', ...items.flatMap((it, i) => (i === 0 ? [it] : [', ', it])), ']'];
  }
  const min = numberAt(json, 'minItems') ?? 1;
  const max = numberAt(json, 'maxItems') ?? Math.max(min, 3);
  const item = isSchema(json.items) ? json.items : true;
  const values = typeof item === 'object' && json.uniqueItems === true ? item.enum : undefined;
  if (Array.isArray(values)) {
    return `r.subset(${literal(values)}, ${min}, ${Math.min(max, values.length)})`;
  }
  const made = attempt(() => expressionFor(item, place));
  // A list of what contains this list again may end here.
  if (made === undefined && (numberAt(json, 'minItems') ?? 0) === 0) return '[]';
  if (made === undefined) throw new Unsampled();
  return [`r.list(${min}, ${Math.min(max, min + 3)}, () => `, wrapped(made), ')'];
}

function oneOf(
  branches: readonly JsonSchema[],
  { oneOf: _, anyOf: __, ...shared }: SchemaObject,
  place: Place,
): Code {
  const inner = `${place.indent}  `;
  const ways = branches.flatMap((branch): Code[] => {
    const whole = Object.keys(shared).some(
      (it) => it !== 'description' && it !== 'title' && it !== 'discriminator',
    )
      ? { allOf: [shared, branch] }
      : branch;
    const made = attempt(() => expressionFor(whole, { ...place, indent: inner }));
    return made === undefined ? [] : [[`${inner}() => `, wrapped(made), ',\n']];
  });
  if (ways.length === 0) throw new Unsampled();
  return ['r.oneOf([\n', ...ways, `${place.indent}])`];
}

/** An object literal as the body of an arrow function needs parentheses. */
function wrapped(value: Code): Code {
  const first = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' && first.startsWith('{') ? ['(', value, ')'] : value;
}

function pick(values: readonly JsonValue[], { indent }: Place): Code {
  return values.length === 1 ? literal(values[0] ?? null, indent) : `r.pick(${literal(values, indent)})`;
}

function whole(json: SchemaObject, name: string): string {
  const { min, max } = numberRange(json, name, 1);
  const step = numberAt(json, 'multipleOf') ?? 1;
  const [low, high] = [Math.ceil(min / step), Math.floor(max / step)];
  return step === 1 ? `r.integer(${low}, ${high})` : `r.integer(${low}, ${high}) * ${step}`;
}

function decimal(json: SchemaObject, name: string): string {
  const step = numberAt(json, 'multipleOf') ?? 0.01;
  const { min, max } = numberRange(json, name, step);
  return step === 0.01 ? `r.number(${min}, ${max})` : `r.number(${min}, ${max}, ${step})`;
}

function anything(schema: boolean): Code {
  if (!schema) throw new Unsampled();
  return 'r.text(3, 12)';
}

function typeOf({ type, properties }: SchemaObject): JsonValue | undefined {
  if (Array.isArray(type)) return type.find((it) => it !== 'null') ?? 'null';
  return type ?? (properties === undefined ? undefined : 'object');
}

function numberAt(json: SchemaObject, keyword: string): number | undefined {
  const value = json[keyword];
  return typeof value === 'number' ? value : undefined;
}

/** Code, or undefined where none can be made up. */
function attempt(make: () => Code): Code | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof Unsampled) return undefined;
    throw error;
  }
}
