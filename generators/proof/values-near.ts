import {
  isObject,
  isSchema,
  type JsonObject,
  type JsonSchema,
  type JsonValue,
  type SchemaObject,
} from '@chirograph/schema';
import fc from 'fast-check';

/**
 * The proof: values that a schema accepts, and values that it just refuses, are put to the generated code. What a value
 * is, is for Ajv's interpreter to say; here they are only made up, in the schema's neighbourhood.
 */

type Values = fc.Arbitrary<JsonValue>;

/** Values of which many meet a self-contained schema, and many do not. */
export function valuesNear(root: JsonSchema): Values {
  const honest = valuesFor(root, root, 0);
  return fc.oneof(
    { weight: 3, arbitrary: honest },
    { weight: 2, arbitrary: honest.chain((value) => edited(value)) },
    { weight: 1, arbitrary: honest.chain((value) => edited(value)).chain((value) => edited(value)) },
  );
}

/** Past it, whatever comes: by then only schemas that contain themselves are left. */
const DEEP = 16;

/** Schemas that refer to one another would be followed again and again. */
const known = new WeakMap<SchemaObject, Map<number, Values>>();

const leaf: Values = fc.constantFrom<JsonValue>(
  null,
  true,
  false,
  0,
  1,
  -1,
  0.5,
  7,
  1e21,
  '',
  'a',
  'name',
  '2026-02-28',
);

const anything: Values = fc.oneof(
  { weight: 4, arbitrary: leaf },
  { weight: 1, arbitrary: fc.array(leaf, { maxLength: 2 }) },
  {
    weight: 1,
    arbitrary: fc.dictionary(fc.constantFrom('a', 'b', 'x-1'), leaf, { maxKeys: 2, noNullPrototype: true }),
  },
);

function valuesFor(schema: JsonSchema, root: JsonSchema, depth: number): Values {
  if (typeof schema === 'boolean' || depth > DEEP) return depth > DEEP ? leaf : anything;
  const byDepth = known.get(schema) ?? new Map<number, Values>();
  known.set(schema, byDepth);
  const values = byDepth.get(depth) ?? valuesOf(schema, root, depth);
  byDepth.set(depth, values);
  return values;
}

function valuesOf(schema: SchemaObject, root: JsonSchema, depth: number): Values {
  if (typeof schema.$ref === 'string') return valuesFor(targetOf(schema.$ref, root), root, depth + 1);
  const parts = [
    ...own(schema, root, depth),
    ...listOf(schema.allOf).map((it) => valuesFor(it, root, depth + 1)),
    ...[schema.anyOf, schema.oneOf].flatMap((branches) => {
      const ways = listOf(branches).map((it) => valuesFor(it, root, depth + 1));
      return ways.length === 0 ? [] : [fc.oneof(...ways)];
    }),
    ...conditional(schema, root, depth),
  ].filter((it) => it !== anything);
  const [only, ...others] = parts;
  if (only === undefined) return anything;
  return others.length === 0 ? only : fc.tuple(only, ...others).map((made) => made.reduce(merged));
}

/** Each branch of a condition is meant half of the time. */
function conditional(
  { if: condition, then, else: otherwise }: SchemaObject,
  root: JsonSchema,
  depth: number,
): Values[] {
  if (!isSchema(condition)) return [];
  const taken = [condition, ...(isSchema(then) ? [then] : [])].map((it) => valuesFor(it, root, depth + 1));
  return [
    fc.oneof(
      fc.tuple(...taken).map((made) => made.reduce(merged)),
      isSchema(otherwise) ? valuesFor(otherwise, root, depth + 1) : fc.constant({}),
    ),
  ];
}

/** Two values as one: objects with the properties of both, else the later, which is the more particular. */
function merged(earlier: JsonValue, later: JsonValue): JsonValue {
  if (!isObject(earlier) || !isObject(later)) return later;
  const names = [...new Set([...Object.keys(earlier), ...Object.keys(later)])];
  return Object.fromEntries(
    names.map((name) => {
      const [before, after] = [at(earlier, name), at(later, name)];
      if (before === undefined || after === undefined) return [name, before ?? after ?? null];
      return [name, merged(before, after)];
    }),
  );
}

function own(schema: SchemaObject, root: JsonSchema, depth: number): Values[] {
  if (schema.const !== undefined) return [fc.constant(schema.const)];
  if (Array.isArray(schema.enum)) return [fc.constantFrom(...(schema.enum as readonly JsonValue[]))];
  const types = typesOf(schema);
  return types.length === 0 ? [] : [fc.oneof(...types.map((type) => ofType(type, schema, root, depth)))];
}

