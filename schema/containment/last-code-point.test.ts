import { expect, it } from 'vitest';
import { isContained } from './decide-containment.ts';

const string = (pattern: string) => ({ type: 'string', pattern });

it.each([
  [false, '^[b-\u{10ffff}]+$', '^[c-\u{10ffff}]+$'],
  [true, '^[c-\u{10ffff}]+$', '^[b-\u{10ffff}]+$'],
  [false, '^[^a]+$', '^[^ab]+$'],
  [true, '^[^ab]+$', '^[^a]+$'],
  [false, '^[a-cx-\u{10ffff}]+$', '^[a-by-\u{10ffff}]+$'],
])('%s: %s is within %s, up to the last code point', (is, one, other) => {
  expect(isContained(string(one), string(other))).toBe(is);
});
