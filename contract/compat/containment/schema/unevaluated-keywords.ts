import type { Shape } from '../logic/formula.ts';
import { type Evaluated, evaluatedAt } from './evaluated.ts';
import type { Keyword, Translation } from './keyword.ts';

/** In every case of what has been evaluated, a demand on the rest. */
function onTheRest(
  keyword: string,
  translation: Translation,
  demand: (evaluated: Evaluated) => Shape,
): Shape {
  const { logic, opaque, place } = translation;
  const cases = evaluatedAt(translation, place, keyword);
  if (cases === undefined) {
    return opaque(keyword, `what ${keyword} leaves over takes too many cases`);
  }
  return logic.both(cases.map((each) => logic.either([logic.complement(each.when), demand(each)])));
}

/** Keywords that depend on what other keywords evaluated (core, section 11). */
export const unevaluatedKeywords: Record<string, Keyword> = {
  unevaluatedProperties: (value, translation) => {
    const { child, document, logic } = translation;
    if (document.dialect === 'draft-07' || value === true) return logic.anything;
    const other = logic.complement(child(value, 'unevaluatedProperties'));
    return onTheRest('unevaluatedProperties', translation, (evaluated) => {
      const names = logic.languages.not(evaluated.names);
      return logic.when(
        'object',
        logic.atom({ kind: 'members', side: 'atMost', count: 0, names, shape: other }),
      );
    });
  },
  unevaluatedItems: (value, translation) => {
    const { child, document, logic } = translation;
    if (document.dialect === 'draft-07' || value === true) return logic.anything;
    const allowed = child(value, 'unevaluatedItems');
    return onTheRest('unevaluatedItems', translation, ({ items, containing }) => {
      if (items === Infinity) return logic.anything;
      const other = logic.complement(logic.either([allowed, ...containing]));
      const rest = { from: items, to: Infinity, shape: other };
      return logic.when('array', logic.atom({ kind: 'items', side: 'atMost', count: 0, ...rest }));
    });
  },
};
