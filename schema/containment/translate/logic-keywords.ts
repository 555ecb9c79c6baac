import { isArray, type JsonValue, member } from '../../json/json-value.ts';
import { exactlyOne } from '../logic/disjoint.ts';
import type { Shape } from '../logic/formula.ts';
import type { Keyword, Translation } from './keyword.ts';

function subshapes(
  value: JsonValue,
  keyword: string,
  { inPlace }: Translation,
): readonly Shape[] | undefined {
  if (!isArray(value) || value.length === 0) return undefined;
  return value.map((part, i) => inPlace(part, keyword, String(i)));
}

/** Keywords that combine schemas for the same value (core, section 10.2, and the references of section 8.2). */
export const logicKeywords = {
  allOf: (value, translation) => {
    const shapes = subshapes(value, 'allOf', translation);
    return shapes && translation.logic.both(shapes);
  },
  anyOf: (value, translation) => {
    const shapes = subshapes(value, 'anyOf', translation);
    return shapes && translation.logic.either(shapes);
  },
  oneOf: (value, translation) => {
    const shapes = subshapes(value, 'oneOf', translation);
    return shapes && exactlyOne(translation.logic, shapes);
  },
  not: (value, { inPlace, logic }) => logic.complement(inPlace(value, 'not')),
  if: (value, { inPlace, logic, schema }) => {
    const condition = inPlace(value, 'if');
    const [whenTrue, whenFalse] = [member(schema, 'then'), member(schema, 'else')];
    return logic.either([
      whenTrue === undefined ? condition : logic.both([condition, inPlace(whenTrue, 'then')]),
      whenFalse === undefined
        ? logic.complement(condition)
        : logic.both([logic.complement(condition), inPlace(whenFalse, 'else')]),
    ]);
  },
  $ref: (value, { refer }) => (typeof value === 'string' ? refer(value) : undefined),
  $recursiveRef: (value, { document, logic, referDynamically }) => {
    if (document.dialect !== '2019-09') return logic.anything;
    return value === '#' ? referDynamically(value) : undefined;
  },
  $dynamicRef: (value, { document, logic, referDynamically }) => {
    if (document.dialect !== '2020-12') return logic.anything;
    return typeof value === 'string' ? referDynamically(value) : undefined;
  },
} satisfies Record<string, Keyword>;
