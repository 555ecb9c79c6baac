import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../json/json-value.ts';
import type { JsonSchema } from '../keywords/schema.ts';
import { type ContainmentOptions, decideContainment } from './index.ts';

type Case = readonly [what: string, sub: JsonSchema, sup: JsonSchema, witness?: JsonValue];

/** A case without a witness is contained; with one, not, and this is the value shown. */
function decides(cases: readonly Case[], options?: ContainmentOptions): void {
  for (const [what, sub, sup, witness] of cases) {
    test(what, () => {
      const expected = witness === undefined ? { kind: 'contained' } : { kind: 'not-contained', witness };
      expect(decideContainment(sub, sup, options)).toEqual(expected);
    });
  }
}

const latest = { $schema: 'https://json-schema.org/draft/2020-12/schema' };
const draft2019 = { $schema: 'https://json-schema.org/draft/2019-09/schema' };

describe('values', () => {
  decides([
    ['an integer is a number', { type: 'integer' }, { type: 'number' }],
    ['a number need not be an integer', { type: 'number' }, { type: 'integer' }, 0.1],
    ['1.0 is an integer', { const: 1.0 }, { type: 'integer' }],
    ['an enum grows', { enum: ['a', 'b'] }, { enum: ['b', 'a', 'c'] }],
    ['an enum shrinks', { enum: ['a', 'b', 'c'] }, { enum: ['a', 'b'] }, 'c'],
    ['objects equal without order', { const: { a: 1, b: [2] } }, { enum: [{ b: [2], a: 1 }] }],
    [
      'the shortest of some words is shown',
      { pattern: '^(aaaa|bb|ccc)$', type: 'string' },
      { maxLength: 0 },
      'bb',
    ],
    ['data is no schema', { enum: [{ $ref: '#/x' }] }, { type: 'string' }, { $ref: '#/x' }],
  ]);
});

describe('numbers', () => {
  decides([
    ['bounds within bounds', { minimum: 1, maximum: 5 }, { exclusiveMinimum: 0, maximum: 5 }],
    ['an open end', { minimum: 1 }, { exclusiveMinimum: 1 }, 1],
    ['decimal multiples are exact', { type: 'number', multipleOf: 0.3 }, { multipleOf: 0.1 }],
    [
      '6 divides into 2 and 3',
      { allOf: [{ type: 'integer' }, { multipleOf: 2 }, { multipleOf: 3 }] },
      { multipleOf: 6 },
    ],
    ['no integer between', { type: 'integer', exclusiveMinimum: 1, exclusiveMaximum: 2 }, false],
    ['a number between', { type: 'number', exclusiveMinimum: 1, exclusiveMaximum: 2 }, false, 1.1],
    [
      'beyond the integers that doubles tell apart',
      { type: 'number', maximum: 1.5e308 },
      { maximum: 1e308 },
      1.1e308,
    ],
    ['all but a few', { type: 'integer', minimum: 0, maximum: 3 }, { enum: [0, 1, 3] }, 2],
  ]);
});

describe('strings', () => {
  decides([
    ['lengths in code points', { const: '😀' }, { maxLength: 1 }],
    ['patterns are not anchored', { type: 'string', pattern: 'a' }, { pattern: '^a' }, 'ba'],
    [
      'a pattern implies a length',
      { type: 'string', pattern: '^[a-f0-9]{8}$' },
      { minLength: 8, maxLength: 8 },
    ],
    [
      'patterns together',
      { type: 'string', allOf: [{ pattern: '^a' }, { pattern: 'b$' }] },
      { pattern: '^a[^]*b$' },
    ],
    ['a line break is no dot', { type: 'string', pattern: '^a[^]b$' }, { pattern: '^a.b$' }, 'a\nb'],
    ['lookaheads', { type: 'string', pattern: '^(?!x-)[a-z-]+$' }, { not: { pattern: '^x-' } }],
    ['an escape that the flag u forbids', { type: 'string', pattern: '^a\\-b$' }, { pattern: '^a-b$' }],
    ['and its difference', { type: 'string', pattern: '^a\\-+$' }, { pattern: '^a-$' }, 'a--'],
    ['a format implies a length', { type: 'string', format: 'date' }, { minLength: 10, maxLength: 10 }],
    ['a leap day', { const: '2023-02-29' }, { format: 'date' }, '2023-02-29'],
    ['a format refuses', { type: 'string' }, { format: 'ipv4' }, ''],
  ]);
  decides([
    ['a word does not end in', { type: 'string', pattern: '^[a-z-]+(?<!-)$' }, { pattern: '[a-z]$' }],
    [
      'but may without the lookbehind',
      { type: 'string', pattern: '^[a-z-]+$' },
      { pattern: '^[a-z-]+(?<!-)$' },
      '-',
    ],
  ]);
  decides([['a format says nothing', { type: 'string' }, { format: 'ipv4' }]], { formats: 'annotate' });
});

