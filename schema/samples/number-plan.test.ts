import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isMultipleOf, rationalOf } from '../json/rational.ts';
import { numberPlan } from './number-plan.ts';

const bound = fc.oneof(
  fc.integer({ min: -2000, max: 2000 }),
  fc
    .tuple(fc.integer({ min: -99_999, max: 99_999 }), fc.integer({ min: 1, max: 9 }))
    .map(([n, e]) => Number(`${n}e-${e}`)),
);
const schema = fc.record(
  {
    minimum: bound,
    maximum: bound,
    exclusiveMinimum: bound,
    exclusiveMaximum: bound,
    multipleOf: fc.constantFrom(0.01, 0.1, 0.5, 1, 2.5, 5, 1e-7, 0.3),
  },
  { requiredKeys: [] },
);

it('gives numbers within the bounds, each a multiple', () => {
  fc.assert(
    fc.property(schema, fc.boolean(), fc.constantFrom('price', 'quantity'), (json, isWhole, name) => {
      const { min, max, step } = numberPlan(json, name, isWhole);
      fc.pre(min <= max);
      for (const it of [min, max]) {
        const { minimum = it, maximum = it, exclusiveMinimum = it - 1, exclusiveMaximum = it + 1 } = json;
        expect(it >= minimum && it <= maximum && it > exclusiveMinimum && it < exclusiveMaximum).toBe(true);
        expect(isMultipleOf(rationalOf(it), rationalOf(step))).toBe(true);
        if (isWhole) expect(Number.isInteger(it)).toBe(true);
        if (json.multipleOf) expect(isMultipleOf(rationalOf(it), rationalOf(json.multipleOf))).toBe(true);
      }
    }),
    { numRuns: 2000 },
  );
});

it.each([
  [{}, 'price', false, { min: 0, max: 1000, step: 0.01 }],
  [{}, 'quantity', true, { min: 1, max: 6, step: 1 }],
  [{ minimum: 1, maximum: 100 }, 'n', true, { min: 1, max: 100, step: 1 }],
  [{ exclusiveMinimum: 0, maximum: 0.001 }, 'rate', false, { min: 0.0001, max: 0.001, step: 0.0001 }],
  [{ multipleOf: 0.5 }, 'n', true, { min: 0, max: 1000, step: 1 }],
  [{ multipleOf: 2.5 }, 'n', true, { min: 0, max: 1000, step: 5 }],
  // No multiple of zero is meant, whatever it says.
  [{ multipleOf: 0 }, 'price', false, { min: 0, max: 1000, step: 0.01 }],
  [{ exclusiveMaximum: -5 }, 'n', true, { min: -6, max: -6, step: 1 }],
  [{ minimum: 0, maximum: 2 ** 63 }, 'n', true, { min: 0, max: 9007199254740991, step: 1 }],
])('%j of %s, whole: %s', (json, name, isWhole, plan) => {
  expect(numberPlan(json, name, isWhole)).toEqual({ kind: 'number', ...plan });
});
