import { expect, test } from 'vitest';
import { compileValidate } from './verify.ts';

const contains = { contains: { type: 'string' } };

test.each([
  ['beside other members', { additionalProperties: contains }, { a: ['x'], b: [] }],
  ['beside other items', { items: contains }, [['x'], []]],
  ['beside a tuple', { items: [true], ...contains }, []],
])('an empty array contains nothing: %s', (_, schema, value) => {
  const validate = compileValidate({ schema, dialect: 'draft-07' }, true);
  expect(typeof validate === 'function' && validate(value)).toBe(false);
});
