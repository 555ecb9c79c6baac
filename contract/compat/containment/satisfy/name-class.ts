import type { Language } from '../language/language.ts';
import type { Shape } from '../logic/shape.ts';
import type { Search } from './search.ts';

/** Names that no demand tells apart: their members have the same shape and count alike. */
export interface NameClass {
  readonly names: Language;
  /** The shape of every member with such a name. */
  readonly base: Shape;
  /** For each demand, whether it speaks about these names. */
  readonly covered: readonly boolean[];
}

/** What an object's atoms say about the members whose name is in a language. */
export interface Bar {
  readonly names: Language;
  readonly shape: Shape;
}

/**
 * Splits all names into classes by the languages of an object's atoms. Names that are written out in a schema
 * are looked at one by one, all others by boolean combinations of the patterns.
 */
export function nameClasses(
  { logic, findWord }: Search,
  bars: readonly Bar[],
  demands: readonly Language[],
): readonly NameClass[] {
  const { and, has, not, words } = logic.languages;
  const all = [...bars.map(({ names }) => names), ...demands];
  const written = new Set(all.flatMap(wordsIn));
  let rest = [not(words(written))];
  for (const language of new Set(all)) {
    rest = rest.flatMap((names) => [and([names, language]), and([names, not(language)])]);
    rest = rest.filter((names) => findWord(names).kind !== 'none');
  }
  const within = (names: Language, language: Language) =>
    names.kind === 'words'
      ? has(language, names.words[0]!)
      : and([names, language]) === names || meets(names, language);
  const meets = (names: Language, language: Language) => findWord(and([names, language])).kind !== 'none';

  const merged = new Map<string, NameClass>();
  for (const names of [...[...written].map((word) => words([word])), ...rest]) {
    const barred = bars.filter((bar) => within(names, bar.names));
    const base = logic.both(barred.map(({ shape }) => logic.complement(shape)));
    const covered = demands.map((language) => within(names, language));
    const key = `${base.id} ${covered}`;
    const alike = merged.get(key);
    merged.set(key, {
      base,
      covered,
      names: alike === undefined ? names : logic.languages.or([alike.names, names]),
    });
  }
  return [...merged.values()];
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
