import { isObject, type JsonValue } from '../json/json-value.ts';
import { KEYWORDS, type KeywordRow } from '../keywords/keyword-table.ts';
import type { JsonSchema, SchemaObject } from '../keywords/schema.ts';
import { isSchema } from '../keywords/subschemas.ts';
import { regExpOf } from '../patterns/reg-exp.ts';
import { narrowPattern, type TextPlace, type TextSubject, textSubject } from './text-subject.ts';

/**
 * How values are made up, as far as schemas tell: what generated factories print and what mocks do at once. Plans are
 * data; whoever follows one makes the values.
 */

/** How text is made: by what it is about, by a pattern, or as plain words of the right length. */
export type TextPlan =
  | TextSubject
  | {
      readonly kind: 'matching';
      readonly pattern: string;
      readonly min: number | undefined;
      readonly max: number | undefined;
    }
  | { readonly kind: 'text'; readonly min: number; readonly max: number };

/** Undefined where the pattern refers back to what it has found: nobody makes text for that. */
export function textPlan(json: SchemaObject, place: TextPlace): TextPlan | undefined {
  const subject = textSubject(json, place);
  if (subject) return subject;
  const [min, max] = [numberAt(json, 'minLength'), numberAt(json, 'maxLength')];
  const pattern = typeof json.pattern === 'string' ? json.pattern : narrowPattern(json);
  if (pattern === undefined) return { kind: 'text', min: min ?? 1, max: max ?? Math.max(min ?? 1, 40) };
  return BACK_REFERENCE.test(pattern) ? undefined : { kind: 'matching', pattern, min, max };
}

const BACK_REFERENCE = /\\(?:[1-9]|k<)/;

/** Entries of an object whose keys are data. */
export interface MapPlan {
  /** What a key is; any word where nothing is said. */
  readonly key: JsonSchema | undefined;
  readonly value: JsonSchema;
  readonly min: number;
  readonly max: number;
}

/** The entries that an object has beside its properties; undefined where it needs none and none are told of. */
export function mapPlan(json: SchemaObject): MapPlan | undefined {
  const { properties, propertyNames, additionalProperties } = json;
  const required = new Set(requiredOf(json));
  const named = new Set([...required, ...(isObject(properties) ? Object.keys(properties) : [])]);
  const least = numberAt(json, 'minProperties') ?? 0;
  if (named.size > 0 && least <= named.size) return undefined;
  const pattern = patternsOf(json).find(([, schema]) => schema !== false);
  const isTold = pattern !== undefined || isObject(additionalProperties) || isSchema(propertyNames);
  if (least === 0 && !isTold) return undefined;
  if (pattern === undefined && additionalProperties === false) return undefined;
  const min = named.size > 0 ? least - required.size : Math.max(least, 1);
  const max = named.size > 0 ? min : (numberAt(json, 'maxProperties') ?? min + 2);
  return {
    key: keySchema(propertyNames, pattern?.[0]),
    value: pattern?.[1] ?? (isSchema(additionalProperties) ? additionalProperties : true),
    min: Math.min(min, max),
    max,
  };
}

/** The schema of a key need not say that keys are text. */
function keySchema(names: JsonValue | undefined, pattern: string | undefined): JsonSchema | undefined {
  const parts: SchemaObject[] = [];
  if (isObject(names)) parts.push(names);
  if (pattern !== undefined) parts.push({ pattern: lengthened(pattern) });
  const [only, ...others] = parts;
  if (only === undefined) return undefined;
  if (others.length === 0 && !('$ref' in only) && !('allOf' in only)) return { type: 'string', ...only };
  return { allOf: [{ type: 'string' }, ...parts] };
}

/** `^x-` alone would give one key; something may stand behind it. */
function lengthened(pattern: string): string {
  return /^\^[^|$]*$/.test(pattern) ? `${pattern}[a-z]{3,8}` : pattern;
}

/** What is said of a property: by its own name, by a pattern that its name follows, or of all others. */
export function propertySchema(json: SchemaObject, name: string): JsonSchema {
  const own = isObject(json.properties) ? json.properties[name] : undefined;
  if (isSchema(own)) return own;
  const pattern = patternsOf(json).find(([it]) => regExpOf(it)?.test(name));
  return pattern?.[1] ?? (isSchema(json.additionalProperties) ? json.additionalProperties : true);
}

/** The names that an object must have. */
export function requiredOf({ required }: SchemaObject): readonly string[] {
  return Array.isArray(required) ? required.map(String) : [];
}

function patternsOf({ patternProperties }: SchemaObject): [string, JsonSchema][] {
  return Object.entries(isObject(patternProperties) ? patternProperties : {}).flatMap(([pattern, schema]) =>
    isSchema(schema) ? [[pattern, schema] as [string, JsonSchema]] : [],
  );
}

/** The items of a list. */
export interface ListPlan {
  /** One schema an item, for lists of which each place is told. */
  readonly tuple: readonly JsonSchema[] | undefined;
  readonly item: JsonSchema;
  readonly min: number;
  readonly max: number;
  /** What some of the items are, beside the others. */
  readonly contained: { readonly schema: JsonSchema; readonly count: number } | undefined;
}

