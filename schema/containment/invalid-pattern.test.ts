import { expect, it } from 'vitest';
import type { JsonSchema } from '../keywords/schema.ts';
import { decideContainment } from './index.ts';

const INVALID = { type: 'string', pattern: '(' };

it.each<[JsonSchema, JsonSchema]>([
  [INVALID, { type: 'string' }],
  [INVALID, INVALID],
  [{ ...INVALID, minLength: 4 }, { minLength: 3 }],
  [{ type: 'number' }, { pattern: '(' }],
])('what holds whatever an invalid pattern may mean is contained: %j in %j', (sub, sup) => {
  expect(decideContainment(sub, sup)).toEqual({ kind: 'contained' });
});

it.each<[JsonSchema, JsonSchema, 'first' | 'second']>([
  [INVALID, { maxLength: 3 }, 'first'],
  [INVALID, { pattern: '[a' }, 'first'],
  [{ type: 'string' }, { pattern: '(' }, 'second'],
  [{ type: 'string' }, { not: { pattern: '(' } }, 'second'],
])('the rest is undecided, and the pattern is named: %j in %j', (sub, sup, which) => {
  expect(decideContainment(sub, sup)).toMatchObject({
    kind: 'undecided',
    reason: expect.stringMatching(`${which} schema: Invalid regular expression`),
  });
});