describe('arrays', () => {
  const bit = { type: 'integer', minimum: 0, maximum: 1 };
  decides([
    ['a tuple is shorter', { items: [{}, {}], additionalItems: false, type: 'array' }, { maxItems: 2 }],
    ['the rest of a tuple', { type: 'array', items: [{}], additionalItems: bit }, { items: bit }, [null]],
    ['contains makes it non-empty', { type: 'array', contains: true }, { minItems: 1 }],
    ['only so many distinct items', { type: 'array', items: bit, uniqueItems: true, minItems: 3 }, false],
    ['distinct items', { type: 'array', items: bit, uniqueItems: true, minItems: 2 }, false, [1, 0]],
    ['distinct places', { type: 'array', items: [bit, bit, bit], minItems: 3, uniqueItems: true }, false],
    ['repeated items', { type: 'array', items: bit }, { uniqueItems: true }, [0, 0]],
    [
      'counts of what is contained',
      { ...latest, type: 'array', contains: bit, minContains: 2 },
      { ...latest, minItems: 2 },
    ],
    [
      'prefixItems',
      { ...latest, type: 'array', prefixItems: [bit], items: false },
      { ...latest, items: bit },
    ],
  ]);
});

describe('objects', () => {
  const text = { type: 'string' };
  const open = { type: 'object', properties: { a: text } };
  const closed = { ...open, additionalProperties: false };
  decides([
    ['a closed object opens', closed, open],
    ['an open object closes', open, closed, { extra: null }],
    ['optional becomes required', open, { ...open, required: ['a'] }, {}],
    [
      'an optional property in an open object',
      open,
      { ...open, properties: { a: text, b: text } },
      { b: null },
    ],
    [
      'patterns speak about names',
      { ...open, patternProperties: { '^a$': { minLength: 1 } } },
      { properties: { a: { minLength: 1 } } },
    ],
    [
      'names are strings',
      { type: 'object', propertyNames: { pattern: '^x' } },
      { additionalProperties: false, patternProperties: { x: true } },
    ],
    ['too many names', { ...closed, minProperties: 2 }, false],
    [
      'dependencies chain',
      { type: 'object', required: ['a'], dependencies: { a: ['b'], b: ['c'] } },
      { required: ['c'] },
    ],
    ['a property forbidden', { type: 'object', dependencies: { a: false } }, { properties: { a: false } }],
    [
      'a name that Ajv passes over',
      JSON.parse('{ "type": "object", "properties": { "__proto__": { "type": "number" } } }'),
      JSON.parse('{ "properties": { "__proto__": { "type": "integer" } } }'),
      JSON.parse('{ "__proto__": 0.1 }'),
    ],
    ['a name that every object inherits', { type: 'object' }, { required: ['constructor'] }, {}],
  ]);
});

