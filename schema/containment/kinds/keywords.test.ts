import { expect, test } from 'vitest';
import type { JsonSchema } from '../../keywords/schema.ts';
import { decideContainment } from '../index.ts';
import {
  closed,
  D4,
  D7,
  D2019,
  D2020,
  flag,
  integer,
  number,
  object,
  pattern,
  relates,
  text,
  upTo,
  when,
} from './relates.ts';

relates('names', [
  [
    'a pattern within a pattern says nothing',
    { patternProperties: { '^a': text, '^ab': text } },
    'same',
    { patternProperties: { '^a': text } },
  ],
  [
    'a pattern of two names',
    { patternProperties: { '^(a|b)$': integer }, ...closed },
    'same',
    { properties: { a: integer, b: integer }, ...closed },
  ],
  [
    'a name with a line break is no `.*`',
    { type: 'object', additionalProperties: text },
    'narrower',
    { type: 'object', patternProperties: { '^.*$': text } },
  ],
  [
    'a name by two rules that exclude each other',
    { type: 'object', properties: { ab: text }, patternProperties: { '^a': integer }, required: ['ab'] },
    'within',
    false,
  ],
  [
    'names of a list',
    { type: 'object', propertyNames: { enum: ['a', 'b'] } },
    'same',
    { type: 'object', properties: { a: true, b: true }, ...closed },
  ],
  [
    'names of a format',
    { type: 'object', propertyNames: { format: 'date' } },
    'narrower',
    { type: 'object', propertyNames: { minLength: 10, maxLength: 10 } },
  ],
  ['no names', { type: 'object', propertyNames: false }, 'same', { const: {} }],
  [
    'names are so many',
    { type: 'object', propertyNames: pattern('^[ab]?$') },
    'narrower',
    { type: 'object', maxProperties: 3 },
  ],
  [
    'digits',
    { type: 'object', patternProperties: { '^[0-9]$': true }, ...closed },
    'narrower',
    { type: 'object', maxProperties: 10 },
  ],
]);

relates('dependencies and conditions', [
  [
    'a list is a schema',
    { dependencies: { a: ['b'] } },
    'same',
    { dependencies: { a: { required: ['b'] } } },
  ],
  [
    'a dependency is a condition',
    { type: 'object', dependencies: { a: ['b'] } },
    'same',
    { type: 'object', ...when({ required: ['a'] }, { required: ['b'] }) },
  ],
  [
    'in a circle',
    { ...D2020, dependentRequired: { a: ['b'], b: ['a'] } },
    'same',
    { ...D2020, not: { type: 'object', oneOf: [{ required: ['a'] }, { required: ['b'] }] } },
  ],
  [
    'a chain of conditions',
    when(text, when({ minLength: 3 }, { pattern: '^a' }, { const: 'z' }), false),
    'same',
    { anyOf: [{ ...pattern('^a'), minLength: 3 }, { const: 'z' }] },
  ],
  [
    'the branch that cannot be',
    object({ country: { const: 'NL' }, zip: pattern('^[0-9]{4}[A-Z]{2}$') }, ['country', 'zip']),
    'narrower',
    when(
      { properties: { country: { const: 'US' } } },
      { properties: { zip: { pattern: '^[0-9]{5}$' } } },
      { properties: { zip: { minLength: 6 } } },
    ),
  ],
]);

relates('negation', [
  ['twice', { not: { not: object({ a: integer }, ['a']) } }, 'same', object({ a: integer }, ['a'])],
  [
    'of types',
    { not: { type: ['string', 'number', 'object', 'array'] } },
    'same',
    { enum: [null, true, false] },
  ],
  ['of a pattern', { ...text, not: { pattern: '^[a-z]*$' } }, 'same', pattern('[^a-z]')],
  [
    'of items',
    { type: 'array', not: { items: { not: { const: 1 } } } },
    'same',
    { type: 'array', contains: { const: 1 } },
  ],
  [
    'of either and of both',
    { type: 'object', not: { anyOf: [{ required: ['a'] }, { required: ['b'] }] } },
    'narrower',
    { type: 'object', not: { required: ['a', 'b'] } },
  ],
]);

