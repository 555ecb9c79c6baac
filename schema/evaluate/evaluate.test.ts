import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Evaluator, evaluator, locationOf, wordsFor } from '../index.ts';
import type { JsonValue } from '../json/json-value.ts';
import type { JsonSchema } from '../keywords/schema.ts';

const HERE = { file: 'x.yaml', pointer: '' };

/** An evaluator of one schema whose references are `#` and `#/definitions/name`. */
function forRoot(root: JsonSchema): Evaluator {
  return evaluator((ref) => {
    if (ref === '#') return root;
    const name = ref.replace('#/definitions/', '');
    const definitions = typeof root === 'object' ? (root.definitions as Record<string, JsonSchema>) : {};
    return definitions[name];
  });
}

function problems(schema: JsonSchema, value: JsonValue): string[] {
  return forRoot(schema)
    .faultsOf(schema, value, HERE)
    .map(({ trail, problem }) => `${locationOf(trail).pointer} ${JSON.stringify(problem)}`);
}

/** Undefined where the code that Ajv has made is broken: some nested `unevaluatedProperties` are beyond it. */
function verdictOf(validate: (value: JsonValue) => unknown, value: JsonValue): boolean | undefined {
  try {
    return validate(value) === true;
  } catch (error) {
    if (error instanceof ReferenceError) return undefined;
    throw error;
  }
}

