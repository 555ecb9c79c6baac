/**
 * Regular languages over code points as terms: the usual operators and, because Brzozowski derivatives allow
 * them at no cost, intersection and complement. Terms are interned, so that equal terms are one object and a
 * language has finitely many derivatives.
 *
 * Brzozowski, "Derivatives of Regular Expressions" (1964); Owens, Reppy, Turon, "Regular-expression
 * derivatives re-examined" (2009).
 */
import { type CodePoints, hasCodePoint, intersectionOf, unionOf } from './code-points.ts';

/** A regular language; `nullable` says whether it holds the empty word. */
export type Language = {
  /** Equal within one {@link Languages} exactly for the same term. */
  readonly id: number;
  readonly nullable: boolean;
  /** Whether there is a loop in the term. */
  readonly loops: boolean;
  /** No word is shorter, no word is longer, in code points; not always tight. */
  readonly shortest: number;
  readonly longest: number;
} & LanguageTerm;

export type LanguageTerm =
  /** A finite set of words, sorted; the empty set is the empty language. */
  | { readonly kind: 'words'; readonly words: readonly string[] }
  /** The words of one code point out of a set. */
  | { readonly kind: 'point'; readonly of: CodePoints }
  | { readonly kind: 'concat'; readonly first: Language; readonly rest: Language }
  /** Between `min` and `max` words of `of` in a row; `max` may be Infinity. */
  | { readonly kind: 'repeat'; readonly of: Language; readonly min: number; readonly max: number }
  | { readonly kind: 'or'; readonly of: readonly Language[] }
  | { readonly kind: 'and'; readonly of: readonly Language[] }
  | { readonly kind: 'not'; readonly of: Language }
  /** A language that is written out only as far as a search goes, because it is defined by itself. */
  | { readonly kind: 'loop'; readonly key: string; readonly unfold: () => Language };

/** The constructors of languages; each returns the simplest known term for what it is asked. */
export interface Languages {
  /** No word. */
  readonly none: Language;
  /** The empty word only. */
  readonly empty: Language;
  /** Every word. */
  readonly all: Language;
  words(words: Iterable<string>): Language;
  point(of: CodePoints): Language;
  concat(first: Language, rest: Language): Language;
  repeat(of: Language, min: number, max: number): Language;
  or(of: Iterable<Language>): Language;
  and(of: Iterable<Language>): Language;
  not(of: Language): Language;
  /** What `unfold` returns, which may ask for the loop of this key again, but only after a code point. */
  loop(key: string, nullable: boolean, unfold: () => Language): Language;
  /** The words `w` such that `point` followed by `w` is in the language. */
  derivative(language: Language, point: number): Language;
  /** Whether the language holds the word. */
  has(language: Language, word: string): boolean;
}

function hasLoop(term: LanguageTerm): boolean {
  switch (term.kind) {
    case 'words':
    case 'point':
      return false;
    case 'concat':
      return term.first.loops || term.rest.loops;
    case 'repeat':
    case 'not':
      return term.of.loops;
    case 'or':
    case 'and':
      return term.of.some((part) => part.loops);
    case 'loop':
      return true;
  }
}

/** Bounds of the lengths of a term's words, from those of its parts. */
function lengthBounds(term: LanguageTerm): { shortest: number; longest: number } {
  switch (term.kind) {
    case 'words': {
      const lengths = term.words.map((word) => [...word].length);
      return { shortest: Math.min(...lengths), longest: Math.max(0, ...lengths) };
    }
    case 'point':
      return { shortest: 1, longest: 1 };
    case 'concat': {
      const { first, rest } = term;
      return { shortest: first.shortest + rest.shortest, longest: first.longest + rest.longest };
    }
    case 'repeat': {
      const { of, min, max } = term;
      return { shortest: of.shortest * min, longest: of.longest === 0 ? 0 : of.longest * max };
    }
    case 'or':
      return {
        shortest: Math.min(...term.of.map((part) => part.shortest)),
        longest: Math.max(...term.of.map((part) => part.longest)),
      };
    case 'and':
      return {
        shortest: Math.max(...term.of.map((part) => part.shortest)),
        longest: Math.min(...term.of.map((part) => part.longest)),
      };
    case 'not':
    case 'loop':
      return { shortest: 0, longest: Infinity };
  }
}

