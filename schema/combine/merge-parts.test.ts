import { Ajv } from 'ajv';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { SchemaObject } from '../keywords/schema.ts';
import { conjoin } from './merge-parts.ts';

const KEYWORD = {
  type: fc.constantFrom('object', 'string', 'integer'),
  minimum: fc.integer({ min: 0, max: 3 }),
  minLength: fc.integer({ min: 0, max: 3 }),
  enum: fc.constantFrom(['a', 'bb'], [1, 2], [{}]),
  required: fc.uniqueArray(fc.constantFrom('p', 'q'), { minLength: 1 }),
  maxProperties: fc.integer({ min: 0, max: 2 }),
  additionalProperties: fc.boolean(),
  patternProperties: fc.constant({ '^p': { type: 'integer' } }),
};
const { schema } = fc.letrec<{ schema: SchemaObject }>((tie) => {
  const properties = fc.dictionary(
    fc.constantFrom('p', 'q'),
    fc.oneof({ maxDepth: 2 }, fc.boolean(), tie('schema')),
  );
  const keyword = fc.oneof(
    { weight: 4, arbitrary: properties.map((value) => ({ properties: value })) },
    ...Object.entries(KEYWORD).map(([name, it]) => it.map((value) => ({ [name]: value }))),
  );
  return { schema: fc.array(keyword, { maxLength: 3 }).map((parts) => Object.assign({}, ...parts)) };
});
const VALUE = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 2 },
    fc.constantFrom('a', 'bb', 1, 2, 4, null),
    fc.dictionary(fc.constantFrom('p', 'q', 'pp'), tie('value')),
  ),
})).value;

it('accepts exactly what both schemas accept', () => {
  const ajv = new Ajv({ strict: false });
  fc.assert(
    fc.property(schema, schema, fc.array(VALUE, { minLength: 5, maxLength: 5 }), (a, b, values) => {
      const both = conjoin(a, b);
      fc.pre(both !== undefined);
      const joined = ajv.compile(both);
      const apart = ajv.compile({ allOf: [a, b] });
      for (const value of values) expect(joined(value)).toBe(apart(value));
      ajv.removeSchema();
    }),
    { numRuns: 60 },
  );
}, 60_000);

it('keeps apart what depends on its neighbours', () => {
  expect(conjoin({ properties: { p: true } }, { additionalProperties: false })).toBeUndefined();
  expect(conjoin({ minimum: 1 }, { minimum: 2 })).toBeUndefined();
});

it('reads an envelope and what a message adds to it as one object', () => {
  const envelope = {
    type: 'object',
    required: ['id'],
    properties: { kind: { type: 'string', description: 'What.' } },
  };
  const message = { required: ['data'], properties: { kind: { const: 'placed' }, data: {} } };
  expect(conjoin(envelope, message)).toEqual({
    type: 'object',
    required: ['id', 'data'],
    properties: { kind: { type: 'string', description: 'What.', const: 'placed' }, data: {} },
  });
});
