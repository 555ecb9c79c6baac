import { describe, expect, it } from 'vitest';
import type { JsonSchema } from '../keywords/schema.ts';
import { decideContainment } from './index.ts';

/** Definitions, each of which refers to the next one in two ways. */
function doubling(depth: number, ways: (next: JsonSchema) => JsonSchema, last: JsonSchema): JsonSchema {
  const definitions = Object.fromEntries(
    Array.from({ length: depth }, (_, index) => [
      `D${index}`,
      index === depth - 1 ? last : ways({ $ref: `#/definitions/D${index + 1}` }),
    ]),
  );
  return { $ref: '#/definitions/D0', definitions } as JsonSchema;
}

const WAYS: Readonly<Record<string, (next: JsonSchema) => JsonSchema>> = {
  'all of': (next) => ({ allOf: [next, next] }),
  'one of': (next) => ({ oneOf: [next, { allOf: [next], required: ['more'] }] }),
  'any of': (next) => ({ anyOf: [next, { ...(next as object), title: 'again' }] }),
  'not one of': (next) => ({ not: { anyOf: [{ not: next }, { not: next }] } }),
};
const [short, long] = [10, 60];
const one = { type: 'object', properties: { a: { maxLength: 5 } } };
const other = { type: 'object', properties: { a: { maxLength: 6 } } };

// Were each way followed, there would be 2^60 of them: that a test ends is what it says.
describe.each(Object.entries(WAYS))('definitions met twice at each step: %s', (_, ways) => {
  it('are undecided where there are too many ways, and the reason is told', () => {
    const [a, b] = [one, other].map((it) => doubling(long, ways, it)) as [JsonSchema, JsonSchema];
    for (const verdict of [decideContainment(a, b), decideContainment(b, a)])
      expect(verdict).toEqual({
        kind: 'undecided',
        reason: 'references within alternatives lead to more than 50000 schemas for one value',
      });
  });

  it('are decided where there are few', () => {
    const [a, b] = [one, other].map((it) => doubling(short, ways, it)) as [JsonSchema, JsonSchema];
    expect(decideContainment(a, b).kind).not.toBe('undecided');
  });
});

it('definitions that lead on through properties, or back to themselves, are decided', () => {
  const tree = (more: object) => ({
    definitions: {
      Tree: {
        ...more,
        properties: { left: { $ref: '#/definitions/Tree' }, right: { $ref: '#/definitions/Tree' } },
      },
    },
    $ref: '#/definitions/Tree',
  });
  expect(decideContainment(tree({ type: 'object' }), tree({}))).toEqual({ kind: 'contained' });
});
