/**
 * Random pairs of schemas over a small vocabulary, so that keywords meet the same names, words and numbers and
 * containment is not a matter of luck; half of the second schemas are mutations of the first.
 */
import fc from 'fast-check';
import type { JsonObject, JsonValue } from '../../json/json-value.ts';
import type { Dialect, JsonSchema } from '../../keywords/schema.ts';

/** Two schemas of one edition. */
export interface SchemaPair {
  readonly sub: JsonSchema;
  readonly sup: JsonSchema;
  readonly dialect: Dialect;
}

export const NAMES = ['a', 'b', 'c', 'ab'];
export const NUMBERS = [-1, 0, 0.5, 1, 1.5, 2, 3, 6];
export const STRINGS = ['', 'a', 'b', 'ab', 'aab', '1', '2020-02-29', '127.0.0.1', 'é', '😀'];
const COUNTS = [0, 1, 2, 3];
const UNITS = [0.5, 1, 1.5, 2, 3];
const PATTERNS = [
  '^a',
  'b$',
  '^a*$',
  '[ab]',
  '^.{2}$',
  'a|1',
  '^(?!a)',
  '^\\d+$',
  '^[^b]*$',
  '\\p{L}',
  '^(a)\\1$',
  '^(a|ab)(b|)$',
  '^a{1,3}[ab]{2,4}$',
  '^[ab]{0,2}b{1,3}',
];
const FORMATS = [
  'date',
  'time',
  'date-time',
  'ipv4',
  'email',
  'uuid',
  'uri',
  'regex',
  'hostname',
  'no-such-format',
];
const TYPES = ['null', 'boolean', 'integer', 'number', 'string', 'array', 'object'];

const scalar: fc.Arbitrary<JsonValue> = fc.constantFrom<JsonValue>(null, true, false, ...NUMBERS, ...STRINGS);
const data: fc.Arbitrary<JsonValue> = fc.oneof(
  { weight: 4, arbitrary: scalar },
  { weight: 1, arbitrary: fc.array(scalar, { maxLength: 3 }) },
  {
    weight: 1,
    arbitrary: fc.dictionary(fc.constantFrom(...NAMES), scalar, { maxKeys: 3, noNullPrototype: true }),
  },
);

const count = fc.constantFrom(...COUNTS);
const number = fc.constantFrom(...NUMBERS);
const names = fc.uniqueArray(fc.constantFrom(...NAMES), { maxLength: 3 });

type Make = fc.Arbitrary<JsonObject>;

function one<Value extends JsonValue>(keyword: string, value: fc.Arbitrary<Value>): Make {
  return value.map((made) => ({ [keyword]: made }));
}

function together(...parts: Make[]): Make {
  return fc.tuple(...parts).map((made) => Object.assign({}, ...made));
}

/** A fragment of a schema: one keyword, or a few that belong together. */
function fragment(schema: fc.Arbitrary<JsonSchema>, dialect: Dialect): Make {
  const byName = fc.dictionary(fc.constantFrom(...NAMES), schema, {
    minKeys: 1,
    maxKeys: 3,
    noNullPrototype: true,
  });
  const byPattern = fc.dictionary(fc.constantFrom(...PATTERNS), schema, {
    minKeys: 1,
    maxKeys: 2,
    noNullPrototype: true,
  });
  const list = fc.array(schema, { minLength: 1, maxLength: 3 });
  const definitions = dialect === 'draft-07' ? 'definitions' : '$defs';
  const scalars: Make[] = [
    one(
      'type',
      fc.oneof(
        fc.constantFrom(...TYPES),
        fc.uniqueArray(fc.constantFrom(...TYPES), { minLength: 1, maxLength: 3 }),
      ),
    ),
    one('enum', fc.array(data, { minLength: 1, maxLength: 4 })),
    one('const', data),
    one('minimum', number),
    one('maximum', number),
    one('exclusiveMinimum', number),
    one('exclusiveMaximum', number),
    one('multipleOf', fc.constantFrom(...UNITS)),
    one('minLength', count),
    one('maxLength', count),
    one('pattern', fc.constantFrom(...PATTERNS)),
    one('format', fc.constantFrom(...FORMATS)),
    one('minItems', count),
    one('maxItems', count),
    one('uniqueItems', fc.boolean()),
    one('minProperties', count),
    one('maxProperties', count),
    one('required', names),
  ];
  const nested: Make[] = [
    one('properties', byName),
    one('properties', byName),
    one('patternProperties', byPattern),
    one('additionalProperties', schema),
    fc.record({ properties: byName, required: names }),
    fc.record({ properties: byName, additionalProperties: schema }),
    fc.record({ properties: byName, patternProperties: byPattern, additionalProperties: fc.constant(false) }),
    one('propertyNames', schema),
    one('items', schema),
    one('contains', schema),
    one('allOf', list),
    one('anyOf', list),
    one('oneOf', list),
    one('not', schema),
    together(one('if', schema), one('then', schema), one('else', schema)),
    together(one('if', schema), one('then', schema)),
    one('$ref', fc.constantFrom('#', `#/${definitions}/x`, `#/${definitions}/y`)),
    one(
      'dependencies',
      fc.dictionary(fc.constantFrom(...NAMES), fc.oneof(schema, names), {
        maxKeys: 2,
        noNullPrototype: true,
      }),
    ),
  ];
  const tuples: Make[] =
    dialect === '2020-12'
      ? [one('prefixItems', list), fc.record({ prefixItems: list, items: schema })]
      : [one('items', list), fc.record({ items: list, additionalItems: schema })];
  const newer: Make[] = [
    fc.record({ contains: schema, minContains: count }),
    fc.record({ contains: schema, maxContains: count }),
    one(
      'dependentRequired',
      fc.dictionary(fc.constantFrom(...NAMES), names, { maxKeys: 2, noNullPrototype: true }),
    ),
    one('dependentSchemas', byName),
    one('unevaluatedProperties', schema),
    one('unevaluatedItems', schema),
    fc.record({ properties: byName, unevaluatedProperties: fc.constant(false) }),
    fc.record({ anyOf: list, unevaluatedProperties: fc.constant(false) }),
    fc.record({ allOf: list, unevaluatedItems: schema }),
  ];
  return fc.oneof(...scalars, ...nested, ...tuples, ...(dialect === 'draft-07' ? [] : newer));
}

