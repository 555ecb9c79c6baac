import type { Language } from '../../patterns/language.ts';
import type { Shape } from '../logic/formula.ts';
import type { Logic } from '../logic/logic.ts';
import { type Evaluated, evaluatedAt } from './evaluated.ts';
import type { Keyword, Translation } from './keyword.ts';

/** More classes of names, or cases of `contains`, than this are not worth their cost. */
const MOST_CASES = 256;

/** A part of the instance and the shapes of instances of which this part is evaluated. */
interface Covered<Part> {
  readonly part: Part;
  readonly by: readonly Shape[];
}

/** The demand that `unevaluated*` makes, or an opaque one where what is evaluated is not known. */
function demand(
  keyword: string,
  translation: Translation,
  of: (evaluated: readonly Evaluated[]) => Shape | undefined,
): Shape {
  const evaluated = evaluatedAt(translation, translation.place, keyword);
  const shape = evaluated && of(evaluated);
  if (shape !== undefined) return shape;
  const why =
    evaluated === undefined
      ? 'is not known: a reference goes in a circle or nowhere, or a pattern is not regular'
      : 'takes too many cases';
  return translation.opaque(keyword, `what ${keyword} leaves over ${why}`);
}

/** The names split into classes that no contribution tells apart; undefined where they are too many. */
function namesCovered(
  { languages }: Logic,
  evaluated: readonly Evaluated[],
): readonly Covered<Language>[] | undefined {
  const { all, and, has, none, not, words } = languages;
  const spoken = evaluated.flatMap(({ when, what }) =>
    what.kind === 'members' ? [{ when, names: what.names }] : [],
  );
  const listed = new Set(spoken.flatMap(({ names }) => (names.kind === 'words' ? names.words : [])));
  const alike = new Map<string, { readonly words: string[]; readonly by: readonly Shape[] }>();
  for (const word of listed) {
    const by = new Set(spoken.filter(({ names }) => has(names, word)).map(({ when }) => when));
    const key = [...by].map(({ id }) => id).join();
    const group = alike.get(key);
    if (group === undefined) alike.set(key, { words: [word], by: [...by] });
    else group.words.push(word);
  }
  let rest: readonly Covered<Language>[] = [{ part: and([all, not(words(listed))]), by: [] }];
  for (const { when, names } of spoken.filter(({ names }) => names.kind !== 'words')) {
    rest = rest.flatMap(({ part, by }) => [
      { part: and([part, names]), by: [...by, when] },
      { part: and([part, not(names)]), by },
    ]);
    rest = rest.filter(({ part }) => part !== none);
    if (rest.length > MOST_CASES) return undefined;
  }
  return [...[...alike.values()].map((group) => ({ part: words(group.words), by: group.by })), ...rest];
}

/** The indices split where a contribution ends: the end of each range and what covers it. */
function itemsCovered(evaluated: readonly Evaluated[]): readonly Covered<readonly [number, number]>[] {
  const counted = evaluated.flatMap(({ when, what }) =>
    what.kind === 'items' ? [{ when, count: what.count }] : [],
  );
  const ends = [...new Set([...counted.map(({ count }) => count), Infinity])]
    .filter((end) => end > 0)
    .sort((a, b) => a - b);
  return ends.map((end, i) => ({
    part: [ends[i - 1] ?? 0, end] as const,
    by: counted.filter(({ count }) => count >= end).map(({ when }) => when),
  }));
}

/** Which of the `contains` hold, and what an item may then be. */
function containedCases(
  { anything, both, complement, either }: Logic,
  evaluated: readonly Evaluated[],
  allowed: Shape,
): readonly { readonly when: Shape; readonly allowed: Shape }[] | undefined {
  let cases = [{ when: anything, allowed }];
  for (const { when, what } of evaluated) {
    if (what.kind !== 'contained') continue;
    cases = cases.flatMap((each) => [
      { when: both([each.when, when]), allowed: either([each.allowed, what.shape]) },
      ...(when === anything ? [] : [{ when: both([each.when, complement(when)]), allowed: each.allowed }]),
    ]);
    if (cases.length > MOST_CASES) return undefined;
  }
  return cases;
}

/** Keywords that depend on what other keywords evaluated (core, section 11). */
export const unevaluatedKeywords = {
  unevaluatedProperties: (value, translation) => {
    const { child, document, logic } = translation;
    if (document.dialect === 'draft-07' || value === true) return logic.anything;
    const shape = logic.complement(child(value, 'unevaluatedProperties'));
    const none = (names: Language) =>
      logic.when('object', logic.atom({ kind: 'members', side: 'atMost', count: 0, names, shape }));
    return demand('unevaluatedProperties', translation, (evaluated) => {
      const classes = namesCovered(logic, evaluated);
      return classes && logic.both(classes.map(({ part, by }) => logic.either([none(part), ...by])));
    });
  },
  unevaluatedItems: (value, translation) => {
    const { child, document, logic } = translation;
    if (document.dialect === 'draft-07' || value === true) return logic.anything;
    const allowed = child(value, 'unevaluatedItems');
    return demand('unevaluatedItems', translation, (evaluated) => {
      const cases = containedCases(logic, evaluated, allowed);
      const ranges = itemsCovered(evaluated);
      return (
        cases &&
        logic.both(
          cases.flatMap((each) => {
            const shape = logic.complement(each.allowed);
            return ranges.map(({ part: [from, to], by }) => {
              const none = logic.atom({ kind: 'items', side: 'atMost', count: 0, from, to, shape });
              return logic.either([logic.complement(each.when), logic.when('array', none), ...by]);
            });
          }),
        )
      );
    });
  },
} satisfies Record<string, Keyword>;
