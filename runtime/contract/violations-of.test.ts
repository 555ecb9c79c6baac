import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { violationsOf } from './violations-of.ts';

const ajv = new Ajv({ allErrors: true, strict: false });
addFormats.default(ajv);

function violations(schema: object, value: unknown): string[] {
  const validate = ajv.compile(schema);
  validate(value);
  return violationsOf(validate.errors ?? [], value).map(
    ({ pointer, rule, expected, found }) => `${pointer} ${rule}: ${expected} <> ${found}`,
  );
}

describe('violationsOf', () => {
  it.each<[object, unknown, string]>([
    [{ type: 'integer' }, '50', ' type: an integer <> "50"'],
    [{ type: ['string', 'null'] }, 5, ' type: a string or null <> 5'],
    [{ required: ['a'] }, {}, '/a required: given <> nothing'],
    [
      { properties: {}, additionalProperties: false },
      { 'a/b~': 1 },
      '/a~1b~0 additionalProperties: left out: the contract does not know it <> 1',
    ],
    [{ enum: ['A', 1] }, 'B', ' enum: one of "A", 1 <> "B"'],
    [{ const: '1.0' }, '2.0', ' const: "1.0" <> "2.0"'],
    [{ format: 'uuid' }, 'prog-123', ' format: in the format uuid <> "prog-123"'],
    [{ pattern: '^a' }, 'b', ' pattern: text that matches ^a <> "b"'],
    [{ minimum: 1 }, 0, ' minimum: 1 or more <> 0'],
    [{ maximum: 1 }, 2, ' maximum: 1 or less <> 2'],
    [{ exclusiveMinimum: 1 }, 1, ' exclusiveMinimum: more than 1 <> 1'],
    [{ exclusiveMaximum: 1 }, 1, ' exclusiveMaximum: less than 1 <> 1'],
    [{ multipleOf: 2 }, 3, ' multipleOf: a multiple of 2 <> 3'],
    [{ minLength: 1 }, '', ' minLength: 1 character or more <> ""'],
    [{ maxLength: 1 }, 'ab', ' maxLength: 1 character or fewer <> "ab"'],
    [{ minItems: 1 }, [], ' minItems: 1 item or more <> []'],
    [{ maxItems: 0 }, [1], ' maxItems: 0 items or fewer <> [1]'],
    [{ uniqueItems: true }, [1, 1], ' uniqueItems: free of duplicates <> [1,1]'],
    [{ not: {} }, 1, ' not: such that it must NOT be valid <> 1'],
  ])('%j refuses %j', (schema, value, sentence) => {
    expect(violations(schema, value)).toEqual([sentence]);
  });

  it('points into the value and shortens what it shows', () => {
    const schema = { properties: { list: { items: { type: 'string' } } } };
    const [long] = violations(schema, { list: ['a', { text: 'x'.repeat(100) }] });
    expect(long).toMatch(/^\/list\/1 type: a string <> \{"text":"x{51}\.\.\.$/);
  });
});