describe('the verdict', () => {
  const key = fc.constantFrom('a', 'b', 'c');
  const leaf = fc.constantFrom<JsonValue>(0, 1, 2, 1.5, -1, '', 'a', 'ab', 'été', '😀', true, null);
  const value = fc.letrec<{ value: JsonValue }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(key, tie('value'), { maxKeys: 3, noNullPrototype: true }),
    ),
  })).value;
  const type = fc.constantFrom('string', 'number', 'integer', 'boolean', 'null', 'array', 'object');
  // Ajv is mistaken about `contains` with trivial schemas, and about empty lists; those are left out.
  const some = fc.constantFrom<JsonSchema>({ type: 'string' }, { const: 1 }, { minItems: 1 });
  const count = fc.integer({ min: 0, max: 3 });
  const { schema } = fc.letrec<{ schema: JsonSchema }>((tie) => {
    const inner = tie('schema') as fc.Arbitrary<JsonSchema>;
    const list = fc.array(inner, { minLength: 1, maxLength: 3 });
    const keyword: fc.Arbitrary<object> = fc.oneof(
      fc.record({ type: fc.oneof(type, fc.uniqueArray(type, { minLength: 1, maxLength: 3 })) }),
      fc.record({ enum: fc.uniqueArray(leaf, { minLength: 1, maxLength: 3 }) }),
      fc.record({ const: value }),
      fc.record({ minimum: count }),
      fc.record({ maximum: count }),
      fc.record({ exclusiveMinimum: count }),
      fc.record({ exclusiveMaximum: count }),
      fc.record({ multipleOf: fc.constantFrom(2, 0.5) }),
      fc.record({ minLength: count }),
      fc.record({ maxLength: count }),
      fc.record({ pattern: fc.constantFrom('^a', 'b$', '^.$') }),
      fc.record({ format: fc.constantFrom('uuid', 'date', 'email', 'int32') }),
      fc.record({ minItems: count }),
      fc.record({ maxItems: count }),
      fc.record({ uniqueItems: fc.boolean() }),
      fc.record({ contains: some, minItems: fc.constant(1) }),
      fc.record({ required: fc.uniqueArray(key, { maxLength: 2 }) }),
      fc.record({ minProperties: count }),
      fc.record({ maxProperties: count }),
      fc.record({ properties: fc.dictionary(key, inner, { maxKeys: 3, noNullPrototype: true }) }),
      fc.record({
        patternProperties: fc.dictionary(fc.constantFrom('^a', '[bc]'), inner, {
          maxKeys: 2,
          noNullPrototype: true,
        }),
      }),
      fc.record({ additionalProperties: inner }),
      fc.record({ propertyNames: inner }),
      fc.record({ allOf: list }),
      fc.record({ anyOf: list }),
      fc.record({ oneOf: list }),
      fc.record({ not: inner }),
      fc.tuple(inner, inner, inner).map(([a, b, c]) =>
        Object.fromEntries([
          ['if', a],
          ['then', b],
          ['else', c],
        ]),
      ),
    );
    const object = fc
      .array(keyword, { maxLength: 3 })
      .map((parts): JsonSchema => Object.assign({}, ...parts));
    return { schema: fc.oneof({ maxDepth: 4, depthSize: 'small' }, fc.boolean(), object) };
  });

  const older: fc.Arbitrary<object> = fc.oneof(
    fc.record({ items: schema }),
    fc.record({ items: fc.array(schema, { minLength: 1, maxLength: 2 }), additionalItems: schema }),
    fc.record({
      dependencies: fc.dictionary(key, fc.oneof(schema, fc.uniqueArray(key, { maxLength: 2 })), {
        noNullPrototype: true,
      }),
    }),
  );
  const newer: fc.Arbitrary<object> = fc.oneof(
    fc.record({ prefixItems: fc.array(schema, { minLength: 1, maxLength: 2 }), items: schema }),
    fc.record({ dependentSchemas: fc.dictionary(key, schema, { noNullPrototype: true }) }),
    fc.record({
      dependentRequired: fc.dictionary(key, fc.uniqueArray(key, { maxLength: 2 }), { noNullPrototype: true }),
    }),
    fc.record({ contains: some, minItems: fc.constant(1), minContains: count, maxContains: count }),
    fc.record({ unevaluatedProperties: schema }),
    fc.record({ unevaluatedItems: schema }),
  );
  const join = (a: JsonSchema, b: object): JsonSchema =>
    typeof a === 'boolean' ? (b as JsonSchema) : { ...a, ...b };

  it.each([
    ['draft-07', Ajv, older],
    ['2020-12', Ajv2020, newer],
  ] as const)('is the one of Ajv in %s', (_, Dialect, extra) => {
    fc.assert(
      fc.property(schema, extra, fc.array(value, { minLength: 1, maxLength: 4 }), (base, more, values) => {
        const root = join(base, more);
        const ajv = new Dialect({ strict: false, validateSchema: false, logger: false });
        formats.default(ajv);
        const validate = ajv.compile(root);
        const ours = forRoot(root);
        for (const it of values) {
          const verdict = verdictOf(validate, it);
          fc.pre(verdict !== undefined);
          expect(ours.matches(root, it)).toBe(verdict);
          expect(ours.faultsOf(root, it, HERE).length === 0).toBe(verdict);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('follows references, round a schema that contains itself too', () => {
    const tree = {
      type: 'object',
      required: ['name'],
      properties: { name: { type: 'string' }, children: { type: 'array', items: { $ref: '#' } } },
    };
    expect(problems(tree, { name: 'a', children: [{ name: 'b', children: [{}] }] })).toEqual([
      '/children/0/children/0 {"kind":"missing-key","keys":["name"]}',
    ]);
  });

  it('takes a reference that only leads to itself for one that says nothing', () => {
    const root = {
      allOf: [{ $ref: '#/definitions/a' }],
      definitions: { a: { anyOf: [{ $ref: '#/definitions/a' }] } },
    };
    expect(problems(root, 1)).toEqual([]);
  });
});

describe('the reason', () => {
  it('is one per fault', () => {
    const schema = { type: 'string', minLength: 3, pattern: '^a', enum: ['abc'] };
    expect(problems(schema, 7)).toEqual([' {"kind":"type","expected":["string"]}']);
    expect(problems({ allOf: [schema, schema] }, 7)).toHaveLength(1);
  });

  it('names every fault of an object', () => {
    const schema = {
      properties: { a: { type: 'string' } },
      required: ['b'],
      additionalProperties: false,
    };
    expect(problems(schema, { a: 1, c: 2 })).toEqual([
      '/a {"kind":"type","expected":["string"]}',
      ' {"kind":"unknown-key","key":"c","known":["a"]}',
      ' {"kind":"missing-key","keys":["b"]}',
    ]);
  });

  it('is about the alternative that the type points to', () => {
    const schema = { anyOf: [{ type: 'string' }, { type: 'object', required: ['a'] }] };
    expect(problems(schema, {})).toEqual([' {"kind":"missing-key","keys":["a"]}']);
    expect(problems(schema, 1)).toEqual([' {"kind":"type","expected":["string","object"]}']);
  });

  it('is about the alternative that a constant points to', () => {
    const card = {
      properties: { by: { const: 'card' }, number: { type: 'string' } },
      required: ['by', 'number'],
    };
    const cash = { properties: { by: { enum: ['cash', 'coins'] } }, required: ['by'] };
    const schema = { oneOf: [card, cash] };
    expect(problems(schema, { by: 'card', number: 1 })).toEqual([
      '/number {"kind":"type","expected":["string"]}',
    ]);
    expect(problems(schema, { by: 'cheque' })).toEqual([
      '/by {"kind":"value","allowed":["card","cash","coins"]}',
    ]);
  });

  it('is about the alternative whose constant is met, however much is wrong in it', () => {
    const text = { type: 'string' };
    const card = {
      properties: { by: { const: 'card' }, number: text, name: text, code: text },
      required: ['by', 'number', 'name', 'code'],
    };
    const cash = { properties: { by: { const: 'cash' } }, required: ['by'] };
    for (const oneOf of [
      [card, cash],
      [cash, card],
    ])
      expect(problems({ oneOf }, { by: 'card', number: 1, name: 2, code: 3 })).toEqual([
        '/number {"kind":"type","expected":["string"]}',
        '/name {"kind":"type","expected":["string"]}',
        '/code {"kind":"type","expected":["string"]}',
      ]);
  });

  it('is one missing key of several where any would do', () => {
    const schema = { anyOf: [{ required: ['payload'] }, { required: ['headers'] }] };
    expect(problems(schema, {})).toEqual([' {"kind":"missing-key","keys":["payload","headers"]}']);
  });
});

describe('schemas that refer twice to schemas that refer twice, and so on', () => {
  const ALTERNATIVES = ['allOf', 'anyOf'] as const;

  it.each(ALTERNATIVES)('cost one visit for each, not one for each way: %s', (keyword) => {
    const schemas: Record<string, JsonSchema> = {
      s40: { type: 'object', properties: { a: { type: 'string' } } },
    };
    for (let i = 0; i < 40; i += 1)
      schemas[`s${i}`] = { [keyword]: [{ $ref: `s${i + 1}` }, { $ref: `s${i + 1}` }] };
    const { matches, faultsOf } = evaluator((ref) => schemas[ref]);
    expect(matches({ $ref: 's0' }, { a: 'x' })).toBe(true);
    expect(matches({ $ref: 's0' }, { a: 1 })).toBe(false);
    expect(faultsOf({ $ref: 's0' }, { a: 1 }, { file: 'f', pointer: '' })).not.toEqual([]);
  });
});

it.each<[boolean, JsonSchema, JsonValue]>([
  [true, { prefixItems: [{ type: 'string' }], unevaluatedItems: false }, ['a']],
  [false, { prefixItems: [{ type: 'string' }], unevaluatedItems: false }, ['a', 'b']],
  [true, { contains: { type: 'string' }, unevaluatedItems: false }, ['a', 'b']],
  [false, { contains: { type: 'string' }, unevaluatedItems: false }, ['a', 1]],
  [true, { prefixItems: [true], contains: { type: 'string' }, unevaluatedItems: { const: 1 } }, [2, 'a', 1]],
  [false, { additionalItems: true, unevaluatedItems: false }, ['a']],
])('%s: %j accepts %j', (accepts, schema, value) => {
  expect(forRoot(schema).matches(schema, value)).toBe(accepts);
});

it('finds a value in a long enum, and misses what is not there', () => {
  const many = Array.from({ length: 5000 }, (_, i) => ({ code: i, text: `v${i}` }));
  const { matches } = evaluator(() => undefined);
  expect(matches({ enum: many }, { text: 'v4999', code: 4999 })).toBe(true);
  expect(matches({ enum: many }, { text: 'v4999', code: 4998 })).toBe(false);
  expect(matches({ enum: [...many, 1, '2'] }, 1)).toBe(true);
  expect(matches({ enum: [...many, 1, '2'] }, 2)).toBe(false);
});

it.each<[JsonSchema, JsonValue, string]>([
  [{ not: { required: ['queue'] } }, { queue: 1 }, 'without `queue`'],
  [{ not: { required: ['a', 'b'] } }, { a: 1, b: 2 }, 'without `a` or `b`'],
  [{ not: { const: 'x' } }, 'x', 'anything but "x"'],
  [{ not: { enum: ['x', 2] } }, 2, 'anything but "x" or the number 2'],
  [{ not: { type: ['string', 'null'] } }, null, 'anything but a string or null'],
  [{ not: { minimum: 1 } }, 3, 'something else'],
])('%j says of %j what is wanted instead', (schema, value, expected) => {
  const [fault] = forRoot(schema).faultsOf(schema, value, HERE);
  expect(wordsFor(fault!).expected).toBe(expected);
});
