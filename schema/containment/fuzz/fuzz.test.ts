import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkPair } from './check-pair.ts';
import { schemaPair } from './schema-pair.ts';

test('no verdict on random pairs is refuted by Ajv', () => {
  fc.assert(
    fc.property(schemaPair, (pair) => {
      expect(checkPair(pair)).not.toHaveProperty('counterexample');
    }),
    { numRuns: 150 },
  );
}, 300_000);

test('the scrutiny finds a wrong verdict', () => {
  const scrutiny = checkPair(
    { sub: { type: 'number' }, sup: { type: 'integer' }, dialect: 'draft-07' },
    () => ({
      kind: 'contained',
    }),
  );
  expect(scrutiny.counterexample).toBe(0.5);
});
