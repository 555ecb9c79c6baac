import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { compileValidate } from './verify.ts';

const contains = { contains: { type: 'string' } };

test.each([
  ['beside other members', { additionalProperties: contains }, { a: ['x'], b: [] }],
  ['beside other items', { items: contains }, [['x'], []]],
  ['beside a tuple', { items: [true], ...contains }, []],
])('an empty array contains nothing: %s', (_, schema, value) => {
  const validate = compileValidate({ schema, dialect: 'draft-07', assertFormats: true });
  expect(typeof validate === 'function' && validate(value)).toBe(false);
});

test('what is compiled is forgotten again', () => {
  const compiled = (from: number, to: number) => {
    for (let i = from; i < to; i++)
      compileValidate({ schema: { const: `${i}` }, dialect: 'draft-07', assertFormats: true });
    return heapInUse();
  };
  const before = compiled(0, 200);
  const grownPerSchema = (compiled(200, 1200) - before) / 1000;
  // An Ajv that keeps them all grows by several kilobytes for the smallest schema.
  expect(grownPerSchema).toBeLessThan(1000);
});

/** Bytes in use once the garbage is gone. */
function heapInUse(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
}