/** @param usual how many there are at least where nothing is said */
export function listPlan(json: SchemaObject, usual = 1): ListPlan {
  const tuple = tupleOf(json);
  const min = numberAt(json, 'minItems') ?? usual;
  const max = numberAt(json, 'maxItems') ?? Math.max(min, 3);
  const plan = {
    tuple: tuple?.slice(0, numberAt(json, 'maxItems') ?? tuple.length),
    item: isSchema(json.items) ? json.items : true,
    min: Math.min(min, max),
    max: Math.min(max, min + 3),
    contained: undefined,
  };
  const count = numberAt(json, 'minContains') ?? 1;
  if (!isSchema(json.contains) || count < 1 || tuple) return plan;
  const most = numberAt(json, 'maxContains') ?? Number.POSITIVE_INFINITY;
  const least = Math.max(min, count);
  if (plan.item === true && least <= most) {
    return { ...plan, item: json.contains, min: least, max: Math.min(Math.max(plan.max, least), most) };
  }
  const schema = plan.item === true ? json.contains : { allOf: [plan.item, json.contains] };
  const others = { min: Math.max(0, plan.min - count), max: Math.max(0, plan.max - count) };
  return { ...plan, ...others, contained: { schema, count } };
}

/** The places of a list that are told one by one, and behind them as many as `contains` and `minItems` ask for. */
function tupleOf(json: SchemaObject): JsonSchema[] | undefined {
  const { prefixItems, items, additionalItems, unevaluatedItems, contains } = json;
  const told = [prefixItems, items].find(Array.isArray)?.filter(isSchema);
  if (told === undefined) return undefined;
  const given = (Array.isArray(prefixItems) ? items : additionalItems) ?? unevaluatedItems;
  const rest = isSchema(given) ? given : true;
  const isTold = (it: JsonSchema) =>
    isObject(it) && isObject(contains) && sampledType(it) === sampledType(contains);
  const asked = isSchema(contains) ? (numberAt(json, 'minContains') ?? 1) : 0;
  const missing = Math.max(0, asked - told.filter(isTold).length);
  const contained = { allOf: [rest, isSchema(contains) ? contains : true] };
  const short = Math.max(0, (numberAt(json, 'minItems') ?? 0) - told.length - missing);
  return [...told, ...Array<JsonSchema>(missing).fill(contained), ...Array<JsonSchema>(short).fill(rest)];
}

/** The type that values of a schema have, `null` aside; told by its other keywords where `type` is silent. */
export function sampledType(json: SchemaObject): JsonValue | undefined {
  const { type } = json;
  if (Array.isArray(type)) return type.find((it) => it !== 'null') ?? 'null';
  return type ?? TYPES.find(([, keywords]) => keywords.some((it) => it in json))?.[0];
}

/** The types, each with the keywords that are about it. */
const TYPES = (['object', 'array', 'string', 'number'] as const).map((type) => {
  const rows = Object.entries<KeywordRow>(KEYWORDS);
  return [type, rows.flatMap(([name, { about }]) => (about.includes(type) ? [name] : []))] as const;
});

/**
 * The values that samples take now and then; the rest is made up. Of ids and moments, none is taken: two messages would
 * share them.
 */
export function examplesOf(json: SchemaObject): readonly JsonValue[] {
  const { examples, format } = json;
  if (!Array.isArray(examples) || sampledType(json) === 'object') return [];
  return typeof format === 'string' && UNIQUE.has(format) ? [] : examples;
}

const UNIQUE = new Set(['uuid', 'date-time', 'date', 'time']);

/** The number that a keyword holds; undefined where it holds none. */
export function numberAt(json: SchemaObject, keyword: string): number | undefined {
  const value = json[keyword];
  return typeof value === 'number' ? value : undefined;
}

/**
 * The ways to meet what a schema says under conditions: as `if` and `then`, or as `else`, each with what is said of all
 * that depends on a property. Undefined where it says nothing of the kind.
 */
export function conditionalWays(json: SchemaObject): readonly JsonSchema[] | undefined {
  const { if: condition, then: met, else: unmet, dependentSchemas, dependencies, ...rest } = json;
  const dependent = [dependentSchemas, dependencies]
    .flatMap((it) => (isObject(it) ? Object.values(it) : []))
    .filter((it): it is JsonSchema => !Array.isArray(it) && isSchema(it));
  const isConditional = isSchema(condition) && (isSchema(met) || isSchema(unmet));
  if (!isConditional && dependent.length === 0) return undefined;
  const lists = isObject(dependencies)
    ? Object.fromEntries(Object.entries(dependencies).filter(([, it]) => Array.isArray(it)))
    : {};
  const shared = [{ ...rest, ...(Object.keys(lists).length > 0 && { dependencies: lists }) }, ...dependent];
  const ways = isConditional
    ? [[condition, isSchema(met) ? met : true], [isSchema(unmet) ? unmet : true]]
    : [[]];
  return ways.map((it) => ({ allOf: [...shared, ...it] }));
}
