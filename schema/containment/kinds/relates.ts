import { describe, expect, test } from 'vitest';
import type { JsonSchema } from '../../keywords/schema.ts';
import { decideContainment } from '../decide-containment.ts';

/** How the first of two schemas stands to the second; what is known of both directions is asked in both. */
type Relation = 'same' | 'narrower' | 'within' | 'beyond' | 'neither';

/** Whether the first is contained in the second, and the second in the first; undefined where it is not asked. */
const CONTAINED: Readonly<Record<Relation, readonly [boolean, boolean | undefined]>> = {
  same: [true, true],
  narrower: [true, false],
  within: [true, undefined],
  beyond: [false, undefined],
  neither: [false, false],
};

type Case = readonly [what: string, a: JsonSchema, relation: Relation, b: JsonSchema];

/** Schemas of the kinds that people write, with what is to be seen by reasoning alone. */
export function relates(kind: string, cases: readonly Case[]): void {
  describe(kind, () => {
    test.each(cases)('%s', (_, a, relation, b) => {
      const [forth, back] = CONTAINED[relation];
      const word = (is: boolean) => (is ? 'contained' : 'not-contained');
      expect(decideContainment(a, b)).toMatchObject({ kind: word(forth) });
      if (back !== undefined) expect(decideContainment(b, a)).toMatchObject({ kind: word(back) });
    });
  });
}

export const D4 = { $schema: 'http://json-schema.org/draft-04/schema#' };
export const D7 = { $schema: 'http://json-schema.org/draft-07/schema#' };
export const D2019 = { $schema: 'https://json-schema.org/draft/2019-09/schema' };
export const D2020 = { $schema: 'https://json-schema.org/draft/2020-12/schema' };

export const text = { type: 'string' };
export const integer = { type: 'integer' };
export const number = { type: 'number' };
export const nothing = { type: 'null' };
export const flag = { type: 'boolean' };

export function object(
  properties: Record<string, JsonSchema>,
  required: readonly string[] = [],
  more: Record<string, JsonSchema> = {},
) {
  return { type: 'object', properties, required, ...more };
}
export const closed = { additionalProperties: false };
export const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);
export const pattern = (source: string) => ({ type: 'string', pattern: source });

/** A condition, with the keyword that JavaScript would rather have for itself. */
export function when(condition: JsonSchema, consequence: JsonSchema, alternative?: JsonSchema) {
  const entries: [string, JsonSchema][] = [
    ['if', condition],
    ['then', consequence],
    ...(alternative === undefined ? [] : ([['else', alternative]] as [string, JsonSchema][])),
  ];
  return Object.fromEntries(entries);
}