describe('combinations', () => {
  const tagged = (tag: string, more: JsonSchema = true) => ({
    type: 'object',
    required: ['tag'],
    properties: { tag: { const: tag }, more },
  });
  decides([
    ['either of two', { anyOf: [{ minimum: 3 }, { minimum: 5 }] }, { minimum: 3 }],
    ['exactly one', { type: 'number', oneOf: [{ minimum: 3 }, { maximum: 5 }] }, { not: { const: 4 } }],
    ['a schema and its complement', true, { anyOf: [{ required: ['a'] }, { not: { required: ['a'] } }] }],
    [
      'a condition',
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      { if: { type: 'string' }, then: { minLength: 2 }, else: false },
      { type: 'string', minLength: 1 },
    ],
    [
      'a tagged union grows',
      { oneOf: [tagged('a'), tagged('b')] },
      { oneOf: [tagged('a'), tagged('b'), tagged('c')] },
    ],
    [
      'a branch is tightened',
      { oneOf: [tagged('a'), tagged('b')] },
      { oneOf: [tagged('a'), tagged('b', { type: 'string' })] },
      { tag: 'b', more: null },
    ],
  ]);
});

describe('size', () => {
  const names = (count: number) => Array.from({ length: count }, (_, i) => `p${i}`);
  const wide = (count: number, of: (name: string) => JsonSchema) => ({
    type: 'object',
    properties: Object.fromEntries(names(count).map((name) => [name, of(name)])),
    required: names(count),
  });
  const tagged = (count: number, type: string) => ({
    oneOf: names(count).map((name) => ({
      type: 'object',
      properties: { tag: { const: name }, value: { type } },
      required: ['tag'],
    })),
  });
  const ranges = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ type: 'integer', minimum: 10 * i, maximum: 10 * i + 9 }));
  decides([
    [
      'a thousand properties',
      wide(1000, () => ({ type: 'integer' })),
      wide(1000, () => ({ type: 'number' })),
    ],
    ['two hundred tags', tagged(200, 'integer'), tagged(201, 'number')],
    ['a tag less', tagged(201, 'integer'), tagged(200, 'integer'), { tag: 'p200' }],
    ['a hundred ranges', { type: 'integer', minimum: 0, maximum: 999 }, { oneOf: ranges(100) }],
    ['a number past them', { type: 'integer', minimum: 0, maximum: 1000 }, { oneOf: ranges(100) }, 1000],
    [
      'ten thousand numbers',
      { enum: Array.from({ length: 10_000 }, (_, i) => i) },
      { type: 'integer', minimum: 0, maximum: 9_999 },
    ],
    [
      'all cases of six booleans',
      wide(6, () => ({ type: 'boolean' })),
      {
        anyOf: Array.from({ length: 64 }, (_, bits) =>
          Object.fromEntries([
            [
              'properties',
              Object.fromEntries(names(6).map((name, i) => [name, { const: ((bits >> i) & 1) === 1 }])),
            ],
          ]),
        ),
      },
    ],
    [
      'patterns that overlap',
      {
        type: 'object',
        patternProperties: Object.fromEntries(
          [...'abcdefghijkl'].map((letter, i) => [letter, { minimum: i }]),
        ),
      },
      {
        patternProperties: Object.fromEntries(
          [...'abcdefghijkl'].map((letter, i) => [letter, { minimum: i - 1 }]),
        ),
      },
    ],
    [
      'properties of one of ten branches',
      {
        ...latest,
        type: 'object',
        anyOf: names(10).map((name) => ({ properties: { [name]: true }, required: [name] })),
        unevaluatedProperties: false,
      },
      { ...latest, maxProperties: 10 },
    ],
  ]);

  test('a thousand required members, one of them narrower', () => {
    const verdict = decideContainment(
      wide(1000, () => ({ type: 'number' })),
      wide(1000, (name) => ({ type: name === 'p500' ? 'integer' : 'number' })),
    );
    expect(verdict).toMatchObject({ kind: 'not-contained', witness: { p500: 0.1 } });
  });
});