relates('listed values', [
  ['objects', { enum: [{ a: 1, b: [1, 2] }, { a: 2 }] }, 'same', { enum: [{ a: 2.0 }, { b: [1, 2], a: 1 }] }],
  [
    'objects as a type',
    { enum: [{ a: 1 }, { a: 2 }] },
    'same',
    object({ a: { type: 'integer', minimum: 1, maximum: 2 } }, ['a'], closed),
  ],
  [
    'pairs',
    { enum: upTo(36).map((i) => [i % 6, Math.floor(i / 6)]) },
    'same',
    { type: 'array', items: [{ enum: upTo(6) }, { enum: upTo(6) }], minItems: 2, maxItems: 2 },
  ],
  [
    'a thousand texts as a pattern',
    { enum: upTo(1000).map((i) => `${i}`.padStart(3, '0')) },
    'same',
    pattern('^\\d{3}$'),
  ],
  ['zero is not false', { const: [0] }, 'neither', { const: [false] }],
  ['nothing', { enum: [] }, 'within', false],
]);

relates('lists without repetition', [
  [
    'of booleans',
    { type: 'array', items: flag, uniqueItems: true },
    'same',
    { enum: [[], [true], [false], [true, false], [false, true]] },
  ],
  [
    'of ten numbers',
    { type: 'array', items: { type: 'integer', minimum: 1, maximum: 10 }, uniqueItems: true },
    'within',
    { maxItems: 10 },
  ],
  [
    'of seven texts',
    { type: 'array', items: pattern('^[ab]{0,2}$'), uniqueItems: true },
    'beyond',
    { maxItems: 6 },
  ],
  [
    'of objects',
    { type: 'array', items: object({ a: flag }, [], closed), uniqueItems: true },
    'within',
    { maxItems: 3 },
  ],
  [
    'three booleans repeat',
    { type: 'array', items: flag, minItems: 3 },
    'within',
    { not: { uniqueItems: true } },
  ],
  [
    'all there are',
    { type: 'array', items: { enum: upTo(6) }, uniqueItems: true, minItems: 6 },
    'within',
    { contains: { const: 4 } },
  ],
  [
    'all but one',
    { type: 'array', items: { enum: upTo(6) }, uniqueItems: true, minItems: 5 },
    'beyond',
    { contains: { const: 4 } },
  ],
]);

relates('what lists contain', [
  [
    'two kinds are two items',
    { type: 'array', allOf: [{ contains: text }, { contains: integer }] },
    'within',
    { minItems: 2 },
  ],
  [
    'kinds that overlap are one',
    { type: 'array', allOf: [{ contains: { minimum: 3 } }, { contains: { maximum: 5 } }] },
    'beyond',
    { minItems: 2 },
  ],
  [
    'none',
    { ...D2020, type: 'array', contains: text, minContains: 0, maxContains: 0 },
    'same',
    { ...D2020, type: 'array', items: { not: text } },
  ],
  [
    'at most one of three',
    { ...D2020, type: 'array', items: flag, contains: { const: true }, maxContains: 1, minItems: 3 },
    'narrower',
    { ...D2020, type: 'array', contains: { const: false }, minContains: 2 },
  ],
  [
    'a thousand',
    { ...D2020, type: 'array', contains: integer, minContains: 1000 },
    'narrower',
    { ...D2020, type: 'array', minItems: 1000 },
  ],
]);

relates('tuples', [
  [
    'in two editions',
    { ...D7, type: 'array', items: [integer, text], additionalItems: false },
    'same',
    { ...D2020, type: 'array', prefixItems: [integer, text], items: false },
  ],
  [
    'alike',
    { ...D2020, type: 'array', prefixItems: [integer, integer], items: false },
    'same',
    { ...D2020, type: 'array', items: integer, maxItems: 2 },
  ],
  [
    'with a hole',
    { ...D2020, type: 'array', prefixItems: [true, false, true] },
    'same',
    { ...D2020, type: 'array', maxItems: 1 },
  ],
  [
    'with what is left over',
    { ...D2020, type: 'array', prefixItems: [text], contains: integer, unevaluatedItems: false },
    'same',
    { ...D2020, type: 'array', prefixItems: [text], contains: integer, items: integer },
  ],
]);

relates('numbers', [
  [
    'four and six are twelve',
    { ...number, allOf: [{ multipleOf: 4 }, { multipleOf: 6 }] },
    'same',
    { ...number, multipleOf: 12 },
  ],
  [
    'one multiple within bounds',
    { ...integer, multipleOf: 7, minimum: 1, maximum: 13 },
    'same',
    { const: 7 },
  ],
  ['halves', { ...number, multipleOf: 0.5, minimum: 0, maximum: 1 }, 'same', { enum: [0, 0.5, 1] }],
  ['even or not', integer, 'same', { ...integer, anyOf: [{ multipleOf: 2 }, { not: { multipleOf: 2 } }] }],
  [
    'primes below thirty',
    { ...integer, minimum: 2, maximum: 30, not: { anyOf: [2, 3, 5].map((multipleOf) => ({ multipleOf })) } },
    'same',
    { enum: [7, 11, 13, 17, 19, 23, 29] },
  ],
  ['an open end of integers', { ...integer, exclusiveMinimum: 0 }, 'same', { ...integer, minimum: 1 }],
  [
    'money',
    { ...number, minimum: 0, multipleOf: 0.01, maximum: 999_999.99 },
    'narrower',
    { ...number, exclusiveMinimum: -0.001, maximum: 1e6 },
  ],
  [
    '1.0 is an integer in draft-04 too',
    { ...D4, enum: [1.0, 2.0] },
    'same',
    { ...D4, type: 'integer', minimum: 0, exclusiveMinimum: true, maximum: 2 },
  ],
]);