function schemaArbitrary(dialect: Dialect): fc.Arbitrary<JsonSchema> {
  const { schema } = fc.letrec<{ schema: JsonSchema }>((tie) => ({
    schema: fc.oneof(
      { depthSize: 'small', maxDepth: 2, withCrossShrink: true },
      fc.oneof({ weight: 1, arbitrary: fc.boolean() }, { weight: 6, arbitrary: leaf() }),
      fc
        .array(fragment(tie('schema'), dialect), { minLength: 1, maxLength: 3 })
        .map((parts): JsonSchema => Object.assign({}, ...parts)),
    ),
  }));
  return schema;

  function leaf(): Make {
    return fragment(fc.boolean(), dialect);
  }
}

/** A schema like the given one: a keyword more or less, or the two combined. */
function mutation(schema: JsonSchema, other: JsonSchema, pick: number): JsonSchema {
  if (typeof schema === 'boolean' || typeof other === 'boolean') return other;
  const keywords = Object.keys(schema).filter((keyword) => keyword !== '$defs' && keyword !== 'definitions');
  const dropped = keywords[pick % Math.max(keywords.length, 1)];
  switch (pick % 5) {
    case 0:
      return Object.fromEntries(Object.entries(schema).filter(([keyword]) => keyword !== dropped));
    case 1:
      return { ...other, ...schema };
    case 2:
      return { anyOf: [schema, other] };
    case 3:
      return { oneOf: [other, schema] };
    default:
      return { not: { allOf: [other, { not: schema }] } };
  }
}

function withDefinitions(schema: JsonSchema, x: JsonSchema, y: JsonSchema, dialect: Dialect): JsonSchema {
  if (typeof schema === 'boolean') return schema;
  const definitions = dialect === 'draft-07' ? 'definitions' : '$defs';
  // In draft-07 a reference silences its siblings, definitions excepted.
  return { ...schema, [definitions]: { x, y } };
}

/**
 * Whether Ajv reads both schemas as the standard has it. It holds that `contains` evaluates all items, where
 * the standard says those that match (2020-12) or none (2019-09), and it loses what an `unevaluated*` below
 * another one evaluated.
 */
function isReadAlike({ sub, sup }: SchemaPair): boolean {
  return [sub, sup].every((schema) => {
    const text = JSON.stringify(schema);
    const unevaluated = text.split('"unevaluated').length - 1;
    return unevaluated === 0 || (unevaluated === 1 && !text.includes('"contains"'));
  });
}

/** Random pairs of one edition; the seed of the run decides them. */
export const schemaPair: fc.Arbitrary<SchemaPair> = fc
  .constantFrom<Dialect>('draft-07', 'draft-07', '2019-09', '2020-12')
  .chain((dialect) => {
    const schema = schemaArbitrary(dialect);
    return fc
      .record({
        sub: schema,
        other: schema,
        x: schema,
        y: schema,
        isMutation: fc.boolean(),
        pick: fc.nat(99),
      })
      .map(({ sub, other, x, y, isMutation, pick }) => ({
        sub: withDefinitions(sub, x, y, dialect),
        sup: withDefinitions(isMutation ? mutation(sub, other, pick) : other, x, y, dialect),
        dialect,
      }));
  })
  .filter(isReadAlike);
