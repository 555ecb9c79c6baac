import type { Group } from './corpus.ts';

type Row = readonly [
  name: string,
  schema: Group['schema'],
  value: Group['values'][number]['value'],
  valid: boolean,
];

/** Pairs on which readers once gave different answers, and what is right of each. */
const DRAFT_07: readonly Row[] = [
  ['a fraction of hundredths', { type: 'number', multipleOf: 0.01 }, 19.99, true],
  ['a fraction of tenths', { type: 'number', multipleOf: 0.1 }, 0.3, true],
  ['just no fraction of hundredths', { type: 'number', multipleOf: 0.01 }, 19.999, false],
  ['large and whole', { type: 'number', multipleOf: 0.01 }, 1e15, true],
  ['a small step', { multipleOf: 1e-8 }, 12391239123, true],
  ['a step that ten has not', { multipleOf: 0.123456789 }, 1e308, false],
  ['an escape that `u` refuses', { type: 'string', pattern: '^[a-z]+\\@x$' }, 'a@x', true],
  ['an escape that `u` refuses, unmet', { type: 'string', pattern: '^[a-z]+\\@x$' }, 'A', false],
  [
    'a pattern for names that `u` refuses',
    { patternProperties: { '^\\@': { type: 'string' } } },
    { '@a': 1 },
    false,
  ],
  ['a code point', { type: 'string', maxLength: 1 }, '😀', true],
  ['any code point', { type: 'string', pattern: '^.$' }, '😀', true],
  ['a word of OpenAPI', { type: 'string', nullable: true }, null, false],
  ['an unknown format', { type: 'string', format: 'nope' }, 'x', true],
  ['a moment with a space', { type: 'string', format: 'date-time' }, '2026-01-01 10:00:00Z', true],
  ['bytes', { type: 'string', format: 'byte' }, 'a', false],
  ['32 bits', { type: 'integer', format: 'int32' }, 3_000_000_000, false],
  ['a required name that objects inherit', { type: 'object', required: ['toString'] }, {}, false],
  ['a property that objects inherit', { properties: { constructor: { type: 'string' } } }, {}, true],
  ['a dependency that objects inherit', { dependencies: { toString: ['a'] } }, {}, true],
  ['dependentRequired', { type: 'object', dependentRequired: { a: ['b'] } }, { a: 1 }, true],
  ['dependentSchemas', { dependentSchemas: { a: false } }, { a: 1 }, true],
  ['prefixItems', { type: 'array', prefixItems: [{ type: 'string' }] }, [1], true],
  ['minContains', { type: 'array', contains: { type: 'string' }, minContains: 0 }, [], false],
  ['maxContains', { contains: { type: 'string' }, maxContains: 1 }, ['a', 'b'], true],
  ['unevaluatedProperties', { properties: { a: true }, unevaluatedProperties: false }, { b: 1 }, true],
  ['contains in nothing', { type: 'array', contains: { type: 'string' } }, [], false],
  [
    'equal objects',
    { type: 'array', uniqueItems: true },
    [
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ],
    false,
  ],
  ['contains in each of several', { items: { contains: { const: 1 } } }, [[1], []], false],
  ['a constant object', { const: { a: [1] } }, { a: [1] }, true],
  ['minus nothing', { enum: [0] }, -0, true],
  ['a whole number with a fraction', { type: 'integer' }, 1.5, false],
  ['a whole number with an exponent', { type: 'integer' }, 1e300, true],
  ['no further items', { items: [{ type: 'string' }], additionalItems: false }, ['a', 1], false],
  ['a condition', { if: { type: 'string' }, else: { minimum: 2 } }, 1, false],
  ['names', { type: 'object', propertyNames: { pattern: '^a' } }, { b: 1 }, false],
  [
    'a discriminator',
    { discriminator: 'k', required: ['k'], properties: { k: { type: 'string' } } },
    { k: 'x' },
    true,
  ],
  ['a host name', { type: 'string', format: 'hostname' }, 'a_b.example', false],
  ['a relative URI', { type: 'string', format: 'uri' }, '/a/b', false],
  ['weeks and years', { type: 'string', format: 'duration' }, 'P1Y2W', false],
  ['a time without a zone', { type: 'string', format: 'time' }, '10:00:00', false],
  [
    'a member called __proto__',
    { properties: { ['__proto__']: { type: 'string' } } },
    JSON.parse('{"__proto__":1}'),
    false,
  ],
];

const DRAFT_04: readonly Row[] = [
  ['a bound that excludes', { type: 'number', minimum: 0, exclusiveMinimum: true }, 0, false],
  ['above a bound that excludes', { type: 'number', minimum: 0, exclusiveMinimum: true }, 1, true],
  ['a bound that does not exclude', { maximum: 5, exclusiveMaximum: false }, 5, true],
  ['const', { const: 1 }, 2, true],
  ['a condition', { if: false, else: false }, 1, true],
];

const DRAFT_06: readonly Row[] = [
  ['a condition', { if: false, else: false }, 1, true],
  ['const', { const: 1 }, 2, false],
];

const DRAFT_2019: readonly Row[] = [
  ['a tuple', { items: [{ type: 'string' }], additionalItems: false }, ['a', 1], false],
  ['prefixItems', { prefixItems: [{ type: 'string' }] }, [1], true],
  ['dependentRequired', { dependentRequired: { a: ['b'] } }, { a: 1 }, false],
  ['beside a reference', { $ref: '#/$defs/a', maxLength: 1, $defs: { a: { type: 'string' } } }, 'ab', false],
];

const DRAFT_2020: readonly Row[] = [
  ['a tuple', { prefixItems: [{ type: 'string' }], items: false }, ['a', 1], false],
  ['additionalItems', { prefixItems: [{ type: 'string' }], additionalItems: false }, ['a', 1], true],
  ['dependencies', { dependencies: { a: ['b'] } }, { a: 1 }, false],
  ['minContains', { contains: { type: 'string' }, minContains: 0 }, [], true],
];

export const PAIRS: readonly Group[] = (
  [
    ['draft-04', DRAFT_04],
    ['draft-06', DRAFT_06],
    ['draft-07', DRAFT_07],
    ['2019-09', DRAFT_2019],
    ['2020-12', DRAFT_2020],
  ] as const
).flatMap(([draft, rows]) =>
  rows.map(([name, schema, value, valid]) => ({
    name: 'pairs',
    description: name,
    draft,
    schema,
    values: [{ description: JSON.stringify(value), value, valid }],
  })),
);
