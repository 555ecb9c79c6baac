import { rationalOf } from '../../json/rational.ts';
import type { Keyword } from './keyword.ts';

function bound(kind: 'above' | 'below', inclusive: boolean): Keyword {
  return (value, { logic }) =>
    typeof value === 'number'
      ? logic.when('number', logic.atom({ kind, bound: rationalOf(value), inclusive }))
      : undefined;
}

/** Keywords for numbers (validation, section 6.2). */
export const numberKeywords = {
  minimum: bound('above', true),
  maximum: bound('below', true),
  exclusiveMinimum: bound('above', false),
  exclusiveMaximum: bound('below', false),
  multipleOf: (value, { logic }) =>
    typeof value === 'number' && value > 0
      ? logic.when('number', logic.atom({ kind: 'multiple', of: rationalOf(value), negated: false }))
      : undefined,
} satisfies Record<string, Keyword>;