/** A repetition at the start of a language, and what follows. */
interface Counted {
  readonly part: Language;
  readonly repeated: Language & { readonly kind: 'repeat' };
  readonly rest: Language;
}

/** A fresh store of interned languages. Terms of different stores must not meet. */
export function createLanguages(): Languages {
  const interned = new Map<string, Language>();
  const derivatives = new Map<string, Language>();
  const negations = new Map<Language, Language>();

  function intern(key: string, nullable: boolean, term: LanguageTerm): Language {
    const known = interned.get(key);
    if (known !== undefined) return known;
    const language: Language = {
      id: interned.size,
      nullable,
      loops: hasLoop(term),
      ...lengthBounds(term),
      ...term,
    };
    interned.set(key, language);
    return language;
  }

  function words(given: Iterable<string>): Language {
    const sorted = [...new Set(given)].sort();
    return intern(`words ${JSON.stringify(sorted)}`, sorted[0] === '', { kind: 'words', words: sorted });
  }

  const none = words([]);
  const empty = words(['']);
  const all = intern(`not ${none.id}`, true, { kind: 'not', of: none });

  function point(of: CodePoints): Language {
    if (of.length === 0) return none;
    if (of.length === 2 && of[0] === of[1]) return words([String.fromCodePoint(of[0]!)]);
    return intern(`point ${of.join()}`, false, { kind: 'point', of });
  }

  function concat(first: Language, rest: Language): Language {
    if (first === none || rest === none) return none;
    if (first === empty) return rest;
    if (rest === empty) return first;
    if (first === all && (rest === all || (rest.kind === 'concat' && rest.first === all))) return rest;
    if (first.kind === 'concat') return concat(first.first, concat(first.rest, rest));
    if (first.kind === 'words' && rest.kind === 'words' && first.words.length * rest.words.length <= 64) {
      return words(first.words.flatMap((head) => rest.words.map((tail) => head + tail)));
    }
    return intern(`concat ${first.id} ${rest.id}`, first.nullable && rest.nullable, {
      kind: 'concat',
      first,
      rest,
    });
  }

  function repeat(of: Language, min: number, max: number): Language {
    if (max <= 0 || of === empty) return empty;
    if (of === none) return min === 0 ? empty : none;
    if (of === all || (min === 1 && max === 1)) return of;
    if (of.kind === 'point' && of.of.length === 2 && of.of[0] === 0 && of.of[1] === 0x10ffff) {
      if (min === 0 && max === Infinity) return all;
    }
    if (of.kind === 'repeat' && of.min === 0 && of.max === Infinity) return of;
    const least = of.nullable ? 0 : min;
    return intern(`repeat ${of.id} ${least} ${max}`, least === 0, { kind: 'repeat', of, min: least, max });
  }

  function flatten(kind: 'or' | 'and', of: Iterable<Language>): Set<Language> {
    const flat = new Set<Language>();
    for (const part of of) {
      if (part.kind === kind) for (const inner of part.of) flat.add(inner);
      else flat.add(part);
    }
    return flat;
  }

  function join(kind: 'or' | 'and', parts: Set<Language>): Language {
    const of = [...parts].sort((a, b) => a.id - b.id);
    if (of.length === 1) return of[0]!;
    const nullable = kind === 'or' ? of.some((part) => part.nullable) : of.every((part) => part.nullable);
    return intern(`${kind} ${of.map((part) => part.id).join()}`, nullable, { kind, of });
  }

  function or(of: Iterable<Language>): Language {
    const parts = flatten('or', of);
    if (parts.has(all)) return all;
    const finite = new Set<string>();
    const points: CodePoints[] = [];
    let missing: readonly string[] | undefined;
    for (const part of parts) {
      if (parts.has(not(part))) return all;
      if (part.kind === 'and' && part.of.every((inner) => parts.has(not(inner)))) return all;
      if (part.kind === 'words') for (const word of part.words) finite.add(word);
      else if (part.kind === 'point') points.push(part.of);
      else if (part.kind === 'not' && part.of.kind === 'words') {
        const absent = part.of.words;
        missing = missing === undefined ? absent : missing.filter((word) => absent.includes(word));
      } else continue;
      parts.delete(part);
    }
    if (points.length > 0) parts.add(point(unionOf(...points)));
    mergeRepeats(parts);
    if (missing !== undefined) {
      const cofinite = words(missing.filter((word) => !finite.has(word)));
      if (cofinite === none) return all;
      parts.add(not(cofinite));
    } else {
      if ([...parts].some((part) => part.nullable)) finite.delete('');
      if (finite.size > 0) parts.add(words(finite));
    }
    return parts.size === 0 ? none : join('or', parts);
  }

  /**
   * Makes one repetition of those of one language, before one rest, whose counts overlap or follow on each other.
   * A counted repetition that may begin at several places has many of them among its derivatives.
   */
  function mergeRepeats(parts: Set<Language>): void {
    const alike = Map.groupBy(
      [...parts].flatMap(countedIn),
      ({ repeated, rest }) => `${repeated.of.id} ${rest.id}`,
    );
    for (const group of alike.values()) {
      if (group.length < 2) continue;
      for (const { part } of group) parts.delete(part);
      const [first, ...others] = group.sort((a, b) => a.repeated.min - b.repeated.min);
      const { of } = first!.repeated;
      let [min, max] = [first!.repeated.min, first!.repeated.max];
      const add = () => parts.add(concat(repeat(of, min, max), first!.rest));
      for (const { repeated } of others) {
        if (repeated.min <= max + 1) max = Math.max(max, repeated.max);
        else {
          add();
          [min, max] = [repeated.min, repeated.max];
        }
      }
      add();
    }
  }

  /** The same for what is left out: no word of one repetition and none of another is none of both together. */
  function mergeBarredRepeats(parts: Set<Language>): void {
    const barred = [...parts].flatMap((part) =>
      part.kind === 'not' && countedIn(part.of).length > 0 ? [part] : [],
    );
    if (barred.length < 2) return;
    for (const part of barred) parts.delete(part);
    const merged = new Set(barred.map(({ of }) => of));
    mergeRepeats(merged);
    for (const part of merged) parts.add(not(part));
  }

  /** Whether it can be seen that every word of one language is one of the other. */
  function isPlainlyWithin(inner: Language, outer: Language): boolean {
    if (inner === outer || inner === empty) return inner === outer || outer.nullable;
    const [own, other] = [countedIn(inner)[0], countedIn(outer)[0]];
    if (own === undefined || other === undefined) return false;
    const [one, many] = [own.repeated, other.repeated];
    if (one.min < many.min || one.max > many.max) return false;
    const isSame = one.of === many.of;
    const isPoint = one.of.kind === 'point' && many.of.kind === 'point';
    if (!isSame && !(isPoint && intersectionOf(one.of.of, many.of.of).join() === one.of.of.join()))
      return false;
    return isPlainlyWithin(own.rest, other.rest);
  }

  function countedIn(part: Language): readonly Counted[] {
    if (part.kind === 'repeat') return [{ part, repeated: part, rest: empty }];
    if (part.kind === 'concat' && part.first.kind === 'repeat')
      return [{ part, repeated: part.first, rest: part.rest }];
    return [];
  }

  function and(of: Iterable<Language>): Language {
    const parts = flatten('and', of);
    parts.delete(all);
    if (parts.has(none)) return none;
    let finite: readonly string[] | undefined;
    const excluded = new Set<string>();
    for (const part of parts) {
      if (parts.has(not(part))) return none;
      if (part.kind === 'or' && part.of.every((inner) => parts.has(not(inner)))) return none;
      if (part.kind === 'words') {
        const allowed = new Set(part.words);
        finite = finite === undefined ? part.words : finite.filter((word) => allowed.has(word));
      } else if (part.kind === 'not' && part.of.kind === 'words') {
        for (const word of part.of.words) excluded.add(word);
      } else continue;
      parts.delete(part);
    }
    if (finite !== undefined) {
      // To ask a loop now, while it may be unfolding, could lead back here.
      const known = [...parts].filter((part) => !part.loops);
      for (const part of known) parts.delete(part);
      const left = finite.filter((word) => !excluded.has(word) && known.every((part) => has(part, word)));
      if (parts.size === 0 || left.length === 0) return words(left);
      parts.add(words(left));
      return join('and', parts);
    }
    mergeBarredRepeats(parts);
    for (const part of parts) {
      for (const other of parts) if (other.kind === 'not' && isPlainlyWithin(part, other.of)) return none;
    }
    if ([...parts].some((part) => !part.nullable)) excluded.delete('');
    if (excluded.size > 0) parts.add(not(words(excluded)));
    return parts.size === 0 ? all : join('and', parts);
  }

  function not(of: Language): Language {
    const known = negations.get(of);
    if (known !== undefined) return known;
    const result = negate(of);
    negations.set(of, result);
    if (!negations.has(result)) negations.set(result, of);
    return result;
  }

  function negate(of: Language): Language {
    switch (of.kind) {
      case 'not':
        return of.of;
      case 'or':
        return and(of.of.map(not));
      case 'and':
        return or(of.of.map(not));
      default:
        return intern(`not ${of.id}`, !of.nullable, { kind: 'not', of });
    }
  }

  function loop(key: string, nullable: boolean, unfold: () => Language): Language {
    return intern(`loop ${key}`, nullable, { kind: 'loop', key, unfold });
  }

  function derivative(language: Language, by: number): Language {
    const key = `${language.id} ${by}`;
    const known = derivatives.get(key);
    if (known !== undefined) return known;
    const result = derive(language, by);
    derivatives.set(key, result);
    return result;
  }

  function derive(language: Language, by: number): Language {
    switch (language.kind) {
      case 'words': {
        const head = String.fromCodePoint(by);
        const led = language.words.filter((word) => word.codePointAt(0) === by);
        return words(led.map((word) => word.slice(head.length)));
      }
      case 'point':
        return hasCodePoint(language.of, by) ? empty : none;
      case 'concat': {
        const inFirst = concat(derivative(language.first, by), language.rest);
        return language.first.nullable ? or([inFirst, derivative(language.rest, by)]) : inFirst;
      }
      case 'repeat': {
        const again = repeat(language.of, Math.max(language.min - 1, 0), language.max - 1);
        return concat(derivative(language.of, by), again);
      }
      case 'or':
        return or(language.of.map((part) => derivative(part, by)));
      case 'and':
        return and(language.of.map((part) => derivative(part, by)));
      case 'not':
        return not(derivative(language.of, by));
      case 'loop':
        return derivative(language.unfold(), by);
    }
  }

  function has(language: Language, word: string): boolean {
    if (language.kind === 'words') return hasWord(language.words, word);
    if (language.kind === 'not') return !has(language.of, word);
    let rest: Language = language;
    for (const character of word) {
      if (rest === none || rest === all) break;
      rest = derivative(rest, character.codePointAt(0)!);
    }
    return rest.nullable;
  }

  return { none, empty, all, words, point, concat, repeat, or, and, not, loop, derivative, has };
}

/** Binary search; the words are sorted by UTF-16 code units, as `Array.sort` has it. */
function hasWord(words: readonly string[], word: string): boolean {
  let [low, high] = [0, words.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const candidate = words[middle]!;
    if (candidate === word) return true;
    if (candidate < word) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}
