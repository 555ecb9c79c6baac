import type { NodeId } from '@chirograph/contract/model';
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
  numberAt,
  numberPlan,
  ownerWithin,
  propertySchema,
  requiredOf,
  sampledType,
} from '@chirograph/schema/samples';
import { allowedValues, namedTypes } from '../source/allowed-values.ts';
import { flatten } from '../source/flatten.ts';
import type { Scope } from '../source/generator.ts';
import { partsOf } from '../source/parts-of.ts';
import { type Code, joined } from '../source/source-file.ts';
import { literal, propertyKey } from '../source/value.ts';
import { textFor } from './text-for.ts';

/** How the printed code refers to schemas that have functions of their own. */
export interface References {
  /** Throws `Recursive` for a schema that stands around this place, unless it is one of the guarded. */
  to(id: NodeId, guarded: ReadonlySet<NodeId>): Code;
  /** The schemas that stand around this place. */
  readonly around: ReadonlySet<NodeId>;
}

/** A schema asks for something that cannot be made up from its keywords; the message's examples must do. */
export class Unsampled extends Error {}

/** What is asked for contains itself, and nothing ends it. */
export class Recursive extends Unsampled {}

/** What an expression is made for: its scope, how it refers to others, what stands above it, how far it is indented. */
export interface Place {
  readonly scope: Scope;
  readonly references: References;
  /** Schemas that may be gone into once more: the code around sees to an end. */
  readonly guarded: ReadonlySet<NodeId>;
  /** The schemas that are merged into those around this place. */
  readonly merged?: ReadonlySet<NodeId>;
  /** The name of the property that the value is for. */
  readonly name: string;
  /** What the object around it is called. */
  readonly owner: string;
  readonly indent: string;
}

/** Code that makes up a value which the schema accepts, in the words of the runtime's `Sampler`. */
export function expressionFor(schema: JsonSchema, place: Place): Code {
  const flat = flatten(place.scope.workspace, schema);
  if (typeof flat === 'boolean') return anything(flat);
  const reference = referenceOf(flat);
  if (reference !== undefined) return referenced(reference, place);
  const parts = partsOf(place.scope.workspace, schema);
  // What is merged is written out: a part of what stands around it would be written without end.
  if ([...parts].some((it) => place.merged?.has(it))) throw new Recursive();
  const json = 'allOf' in flat ? mergedSchema(place.scope.workspace, flat) : flat;
  return byValue(
    json,
    parts.size === 0 ? place : { ...place, merged: new Set([...parts, ...(place.merged ?? [])]) },
  );
}

function byValue(json: JsonSchema, place: Place): Code {
  if (typeof json === 'boolean') return anything(json);
  if (json.const !== undefined) return literal(json.const, place.indent);
  if (Array.isArray(json.enum)) return pick(allowedValues(json), place);
  const examples = examplesOf(json);
  if (examples.length === 0) return byKeywords(json, place);
  const made = attempt(() => byKeywords(json, place));
  if (made === undefined) return pick(examples, place);
  return [`r.example(${literal(examples, place.indent)}, () => `, asBody(made), ')'];
}

function byKeywords(json: SchemaObject, place: Place): Code {
  const branches = [json.oneOf, json.anyOf].find(Array.isArray);
  if (branches) return oneOf(branches.filter(isSchema), json, place);
  // `not` and the like are left to chance: a sample that does not meet them is made again.
  const conditional = conditionalWays(json);
  if (conditional !== undefined) return oneOf(conditional, { oneOf: [] }, place);
  const isNullable = sampledType(json) !== 'null' && namedTypes(json).includes('null');
  if (!isNullable) return byType(json, place);
  const made = nested(place, (here) => byType(json, here));
  if (made === undefined) return 'null';
  return made.isDeeper
    ? ['r.deeper(() => ', asBody(made.code), ') ?? null']
    : ['r.orNull(() => ', asBody(made.code), ')'];
}

function byType(json: SchemaObject, place: Place): Code {
  switch (sampledType(json)) {
    case 'object':
      return object(json, place);
    case 'array':
      return list(json, place);
    case 'string':
      return textFor(json, place) ?? unsampled();
    case 'integer':
      return number(numberPlan(json, place.name, true));
    case 'number':
      return number(numberPlan(json, place.name, false));
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
  const large =
    typeof json === 'object' && (sampledType(json) === 'object' || 'oneOf' in json || 'anyOf' in json);
  if (!large) return expressionFor(json, place);
  if (!namedTypes(json).includes('null')) return place.references.to(id, place.guarded);
  // What contains itself and may be null ends in null.
  const made = nested(place, ({ guarded }) => place.references.to(id, guarded));
  if (made === undefined) return 'null';
  return made.isDeeper ? ['r.deeper(() => ', made.code, ') ?? null'] : made.code;
}

function object(json: SchemaObject, place: Place): Code {
  const required = new Set(requiredOf(json));
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
    const made = nested({ ...place, name, owner, indent: inner }, (here) => expressionFor(schema, here));
    if (made === undefined) return [];
    const way = made.isDeeper ? 'deeper' : 'maybe';
    return [[`${inner}...r.${way}(() => ({ ${propertyKey(name)}: `, made.code, ' })),\n']];
  });
  const unknown = [...required].filter((name) => !properties.some(([known]) => known === name));
  rows.push(
    ...unknown.map((name): Code => {
      const value = expressionFor(propertySchema(json, name), { ...place, name, owner, indent: inner });
      return [`${inner}${propertyKey(name)}: `, value, ',\n'];
    }),
  );
  const plan = mapPlan(json);
  if (rows.length === 0 && plan !== undefined && (numberAt(json, 'minProperties') ?? 0) === 0) {
    const made = nested(place, (here) => map(plan, here));
    if (made === undefined) return '{}';
    return made.isDeeper ? ['r.deeper(() => ', made.code, ') ?? {}'] : made.code;
  }
  if (rows.length === 0) return plan === undefined ? '{}' : map(plan, place);
  if (plan !== undefined) rows.push([`${inner}...`, map(plan, { ...place, indent: inner }), ',\n']);
  return ['{\n', ...rows, `${place.indent}}`];
}