describe('references', () => {
  const list = (item: JsonSchema) => ({
    type: 'object',
    properties: { head: item, tail: { $ref: '#' } },
    required: ['head'],
  });
  const named = (item: JsonSchema) => ({ $id: 'https://example.com/list', ...list(item) });
  decides([
    ['a recursive schema widens', list({ type: 'integer' }), list({ type: 'number' })],
    ['a recursive schema narrows', list({ type: 'number' }), list({ type: 'integer' }), { head: 0.1 }],
    ['two versions with one $id', named({ type: 'number' }), named({ type: 'integer' }), { head: 0.1 }],
    ['no finite value', { type: 'object', properties: { a: { $ref: '#' } }, required: ['a'] }, false],
    [
      'siblings of $ref are silent in draft-07',
      { definitions: { a: {} }, $ref: '#/definitions/a', type: 'string' },
      { type: 'string' },
      null,
    ],
    [
      'siblings of $ref speak since 2019-09',
      { ...latest, $defs: { a: {} }, $ref: '#/$defs/a', type: 'string' },
      { ...latest, type: 'string' },
    ],
    [
      'a meta-schema',
      { const: { type: 'strin' } },
      { $ref: 'http://json-schema.org/draft-07/schema#' },
      { type: 'strin' },
    ],
    [
      'a meta-schema that Ajv does not bring along',
      { const: { type: [] } },
      { $ref: 'http://json-schema.org/draft-04/schema#' },
      { type: [] },
    ],
    [
      'a part of a meta-schema, as the schema of OpenAPI 2.0 refers to it',
      {
        type: 'object',
        properties: {
          default: { $ref: 'http://json-schema.org/draft-04/schema#/properties/default' },
          maxItems: { $ref: 'http://json-schema.org/draft-04/schema#/definitions/positiveInteger' },
        },
      },
      { properties: { maxItems: { type: 'integer', minimum: 0 } } },
    ],
    [
      'the newest meta-schema of draft-0x allows no more than the one before',
      { $ref: 'http://json-schema.org/draft-07/schema#' },
      { $ref: 'http://json-schema.org/draft-06/schema#' },
    ],
    [
      'a dynamic reference that Ajv does not follow',
      {
        ...latest,
        $id: 'https://example.com/numbers',
        $ref: 'list',
        $defs: {
          item: { $dynamicAnchor: 'item', type: 'number' },
          list: {
            $id: 'list',
            type: 'array',
            items: { $dynamicRef: 'list#item' },
            $defs: { item: { $dynamicAnchor: 'item' } },
          },
        },
      },
      { ...latest, items: { type: 'integer' } },
      [0.1],
    ],
    [
      'a dynamic reference',
      { ...latest, $dynamicAnchor: 'n', type: 'object', additionalProperties: { $dynamicRef: '#n' } },
      { ...latest, additionalProperties: { type: 'object' } },
    ],
    [
      'a recursive reference',
      { ...draft2019, type: 'array', items: { $recursiveRef: '#' } },
      { ...draft2019, items: { type: 'array' } },
    ],
  ]);
});

describe('what was not evaluated', () => {
  decides([
    [
      'properties of the branch that holds',
      {
        ...latest,
        type: 'object',
        anyOf: [{ properties: { a: true }, required: ['a'] }, { properties: { b: true } }],
        unevaluatedProperties: false,
      },
      { ...latest, maxProperties: 2 },
    ],
    [
      'properties of no branch',
      {
        ...latest,
        type: 'object',
        allOf: [{ properties: { a: true } }],
        unevaluatedProperties: { type: 'string' },
      },
      { ...latest, additionalProperties: { type: 'string' } },
      { a: null },
    ],
    [
      'items',
      { ...latest, type: 'array', prefixItems: [true], unevaluatedItems: false },
      { ...latest, maxItems: 1 },
    ],
  ]);
});

