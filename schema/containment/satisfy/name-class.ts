import type { Language } from '../../patterns/language.ts';
import type { Shape } from '../logic/formula.ts';
import type { Search } from './search.ts';

/** Names that no demand tells apart: their members have the same shape and count alike. */
export interface NameClass {
  readonly names: Language;
  /** The shape of every member with such a name. */
  readonly base: Shape;
  /** For each need, then for each limit, whether it speaks about these names. */
  readonly covered: readonly boolean[];
}

/** What an object's atoms say about the members whose name is in a language. */
export interface Bar {
  readonly names: Language;
  readonly shape: Shape;
}

/** Of so many names it is checked that they are there. */
const FEW = 8;

/**
 * Splits the names that some need speaks about into classes by the languages of all atoms; other names are
 * never used. Names that are written out are looked at one by one, the rest by boolean combinations of the
 * patterns. What is `covered` counts the needs first, then the limits. Of each class as many names as `enough`
 * are enough. Undefined if the budget runs out.
 */
export function nameClasses(
  { logic, budget, findWord }: Search,
  bars: readonly Bar[],
  needs: readonly Language[],
  limits: readonly Language[],
  enough: number,
): readonly NameClass[] | undefined {
  const { and, has, not, or, words } = logic.languages;
  const demands = [...needs, ...limits];
  const wanted = or(needs);
  const all = [...bars.map(({ names }) => names), ...demands];
  const isWritten = wanted.kind === 'words';
  const written = isWritten
    ? wanted.words
    : [...new Set(all.flatMap(wordsIn))].filter((name) => has(wanted, name));
  let rest = isWritten ? [] : [and([wanted, not(words(written))])];
  for (const language of isWritten ? [] : new Set(demands)) {
    rest = split(rest, language);
    if (!budget.spend(rest.length)) return undefined;
  }
  const kept: Language[] = [];
  for (const alike of rest) {
    const freest = freestOf(alike);
    let parts = [freest ?? alike];
    for (const { names } of freest === undefined ? bars : []) {
      parts = split(parts, names);
      if (!budget.spend(parts.length)) return undefined;
    }
    kept.push(...parts);
  }
  const classes = [
    ...written.map((word) => classOf(words([word]), (language) => has(language, word))),
    ...kept.map((names) => classOf(names, (language) => findWord(and([names, language])).kind !== 'none')),
  ];
  return merged(classes);

  function split(parts: readonly Language[], language: Language): Language[] {
    return parts
      .flatMap((names) => [and([names, language]), and([names, not(language)])])
      .filter((names) => findWord(names).kind !== 'none');
  }

  /**
   * Of names that demands do not tell apart, those that no bar speaks about but the ones on all of them: whatever
   * another name may hold, these may. Undefined where there are not enough.
   */
  function freestOf(names: Language): Language | undefined {
    const avoidable = bars.filter((bar) => findWord(and([names, not(bar.names)])).kind === 'found');
    const free = and([names, not(or(avoidable.map((bar) => bar.names)))]);
    const found: string[] = [];
    while (found.length < enough) {
      const next = enough > FEW ? undefined : findWord(and([free, not(words(found))]));
      if (next?.kind !== 'found') return undefined;
      found.push(next.word);
    }
    return free;
  }

  function classOf(names: Language, isWithin: (language: Language) => boolean): NameClass {
    const barred = bars.filter((bar) => isWithin(bar.names));
    const base = logic.both(barred.map(({ shape }) => logic.complement(shape)));
    return { names, base, covered: demands.map(isWithin) };
  }

  /** Classes that nothing tells apart are one. */
  function merged(given: readonly NameClass[]): readonly NameClass[] {
    const alike = new Map<string, NameClass[]>();
    for (const each of given) {
      const key = `${each.base.id} ${each.covered}`;
      const group = alike.get(key);
      if (group === undefined) alike.set(key, [each]);
      else group.push(each);
    }
    return [...alike.values()].map((group) => ({ ...group[0]!, names: or(group.map(({ names }) => names)) }));
  }
}

function wordsIn(language: Language): readonly string[] {
  switch (language.kind) {
    case 'words':
      return language.words;
    case 'not':
      return wordsIn(language.of);
    case 'and':
    case 'or':
      return language.of.flatMap(wordsIn);
    default:
      return [];
  }
}