/** Entries whose keys are data. */
function map({ key, value, min, max }: MapPlan, place: Place): Code {
  const name = key === undefined ? 'r.text(3, 12)' : expressionFor(key, place);
  return [
    `Object.fromEntries(r.list(${min}, ${max}, () => [`,
    name,
    ', ',
    expressionFor(value, place),
    ']))',
  ];
}

function list(json: SchemaObject, place: Place): Code {
  const { tuple, item, min, max, contained } = listPlan(json);
  if (tuple) {
    return [
      '[',
      joined(
        tuple.map((it) => expressionFor(it, place)),
        ', ',
      ),
      ']',
    ];
  }
  const values = typeof item === 'object' && json.uniqueItems === true ? item.enum : undefined;
  if (Array.isArray(values)) {
    return `r.subset(${literal(values)}, ${min}, ${Math.min(numberAt(json, 'maxItems') ?? max, values.length)})`;
  }
  // A list of what contains this list again may end here.
  if ((numberAt(json, 'minItems') ?? 0) === 0 && !contained) {
    const made = nested(place, (here) => expressionFor(item, here));
    if (made === undefined) return '[]';
    const some: Code = [`r.list(${min}, ${max}, () => `, asBody(made.code), ')'];
    return made.isDeeper ? ['r.deeper(() => ', some, ') ?? []'] : some;
  }
  const made = expressionFor(item, place);
  const some = contained && asBody(expressionFor(contained.schema, place));
  const also = Array.from({ length: contained?.count ?? 0 }, (): Code => [', () => ', some ?? '']);
  return [`r.list(${min}, ${max}, () => `, asBody(made), ...also, ')'];
}

function oneOf(
  branches: readonly JsonSchema[],
  { oneOf: _, anyOf: __, ...shared }: SchemaObject,
  place: Place,
): Code {
  const inner = `${place.indent}  `;
  const isBare = Object.keys(shared).every((it) => NOTES.has(it));
  const constants = branches.flatMap((it) =>
    typeof it === 'object' && it.const !== undefined ? [it.const] : [],
  );
  if (isBare && constants.length === branches.length && branches.length > 0) return pick(constants, place);
  const made = branches.flatMap((branch) => {
    const whole = isBare ? branch : { allOf: [shared, branch] };
    return nested({ ...place, indent: inner }, (here) => expressionFor(whole, here)) ?? [];
  });
  const ways = made.filter((it) => !it.isDeeper);
  const deeper = made.filter((it) => it.isDeeper);
  if (ways.length === 0) throw deeper.length > 0 ? new Recursive() : new Unsampled();
  const end = oneOfWays(ways, place);
  return deeper.length > 0 ? ['r.deeper(() => ', oneOfWays(deeper, place), ') ?? ', end] : end;
}

/** What says nothing of values. */
const NOTES = new Set(['description', 'title', 'discriminator']);

function oneOfWays(ways: readonly Nested[], { indent }: Place): Code {
  return [
    'r.oneOf([\n',
    ...ways.map(({ code }): Code => [`${indent}  () => `, asBody(code), ',\n']),
    `${indent}])`,
  ];
}

interface Nested {
  readonly code: Code;
  /** Whether it goes once more into what stands around it, so that it has to be left out at some depth. */
  readonly isDeeper: boolean;
}

/** Code for what may be left out; undefined where none can be made up. */
function nested(place: Place, make: (place: Place) => Code): Nested | undefined {
  try {
    return { code: make(place), isDeeper: false };
  } catch (error) {
    if (!(error instanceof Unsampled)) throw error;
    if (!(error instanceof Recursive)) return undefined;
    const guarded = new Set([...place.guarded, ...place.references.around]);
    const code = attempt(() => make({ ...place, guarded }));
    return code === undefined ? undefined : { code, isDeeper: true };
  }
}

/** Code as the body of an arrow function: an object literal needs parentheses there. */
export function asBody(value: Code): Code {
  const first = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' && first.startsWith('{') ? ['(', value, ')'] : value;
}

function pick(values: readonly JsonValue[], { indent }: Place): Code {
  return values.length === 1 ? literal(values[0] ?? null, indent) : `r.pick(${literal(values, indent)})`;
}

function number({ min, max, step }: NumberPlan): string {
  if (step === 1) return `r.integer(${min}, ${max})`;
  return step === 0.01 ? `r.number(${min}, ${max})` : `r.number(${min}, ${max}, ${step})`;
}

function unsampled(): never {
  throw new Unsampled();
}

function anything(schema: boolean): Code {
  if (!schema) return unsampled();
  return 'r.text(3, 12)';
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
