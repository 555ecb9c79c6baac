import { isObject, type JsonObject } from '../json/json-value.ts';
import { isSchema } from '../keywords/subschemas.ts';
import { regExpOf } from '../patterns/reg-exp.ts';
import { type Check, fail, into, type Keyword, silently } from './check.ts';
import { atLeast, atMost } from './scalars.ts';

/** `properties`, `patternProperties`, `additionalProperties` (applicators, section 10.3.2). */
export const properties: Keyword = (schema, compile) => {
  const named = new Map<string, Check>();
  for (const [key, it] of Object.entries(isObject(schema.properties) ? schema.properties : {}))
    if (isSchema(it)) named.set(key, compile(it));
  const matched = Object.entries(isObject(schema.patternProperties) ? schema.patternProperties : {}).flatMap(
    ([pattern, it]) => {
      const expression = regExpOf(pattern);
      return expression && isSchema(it) ? [{ expression, check: compile(it) }] : [];
    },
  );
  const closed = schema.additionalProperties === false;
  const others = isSchema(schema.additionalProperties) ? compile(schema.additionalProperties) : undefined;
  if (named.size === 0 && matched.length === 0 && !others) return undefined;
  const known = [...named.keys()];

  return (value, trail, run) => {
    if (!isObject(value)) return true;
    let holds = true;
    for (const key in value) {
      const part = value[key]!;
      let met = false;
      let right = true;
      const check = named.get(key);
      if (check) {
        met = true;
        right = check(part, into(run, trail, key), run);
      }
      for (const { expression, check: other } of matched) {
        if (!expression.test(key)) continue;
        met = true;
        right = other(part, into(run, trail, key), run) && right;
      }
      if (!met && closed) right = fail(run, schema, value, trail, { kind: 'unknown-key', key, known });
      else if (!met && others) right = others(part, into(run, trail, key), run);
      if (right) continue;
      holds = false;
      if (!run.faults) return false;
    }
    return holds;
  };
};

/** `required`, `dependentRequired`, and `dependencies` that name keys (validation, sections 6.5.3 and 6.5.4). */
export const required: Keyword = (schema) => {
  const needed = textsOf(schema.required);
  const companies = Object.entries({
    ...(isObject(schema.dependencies) ? schema.dependencies : {}),
    ...(isObject(schema.dependentRequired) ? schema.dependentRequired : {}),
  }).flatMap(([key, list]) => textsOf(list).map((company) => ({ key, company })));
  if (needed.length === 0 && companies.length === 0) return undefined;
  return (value, trail, run) => {
    if (!isObject(value)) return true;
    let holds = true;
    for (const key of needed) {
      if (Object.hasOwn(value, key)) continue;
      holds = fail(run, schema, value, trail, { kind: 'missing-key', keys: [key] });
      if (!run.faults) return false;
    }
    for (const { key, company } of companies) {
      if (!Object.hasOwn(value, key) || Object.hasOwn(value, company)) continue;
      holds = fail(run, schema, value, trail, { kind: 'missing-company', key, company });
    }
    return holds;
  };
};

/** `dependentSchemas`, and `dependencies` that are schemas (applicators, section 10.2.2.4). */
export const dependents: Keyword = (schema, compile) => {
  const dependents = Object.entries({
    ...(isObject(schema.dependencies) ? schema.dependencies : {}),
    ...(isObject(schema.dependentSchemas) ? schema.dependentSchemas : {}),
  }).flatMap(([key, it]) => (isSchema(it) ? [{ key, check: compile(it) }] : []));
  if (dependents.length === 0) return undefined;
  return (value, trail, run) => {
    if (!isObject(value)) return true;
    let holds = true;
    for (const { key, check } of dependents)
      if (Object.hasOwn(value, key) && !check(value, trail, run)) holds = false;
    return holds;
  };
};

/** `propertyNames`, `minProperties`, `maxProperties` (applicators, section 10.3.2.4; validation, section 6.5). */
export const names: Keyword = (schema, compile) => {
  const { minProperties, maxProperties } = schema;
  const check = isSchema(schema.propertyNames) ? compile(schema.propertyNames) : undefined;
  if (!check && typeof minProperties !== 'number' && typeof maxProperties !== 'number') return undefined;
  return (value, trail, run) => {
    if (!isObject(value)) return true;
    const keys = Object.keys(value);
    if (typeof minProperties === 'number' && keys.length < minProperties)
      return fail(run, schema, value, trail, { kind: 'bound', expected: atLeast(minProperties, 'key') });
    if (typeof maxProperties === 'number' && keys.length > maxProperties)
      return fail(run, schema, value, trail, { kind: 'bound', expected: atMost(maxProperties, 'key') });
    if (!check) return true;
    const quiet = silently(run);
    const wrong = keys.filter((key) => !check(key, trail, quiet));
    for (const key of wrong)
      fail(run, schema, value, trail, { kind: 'key-name', key, expected: nameExpected(schema) });
    return wrong.length === 0;
  };
};

function nameExpected({ propertyNames }: JsonObject): string {
  if (isObject(propertyNames) && typeof propertyNames.pattern === 'string')
    return `a name that matches \`${propertyNames.pattern}\``;
  if (isObject(propertyNames) && typeof propertyNames.format === 'string')
    return `a name that is a ${propertyNames.format}`;
  return 'another name';
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((it) => typeof it === 'string') : [];
}