function typesOf(schema: SchemaObject): JsonValue[] {
  if (schema.type !== undefined) return [schema.type, schema.nullable === true ? 'null' : []].flat();
  if (OBJECT.some((it) => it in schema)) return ['object'];
  if (LIST.some((it) => it in schema)) return ['array'];
  if (TEXT.some((it) => it in schema)) return ['string'];
  return NUMBER.some((it) => it in schema) ? ['number'] : [];
}

const OBJECT = [
  'properties',
  'required',
  'additionalProperties',
  'patternProperties',
  'propertyNames',
  'minProperties',
  'maxProperties',
  'dependencies',
  'dependentRequired',
  'dependentSchemas',
];
const LIST = ['items', 'prefixItems', 'contains', 'minItems', 'maxItems', 'uniqueItems'];
const TEXT = ['pattern', 'format', 'minLength', 'maxLength'];
const NUMBER = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'];

function ofType(type: JsonValue, schema: SchemaObject, root: JsonSchema, depth: number): Values {
  switch (type) {
    case 'object':
      return objects(schema, root, depth);
    case 'array':
      return lists(schema, root, depth);
    case 'string':
      return texts(schema);
    case 'integer':
      return numbers(schema, 1);
    case 'number':
      return fc.oneof(numbers(schema, 1), numbers(schema, 0.25));
    case 'boolean':
      return fc.boolean();
    default:
      return fc.constant(null);
  }
}

function objects(schema: SchemaObject, root: JsonSchema, depth: number): Values {
  const properties = isObject(schema.properties) ? schema.properties : {};
  const required = Array.isArray(schema.required) ? schema.required.map(String) : [];
  const named = [...new Set([...Object.keys(properties), ...required])].map((name) => {
    const inner = Object.hasOwn(properties, name) ? properties[name] : undefined;
    const value = valuesFor(isSchema(inner) ? inner : true, root, depth + 1);
    const isOptional = !required.includes(name);
    return (isOptional ? fc.option(value, { nil: undefined, freq: depth > 8 ? 1 : 7 }) : value).map(
      (it) => [name, it] as const,
    );
  });
  return fc
    .tuple(fc.tuple(...named), fc.array(others(schema, root, depth), { maxLength: 2 }))
    .map(
      ([own, more]) =>
        Object.fromEntries([...more, ...own.filter(([, it]) => it !== undefined)]) as JsonObject,
    );
}

/** Properties beside those with a name. */
function others(
  schema: SchemaObject,
  root: JsonSchema,
  depth: number,
): fc.Arbitrary<readonly [string, JsonValue]> {
  const { patternProperties, additionalProperties, propertyNames } = schema;
  const names = isSchema(propertyNames)
    ? valuesFor(propertyNames, root, depth + 1).map((it) => (typeof it === 'string' ? it : 'other'))
    : fc.constantFrom('other', 'x-more', 'z9');
  const patterns = isObject(patternProperties) ? Object.entries(patternProperties) : [];
  return fc.oneof(
    fc.tuple(names, isSchema(additionalProperties) ? valuesFor(additionalProperties, root, depth + 1) : leaf),
    ...patterns.map(([pattern, inner]) =>
      fc.tuple(matching(pattern), valuesFor(isSchema(inner) ? inner : true, root, depth + 1)),
    ),
  );
}

function lists(schema: SchemaObject, root: JsonSchema, depth: number): Values {
  const { items, prefixItems, additionalItems, contains } = schema;
  const tuple = Array.isArray(prefixItems) ? prefixItems : Array.isArray(items) ? items : [];
  const rest = Array.isArray(items) ? additionalItems : items;
  const min = Number(schema.minItems ?? 0);
  const max = Number(schema.maxItems ?? Math.max(min, tuple.length + 2));
  const item = valuesFor(isSchema(rest) ? rest : true, root, depth + 1);
  const item2 = isSchema(contains) ? fc.oneof(item, valuesFor(contains, root, depth + 1)) : item;
  return fc
    .tuple(
      fc.tuple(...listOf(tuple).map((it) => valuesFor(it, root, depth + 1))),
      fc.array(item2, {
        minLength: Math.max(0, min - tuple.length),
        maxLength: Math.max(min, Math.min(max, depth > 6 ? 0 : 2)),
      }),
      fc.constantFrom(0, 0, 0, 0, 1, 2),
    )
    .map(([first, more, cut]) =>
      more.length === 0 ? first.slice(0, first.length - cut) : [...first, ...more],
    );
}

