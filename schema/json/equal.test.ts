import { expect, it } from 'vitest';
import { equal, fingerprint } from './equal.ts';
import type { JsonValue } from './json-value.ts';

it.each<[boolean, JsonValue, JsonValue]>([
  [true, ['a', 'b'], ['a', 'b']],
  [false, ['a'], ['a', 'c']],
  [false, ['a', 'c'], ['a']],
  [false, ['a', 'b'], ['b', 'a']],
  [true, { a: 1, b: [2] }, { b: [2], a: 1 }],
  [false, { a: 1 }, { a: 1, b: 2 }],
  [false, { a: 1, b: 2 }, { a: 1 }],
  [false, [], {}],
  [false, [1, 2], [12]],
  [false, [[1], 2], [1, [2]]],
  [false, null, {}],
  [false, 1, '1'],
  [true, 0, -0],
])('%s: %j equals %j', (are, a, b) => {
  expect(equal(a, b)).toBe(are);
  expect(fingerprint(a) === fingerprint(b)).toBe(are);
});
