import { isObject, type JsonValue } from '../json/json-value.ts';
import type { JsonSchema, SchemaObject } from '../keywords/schema.ts';
import { isSchema } from '../keywords/subschemas.ts';
import { regExpOf } from '../patterns/reg-exp.ts';
import { type Check, fail, into, type Keyword, type Run, silently } from './check.ts';

/** Which parts of a value a schema, and those that apply beside it, have had a say in (core 2020-12, section 11). */
interface Evaluated {
  readonly keys: Set<string>;
  /** How many items from the first, and which others. */
  items: number;
  readonly single: Set<number>;
}

/** `unevaluatedProperties` and `unevaluatedItems`. */
export function unevaluated(resolve: (ref: string) => JsonSchema | undefined): Keyword {
  return (schema, compile) => {
    const forKeys = isSchema(schema.unevaluatedProperties)
      ? compile(schema.unevaluatedProperties)
      : undefined;
    const forItems = isSchema(schema.unevaluatedItems) ? compile(schema.unevaluatedItems) : undefined;
    if (!forKeys && !forItems) return undefined;
    const { unevaluatedProperties: _, unevaluatedItems: __, ...others } = schema;
    return (value, trail, run) => {
      const seen: Evaluated = { keys: new Set(), items: 0, single: new Set() };
      collect(others, value, seen, { compile, resolve, run: silently(run), trail });
      const isClosed = schema.unevaluatedProperties === false && isObject(value);
      let holds = true;
      for (const { key, part, check } of rest(value, seen, forKeys, forItems)) {
        const isRight = isClosed
          ? fail(run, schema, value, trail, { kind: 'unknown-key', key: String(key), known: [] })
          : check(part, into(run, trail, key), run);
        holds &&= isRight;
        if (!holds && !run.faults) return false;
      }
      return holds;
    };
  };
}

function rest(value: JsonValue, seen: Evaluated, forKeys: Check | undefined, forItems: Check | undefined) {
  if (Array.isArray(value) && forItems) {
    const list: readonly JsonValue[] = value;
    return list.flatMap((part, key) =>
      key < seen.items || seen.single.has(key) ? [] : [{ key, part, check: forItems }],
    );
  }
  if (!isObject(value) || !forKeys) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    seen.keys.has(key) ? [] : [{ key, part, check: forKeys }],
  );
}

interface Means {
  readonly compile: (schema: JsonSchema) => Check;
  readonly resolve: (ref: string) => JsonSchema | undefined;
  readonly run: Run;
  readonly trail: Parameters<Check>[1];
}

function collect(schema: JsonSchema, value: JsonValue, seen: Evaluated, means: Means): void {
  if (typeof schema === 'boolean') return;
  const holds = (it: JsonSchema) => means.compile(it)(value, means.trail, means.run);
  const visit = (it: unknown) => {
    if (isSchema(it)) collect(it, value, seen, means);
  };

  if (typeof schema.$ref === 'string') visit(means.resolve(schema.$ref));
  for (const it of listOf(schema.allOf)) visit(it);
  for (const it of [...listOf(schema.anyOf), ...listOf(schema.oneOf)])
    if (isSchema(it) && holds(it)) visit(it);
  if (isSchema(schema.if)) {
    const met = holds(schema.if);
    if (met) visit(schema.if);
    visit(met ? schema.then : schema.else);
  }
  if (isObject(value)) collectKeys(schema, value, seen, visit);
  if (Array.isArray(value)) collectItems(schema, value, seen, means);
}

function collectKeys(
  schema: SchemaObject,
  value: { readonly [key: string]: JsonValue },
  seen: Evaluated,
  visit: (schema: unknown) => void,
): void {
  const own = isObject(schema.properties) ? schema.properties : {};
  const patterns = Object.keys(isObject(schema.patternProperties) ? schema.patternProperties : {});
  const open = schema.additionalProperties !== undefined || schema.unevaluatedProperties !== undefined;
  for (const key of Object.keys(value)) {
    if (open || Object.hasOwn(own, key) || patterns.some((it) => regExpOf(it)?.test(key))) seen.keys.add(key);
  }
  for (const map of [schema.dependentSchemas, schema.dependencies]) {
    for (const [key, it] of Object.entries(isObject(map) ? map : {}))
      if (Object.hasOwn(value, key)) visit(it);
  }
}

function collectItems(
  schema: SchemaObject,
  value: readonly JsonValue[],
  seen: Evaluated,
  { compile, run, trail }: Means,
): void {
  const tuple = Array.isArray(schema.prefixItems) ? schema.prefixItems : listOf(schema.items);
  // Without a tuple, `additionalItems` is about none.
  const isLast = Array.isArray(schema.items) && schema.additionalItems !== undefined;
  const open = isSchema(schema.items) || isLast || schema.unevaluatedItems !== undefined;
  seen.items = Math.max(seen.items, open ? value.length : tuple.length);
  if (!isSchema(schema.contains)) return;
  const check = compile(schema.contains);
  for (const [index, it] of value.entries()) if (check(it, trail, run)) seen.single.add(index);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
