import { isArray, isObject, type JsonObject, type JsonValue, member } from '../json/json-value.ts';
import { keywordRow } from '../keywords/keyword-table.ts';
import type { Dialect, JsonSchema } from '../keywords/schema.ts';
import { mapSubschemas } from '../keywords/subschemas-of.ts';

/** The schema behind a `$ref`. */
export type Resolve = (ref: string) => JsonValue | undefined;

/**
 * A schema in such words that Ajv reads it as its dialect does: properties called `__proto__` count, and so does what is
 * evaluated, where `unevaluated*` asks.
 * @param resolve given where `unevaluated*` stands anywhere in the document
 */
export function asAjvReads(schema: JsonSchema, dialect: Dialect, resolve: Resolve | undefined): JsonSchema {
  if (!isObject(schema)) return schema;
  const own = objectAsAjvReads(schema, dialect, resolve);
  return mapSubschemas(own, (part) => (isObject(part) ? asAjvReads(part, dialect, resolve) : part));
}

/** The same for one object, whose subschemas stay as they are. */
export function objectAsAjvReads(
  schema: JsonObject,
  dialect: Dialect,
  resolve: Resolve | undefined,
): JsonObject {
  const own = withOwnPrototype(schema);
  if (resolve === undefined) return own;
  return withExactIf(dialect === '2020-12' ? withContained(own, resolve) : own);
}

/** Ajv passes over the property `__proto__`, but not over a pattern for its name. */
function withOwnPrototype(schema: JsonObject): JsonObject {
  const [properties, patterns = {}] = [member(schema, 'properties'), member(schema, 'patternProperties')];
  const shape = isObject(properties) ? member(properties, '__proto__') : undefined;
  if (shape === undefined || !isObject(patterns)) return schema;
  return { ...schema, patternProperties: { ...patterns, '^__proto__$': shape } };
}

/** What an `if` looks at counts for Ajv as evaluated although the `if` does not hold; an alternative does not. */
function withExactIf(schema: JsonObject): JsonObject {
  const { if: condition, then: met = true, else: unmet = true, ...rest } = schema;
  if (condition === undefined) return schema;
  const either = { anyOf: [{ allOf: [condition, met] }, { allOf: [{ not: condition }, unmet] }] };
  return { ...rest, allOf: [...listOf(rest.allOf), either] };
}

/** Items that a `contains` beside `unevaluatedItems` evaluates where some schemas hold, all of them. */
interface Contained {
  readonly where: readonly JsonValue[];
  readonly item: JsonValue;
}

/**
 * Ajv counts evaluated items from the first to the last, so that it knows none that `contains` alone has matched (2020-12,
 * core, section 11.2): such an item is none that `unevaluatedItems` is about.
 */
function withContained(schema: JsonObject, resolve: Resolve): JsonObject {
  const { unevaluatedItems: others, ...rest } = schema;
  if (others === undefined || COUNTED.has(schema)) return schema;
  const found = containedIn(rest, resolve, [], new Set());
  const always = found.filter(({ where }) => where.length === 0).map(({ item }) => item);
  const sometimes = found.filter(({ where }) => where.length > 0);
  if (sometimes.length > MOST) throw new Error('`contains` stands under too many conditions');
  const among = (items: readonly JsonValue[]) =>
    items.length === 0 ? others : { anyOf: [others, ...items] };
  if (sometimes.length === 0) return { ...rest, unevaluatedItems: among(always) };
  const own = Object.fromEntries(
    Object.entries(rest).filter(([keyword]) => keywordRow(keyword)?.role !== 'identity'),
  );
  const eachWay = ([first, ...more]: readonly Contained[], items: readonly JsonValue[]): JsonObject => {
    if (first === undefined) return counted({ ...own, unevaluatedItems: among(items) });
    const holds = { allOf: first.where };
    const [met, unmet] = [eachWay(more, [...items, first.item]), eachWay(more, items)];
    return { anyOf: [{ allOf: [holds, met] }, { allOf: [{ not: holds }, unmet] }] };
  };
  return { ...rest, allOf: [...listOf(rest.allOf), eachWay(sometimes, always)] };
}

/** Schemas that are in Ajv's words already, though they look as if they were not. */
const COUNTED = new WeakSet<JsonObject>();

function counted(schema: JsonObject): JsonObject {
  COUNTED.add(schema);
  return schema;
}

/** Twice as much to compile for each. */
const MOST = 6;

function containedIn(
  schema: JsonValue | undefined,
  resolve: Resolve,
  where: readonly JsonValue[],
  seen: ReadonlySet<string>,
): Contained[] {
  if (!isObject(schema)) return [];
  const { $ref, contains, allOf, anyOf, oneOf, if: condition, then: met, else: unmet } = schema;
  const inside = (it: JsonValue | undefined, ...more: readonly JsonValue[]) =>
    containedIn(it, resolve, [...where, ...more], seen);
  const target =
    typeof $ref === 'string' && !seen.has($ref)
      ? containedIn(resolve($ref), resolve, where, new Set([...seen, $ref]))
      : [];
  return [
    ...(contains === undefined ? [] : [{ where, item: contains }]),
    ...target,
    ...listOf(allOf).flatMap((it) => inside(it)),
    ...[...listOf(anyOf), ...listOf(oneOf)].flatMap((it) => inside(it, it)),
    ...(condition === undefined
      ? []
      : [...inside(condition, condition), ...inside(met, condition), ...inside(unmet, { not: condition })]),
  ];
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return isArray(value) ? value : [];
}