relates('texts', [
  [
    'an address is of digits',
    { ...text, format: 'ipv4' },
    'narrower',
    { ...pattern('^[0-9.]+$'), minLength: 7, maxLength: 15 },
  ],
  ['a day', { ...text, format: 'date' }, 'narrower', pattern('^\\d{4}-\\d{2}-\\d{2}$')],
  ['a host name', { ...text, format: 'hostname' }, 'narrower', pattern('^[a-zA-Z0-9.-]+$')],
  [
    'an identifier is a regular expression',
    { ...text, format: 'uuid' },
    'narrower',
    { ...text, format: 'regex' },
  ],
  ['an e-mail address need not be one', { ...text, format: 'email' }, 'beyond', { ...text, format: 'regex' }],
  ['a version', pattern('^(0|[1-9]\\d*)\\.(0|[1-9]\\d*)$'), 'narrower', pattern('^\\d+\\.\\d+$')],
  [
    'a password',
    pattern('^(?=.*[a-z])(?=.*[A-Z])(?=.*\\d)(?=.*[^\\w]).{12,}$'),
    'narrower',
    pattern('^(?=.*[a-z])(?=.*[A-Z])(?=.*\\d).{8,}$'),
  ],
  ['named groups', pattern('^(?<y>\\d{4})-(?<m>\\d\\d)$'), 'same', pattern('^\\d{4}-\\d{2}$')],
  ['anchors that bind closer than people think', pattern('^a|b$'), 'neither', pattern('^(b|a[^b]*|[^a]*c)$')],
  ['two counts together', pattern('^[ab]{10,400}[ab]{5,300}$'), 'same', pattern('^[ab]{15,700}$')],
  [
    'counts that overlap',
    pattern('^[a-c]{1,500}[c-e]{2,300}$'),
    'narrower',
    pattern('^[a-c]{1,501}[c-e]{2,300}$'),
  ],
  [
    'counts and lengths',
    pattern('^[a-c]{1,500}[c-e]{2,300}$'),
    'narrower',
    { ...text, minLength: 3, maxLength: 800 },
  ],
  [
    'a length of a million',
    { ...pattern('^[a-z]*$'), maxLength: 1_000_000 },
    'beyond',
    { ...text, maxLength: 999_999 },
  ],
]);

relates('what is left over', [
  [
    'closed over several parts',
    {
      ...D2020,
      type: 'object',
      allOf: [{ properties: { a: text } }],
      properties: { b: integer },
      unevaluatedProperties: false,
    },
    'same',
    { ...D2020, ...object({ a: text, b: integer }, [], closed) },
  ],
  [
    'of a recursive anchor',
    {
      ...D2019,
      $recursiveAnchor: true,
      type: 'object',
      additionalProperties: { $recursiveRef: '#' },
      maxProperties: 2,
    },
    'narrower',
    { ...D2019, $recursiveAnchor: true, type: 'object', additionalProperties: { $recursiveRef: '#' } },
  ],
]);

test.each<[string, JsonSchema, JsonSchema, RegExp]>([
  [
    'a text',
    { ...text, maxLength: 1e9 },
    { ...text, maxLength: 1e9 - 1 },
    /^a string of 1000000000 characters/,
  ],
  [
    'a list',
    { type: 'array', maxItems: 1e9 },
    { type: 'array', maxItems: 1e9 - 1 },
    /^an array of 1000000000 items/,
  ],
  [
    'an object',
    { type: 'object', maxProperties: 5000 },
    { type: 'object', maxProperties: 4999 },
    /^an object of 5000 members/,
  ],
])('%s that is too large to be shown is said to be', (_, a, b, reason) => {
  expect(decideContainment(a, b)).toEqual({ kind: 'undecided', reason: expect.stringMatching(reason) });
  expect(decideContainment(b, a)).toEqual({ kind: 'contained' });
});