/** Of each format a few texts that meet it, then one that nearly does. */
const FORMATS: Readonly<Record<string, readonly [string, ...string[]]>> = {
  'date-time': ['2026-01-04T10:17:11.234Z', '2024-02-29T00:00:00+02:00', '2026-02-30T00:00:00Z'],
  date: ['2026-02-28', '2024-02-29', '2026-02-30'],
  time: ['10:17:11Z', '25:00:00Z'],
  duration: ['P1D', 'PT5M', '5 minutes'],
  email: ['ada@example.com', 'ada'],
  'idn-email': ['ada@example.com', 'ada'],
  hostname: ['example.com', '-'],
  ipv4: ['192.0.2.1', '192.0.2.256'],
  ipv6: ['2001:db8::1', ':::'],
  uri: ['https://example.com/a', 'a b'],
  'uri-reference': ['/a', 'orders', 'a b'],
  'uri-template': ['/a/{b}', '/a/{b'],
  uuid: ['3f1c0f5e-7f4e-4c3b-9d55-0a6f1c1f2b7d', '3f1c'],
  'json-pointer': ['/a/0', 'a'],
  'relative-json-pointer': ['0/a', '/a'],
  regex: ['^a$', '['],
  byte: ['YQ==', '?'],
};

function texts(schema: SchemaObject): Values {
  const { pattern, format, minLength, maxLength } = schema;
  if (typeof pattern === 'string') return matching(pattern);
  const known = typeof format === 'string' ? FORMATS[format] : undefined;
  if (known)
    return fc.oneof(
      { weight: 60, arbitrary: fc.constantFrom(...known.slice(0, -1)) },
      { weight: 1, arbitrary: fc.constant(known.at(-1) ?? '') },
    );
  const min = Number(minLength ?? 0);
  const max = Math.min(Number(maxLength ?? min + 8), min + 30);
  return fc.string({ unit: 'grapheme', minLength: min, maxLength: max });
}

function matching(pattern: string): fc.Arbitrary<string> {
  try {
    return fc.stringMatching(new RegExp(pattern, 'u'), { size: '-1' });
  } catch {
    return fc.constantFrom('a', 'ab', 'x-a', '1');
  }
}

function numbers(schema: SchemaObject, step: number): Values {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  const of = typeof multipleOf === 'number' ? multipleOf : step;
  const min = Number(minimum ?? exclusiveMinimum ?? Number(maximum ?? exclusiveMaximum ?? 20) - 20);
  const max = Math.min(Number(maximum ?? exclusiveMaximum ?? min + 40), min + 1e6);
  return fc
    .integer({ min: Math.floor(min / of), max: Math.max(Math.ceil(max / of), Math.floor(min / of)) })
    .map((n) => n * of || 0);
}

/** The same value with one thing about it changed. */
function edited(value: JsonValue): Values {
  if (Array.isArray(value)) {
    const list = value as readonly JsonValue[];
    return fc.oneof(
      leaf,
      leaf.map((it) => [...list, it]),
      fc.constant(list.slice(0, -1)),
      fc.constant([...list, ...list.slice(0, 1)]),
      ...list.slice(0, 3).map((it, i) => edited(it).map((inner) => list.with(i, inner))),
    );
  }
  if (isObject(value)) {
    const names = Object.keys(value);
    return fc.oneof(
      { weight: 1, arbitrary: leaf },
      {
        weight: 2,
        arbitrary: leaf.map((it) => Object.fromEntries([...Object.entries(value), ['alien', it]])),
      },
      ...names.map((name) => ({
        weight: 3,
        arbitrary: fc.oneof(
          fc.constant(without(value, name)),
          edited(at(value, name) ?? null).map((inner) =>
            Object.fromEntries([...Object.entries(value), [name, inner]]),
          ),
        ),
      })),
    );
  }
  if (typeof value === 'string')
    return fc.oneof(leaf, fc.constantFrom(`${value}x`, value.slice(1), value.toUpperCase()));
  if (typeof value === 'number')
    return fc.oneof(leaf, fc.constantFrom(value + 1, value - 1, value / 2, -value || 0, value * 1000));
  return leaf;
}

function without(value: JsonObject, name: string): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== name));
}

function at(value: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

/** The schema that a reference of a bundle names. */
function targetOf(ref: string, root: JsonSchema): JsonSchema {
  if (ref === '#' || typeof root === 'boolean') return root;
  const definitions = isObject(root.definitions) ? root.definitions : {};
  const target = at(definitions, decodeURIComponent(ref.slice('#/definitions/'.length)));
  return isSchema(target) ? target : true;
}

function listOf(value: JsonValue | undefined): JsonSchema[] {
  return Array.isArray(value) ? value.filter(isSchema) : [];
}
