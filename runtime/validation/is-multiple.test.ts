import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isMultiple } from './is-multiple.ts';

it.each([
  [19.99, 0.01, true],
  [0.3, 0.1, true],
  [19.999, 0.01, false],
  [1e15, 0.01, true],
  [1e22, 1, true],
  [1e-10, 1, false],
  [1e308, 0.123456789, false],
  [12391239123, 1e-8, true],
  [-0.07, 0.01, true],
  [0, 0.1, true],
  [Number.POSITIVE_INFINITY, 1, false],
])('%d and %d: %s', (value, step, expected) => {
  expect(isMultiple(value, step)).toBe(expected);
});

it('takes every decimal of so many places for a multiple of its last place, and none between', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 0, max: 12 }), (digits, places) => {
      const value = Number(`${digits}e-${places}`);
      expect(isMultiple(value, Number(`1e-${places}`))).toBe(true);
      expect(isMultiple(Number(`${digits}5e-${places + 1}`), Number(`1e-${places}`))).toBe(false);
    }),
  );
});
