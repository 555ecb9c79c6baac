import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { evaluator, wordsFor } from '../index.ts';
import type { JsonValue } from '../json/json-value.ts';

const NUMBERS: readonly JsonValue[] = [-1, 0, 0.5, 1, 1.5, 2, 2.5, 3, 4];
// Lengths are counted in code points: a face of two UTF-16 units is one.
const STRINGS: readonly JsonValue[] = ['', 'a', 'ab', '😀', '😀a', '😀😀', 'aé😀', 'abcd'];
const ARRAYS: readonly JsonValue[] = [[], [1], [1, 1], ['a', 1], [1, 'a', 2], [1, 2, 3, 4], ['a', 'b', 'c']];
const OBJECTS: readonly JsonValue[] = [{}, { a: 1 }, { a: 1, b: 2 }, { a: 1, b: 2, c: 3 }];
const OTHERS: readonly JsonValue[] = [null, true, 'abc', 7, [1, 2, 3], { a: 1, b: 2, c: 3 }];

const { matches, faultsOf } = evaluator(() => undefined);

describe('a bound holds at its end as for Ajv, for values of its type alone', () => {
  it.each<[string, readonly JsonValue[], object]>([
    ['minimum', NUMBERS, {}],
    ['maximum', NUMBERS, {}],
    ['exclusiveMinimum', NUMBERS, {}],
    ['exclusiveMaximum', NUMBERS, {}],
    ['minLength', STRINGS, {}],
    ['maxLength', STRINGS, {}],
    ['minItems', ARRAYS, {}],
    ['maxItems', ARRAYS, {}],
    ['minContains', ARRAYS, { contains: { type: 'integer' } }],
    ['maxContains', ARRAYS, { contains: { type: 'integer' } }],
    ['minProperties', OBJECTS, {}],
    ['maxProperties', OBJECTS, {}],
  ])('%s', (keyword, values, more) => {
    for (const bound of [0, 1, 2, 3]) {
      const schema = { ...more, [keyword]: bound };
      const validate = new Ajv2020({ strict: false }).compile(schema);
      for (const value of [...values, ...OTHERS]) {
        const verdict = validate(value);
        expect([schema, value, matches(schema, value)]).toEqual([schema, value, verdict]);
        expect(faultsOf(schema, value, { file: '', pointer: '' })).toHaveLength(verdict ? 0 : 1);
      }
    }
  });
});

it.each<[object, JsonValue, string]>([
  [{ minimum: 2 }, 1, '2 or more'],
  [{ maximum: 2 }, 3, '2 or less'],
  [{ exclusiveMinimum: 2 }, 2, 'more than 2'],
  [{ exclusiveMaximum: 2 }, 2, 'less than 2'],
  [{ multipleOf: 0.1 }, 0.25, 'a multiple of 0.1'],
  [{ minLength: 1 }, '', 'at least 1 character'],
  [{ minLength: 2 }, 'a', 'at least 2 characters'],
  [{ maxLength: 1 }, 'ab', 'at most 1 character'],
  [{ minItems: 2 }, [], 'at least 2 items'],
  [{ maxItems: 0 }, [1], 'at most 0 items'],
  [{ minProperties: 1 }, {}, 'at least 1 key'],
  [{ maxProperties: 2 }, { a: 1, b: 2, c: 3 }, 'at most 2 keys'],
])('%j says of %j what is wanted', (schema, value, expected) => {
  const [fault] = faultsOf(schema as never, value, { file: '', pointer: '' });
  expect(wordsFor(fault!).expected).toBe(expected);
});