describe('other editions', () => {
  decides([
    [
      'draft-04 bounds',
      { $schema: 'http://json-schema.org/draft-04/schema#', minimum: 1, exclusiveMinimum: true },
      { exclusiveMinimum: 1 },
    ],
    [
      'a schema of Snowplow describes itself and is draft-04',
      {
        $schema: 'http://iglucentral.com/schemas/com.snowplowanalytics.self-desc/schema/jsonschema/1-0-0#',
        self: { vendor: 'com.example', name: 'click', format: 'jsonschema', version: '1-0-0' },
        type: 'integer',
        minimum: 0,
        exclusiveMinimum: true,
      },
      { type: 'integer', minimum: 1 },
    ],
    ['nullable', { type: 'string', nullable: true }, { type: 'string' }, null],
    [
      'nullable is no keyword where an edition is declared',
      { $schema: 'http://json-schema.org/draft-07/schema#', type: 'string', nullable: true },
      { type: 'string' },
    ],
  ]);
});

describe('undecided, with the reason', () => {
  test.each<[string, JsonSchema, JsonSchema, RegExp]>([
    ['a reference that does not resolve', { $ref: '#/nowhere' }, { type: 'string' }, /does not resolve/],
    ['a reference to itself', { $ref: '#' }, { type: 'string' }, /leads back to itself/],
    ['a malformed keyword', { minLength: 'x' }, { type: 'string', minLength: 1 }, /minLength is malformed/],
    [
      'a number for a schema',
      { properties: { a: 5 } },
      { properties: { a: false } },
      /a schema is an object/,
    ],
    [
      'a witness as large as two to the power of thirty',
      Object.fromEntries([
        ['$ref', '#/definitions/level30'],
        [
          'definitions',
          Object.fromEntries(
            Array.from({ length: 31 }, (_, i) => [
              `level${i}`,
              i === 0
                ? { type: 'integer' }
                : {
                    type: 'object',
                    properties: {
                      a: { $ref: `#/definitions/level${i - 1}` },
                      b: { $ref: `#/definitions/level${i - 1}` },
                    },
                    required: ['a', 'b'],
                  },
            ]),
          ),
        ],
      ]),
      { type: 'integer' },
      /a witness holds more than/,
    ],
    ['a number that is none', { const: Number.POSITIVE_INFINITY }, { const: null }, /too large/],
    [
      'two editions in one schema',
      { ...latest, $defs: { a: { $schema: 'http://json-schema.org/draft-07/schema#' } } },
      { type: 'string' },
      /another \$schema/,
    ],
    [
      'a newer meta-schema',
      { $ref: 'https://json-schema.org/draft/2020-12/schema' },
      false,
      /does not resolve/,
    ],
    ['an unknown edition', { $schema: 'https://example.com/meta' }, false, /\$schema/],
    [
      'a budget',
      { type: 'string', pattern: '^(a|b)*a(a|b){40}$' },
      { pattern: '^(a|b)*b(a|b){40}$|^a' },
      /budget/,
    ],
  ])('%s', (_, sub, sup, reason) => {
    expect(decideContainment(sub, sup, { steps: 5000 })).toEqual({
      kind: 'undecided',
      reason: expect.stringMatching(reason),
    });
  });

  test('not where the part that is not understood makes no difference', () => {
    const sub = { properties: { a: { $ref: '#/nowhere' }, b: { minimum: 2 } } };
    expect(decideContainment(sub, { properties: { b: { minimum: 1 } } })).toEqual({ kind: 'contained' });
    const same = { type: 'string', pattern: '^(a+)\\1$' };
    expect(decideContainment({ ...same, minLength: 4 }, { ...same, minLength: 2 })).toEqual({
      kind: 'contained',
    });
  });
});

describe('a dynamic reference under `unevaluatedProperties`', () => {
  const outer: JsonSchema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'https://example.com/outer',
    $ref: 'base',
    unevaluatedProperties: false,
    $defs: {
      item: { $dynamicAnchor: 'item', properties: { b: true } },
      base: {
        $id: 'base',
        $dynamicRef: '#item',
        $defs: { item: { $dynamicAnchor: 'item', properties: { a: true } } },
      },
    },
  };
  decides([
    ['leads to the outermost schema of its name', { const: { b: 1 } }, outer],
    ['does not lead to the nearest one', { const: { a: 1 } }, outer, { a: 1 }],
  ]);
});
