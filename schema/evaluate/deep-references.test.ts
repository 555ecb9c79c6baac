import { expect, it } from 'vitest';
import type { JsonValue } from '../json/json-value.ts';
import type { JsonSchema } from '../keywords/schema.ts';
import { evaluator } from './evaluate.ts';
import { locationOf } from './instance-path.ts';

/** Tables for a document whose parts are `{ next, type }`, each of which may be a reference to another. */
const TABLE: JsonSchema = {
  reference: 'allowed',
  type: 'object',
  properties: {
    next: { $ref: 'part' },
    list: { oneOf: [{ $ref: 'part' }, { type: 'array' }] },
    type: { enum: ['string'] },
  },
};

/** Why a chain of definitions, each of which refers to the next one, is not as it should be. */
function faults(length: number, key: 'next' | 'list', last: JsonValue): string[] {
  const definitions: Record<string, JsonValue> = Object.fromEntries(
    Array.from({ length }, (_, index) => [
      `D${index}`,
      index < length - 1 ? { [key]: { $ref: `D${index + 1}` } } : last,
    ]),
  );
  const { faultsOf } = evaluator(() => TABLE);
  return faultsOf({ $ref: 'part' }, { $ref: 'D0' }, { file: 'a.yaml', pointer: '' }, (ref) => ({
    value: definitions[ref] ?? null,
    at: { file: 'a.yaml', pointer: `/${ref}` },
  })).map(({ trail, problem }) => `${locationOf(trail).pointer} ${problem.kind}`);
}

it.each(['next', 'list'] as const)('a chain of 20,000 references by `%s` is followed to its end', (key) => {
  expect(faults(20_000, key, { type: 'string' })).toEqual([]);
});

it.each([
  [3, 'next'],
  [3, 'list'],
  [99, 'next'],
  [100, 'next'],
  [101, 'next'],
  [102, 'next'],
  [301, 'list'],
  [20_000, 'next'],
  [2_000, 'list'],
] as const)('of %d references by `%s` the one that is wrong is told, and no other', (length, key) => {
  expect(faults(length, key, { type: 'strin' })).toEqual([`/D${length - 1}/type value`]);
});

it('a chain that comes back to its beginning ends', () => {
  expect(faults(5_000, 'next', { next: { $ref: 'D0' } })).toEqual([]);
  expect(faults(5_000, 'next', { next: { $ref: 'D0' }, type: 1 })).toEqual(['/D4999/type value']);
});
