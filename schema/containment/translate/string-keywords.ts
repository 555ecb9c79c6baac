import type { Side } from '../logic/formula.ts';
import { countOf, type Keyword } from './keyword.ts';

function length(side: Side): Keyword {
  return (value, { logic }) => {
    const count = countOf(value);
    return count === undefined
      ? undefined
      : logic.when('string', logic.atom({ kind: 'length', side, count }));
  };
}

/** Keywords for strings (validation, sections 6.3 and 7). */
export const stringKeywords = {
  minLength: length('atLeast'),
  maxLength: length('atMost'),
  pattern: (value, { logic, strings }) =>
    typeof value === 'string' ? logic.when('string', strings.pattern(value)) : undefined,
  format: (value, { strings }) => (typeof value === 'string' ? strings.format(value) : undefined),
} satisfies Record<string, Keyword>;
