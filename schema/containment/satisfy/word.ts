/**
 * The search for a word of a language: breadth first over derivatives, so that the word found is a shortest
 * one, by the most readable code points.
 */

import {
  ALL_CODE_POINTS,
  type CodePoints,
  complementOf,
  intersectionOf,
  readability,
  readablePointOf,
  unionOf,
} from '../../patterns/code-points.ts';
import type { Language, Languages } from '../../patterns/language.ts';
import type { Budget } from '../budget.ts';

/** How long a word may be, in code points; `max` may be Infinity. */
export interface LengthRange {
  readonly min: number;
  readonly max: number;
}

/** The answer of a search: a word, the proof that there is none, or neither. */
export type WordSearch =
  | { readonly kind: 'found'; readonly word: string }
  | { readonly kind: 'none' }
  /** Because the budget ran out, or because only words come into question that are too long to write out. */
  | { readonly kind: 'unknown'; readonly stoppedBy: 'budget' | 'length' };

interface Step {
  readonly point: number;
  readonly to: Language;
}

interface Trace {
  readonly point: number;
  readonly before: Trace | undefined;
}

/** Longer words are not written out. */
const LONGEST_WORD = 10_000_000;

/** A word is made longer by repeating a code point, where that is possible, rather than step by step from here on. */
const REPEATED_FROM = 1000;

/** Parts of an intersection that count this far make many languages of a few. */
const LONG = 64;

/** How many languages are looked at without such parts. */
const LOOSE_STATES = 1000;

/** A derivative builds terms: dearer than a step that only looks. */
const DERIVATIVE_COST = 6;

/** Looks for words in languages of one store, and remembers how each language moves on. */
export type FindWord = (language: Language, length?: LengthRange) => WordSearch;

/** A search over the languages of one store, paid from `budget`. */
export function createFindWord(languages: Languages, budget: Budget): FindWord {
  const partitions = new Map<Language, readonly CodePoints[]>();
  const moves = new Map<Language, readonly Step[]>();

  /** Classes of code points by which a language has the same derivative (Owens et al., section 4.2). */
  function partitionOf(language: Language): readonly CodePoints[] {
    const known = partitions.get(language);
    if (known !== undefined) return known;
    const result = computePartition(language);
    partitions.set(language, result);
    return result;
  }

  function computePartition(language: Language): readonly CodePoints[] {
    switch (language.kind) {
      case 'words': {
        const heads = new Set(
          language.words.filter((word) => word !== '').map((word) => word.codePointAt(0)!),
        );
        const singles = [...heads].map((point): CodePoints => [point, point]);
        return withRest(singles);
      }
      case 'point':
        return withRest([language.of]);
      case 'concat':
        return language.first.nullable
          ? meet(partitionOf(language.first), partitionOf(language.rest))
          : partitionOf(language.first);
      case 'repeat':
      case 'not':
        return partitionOf(language.of);
      case 'loop':
        return partitionOf(language.unfold());
      case 'or':
      case 'and':
        return language.of.map(partitionOf).reduce(meet);
    }
  }

  function stepsOf(language: Language): readonly Step[] {
    const known = moves.get(language);
    if (known !== undefined) return known;
    const targets = new Map<Language, CodePoints>();
    for (const points of partitionOf(language)) {
      budget.spend(DERIVATIVE_COST);
      const to = languages.derivative(language, readablePointOf(points));
      if (to === languages.none) continue;
      const joined = targets.get(to);
      targets.set(to, joined === undefined ? points : unionOf(joined, points));
    }
    const steps = [...targets].map(([to, points]) => ({ to, point: readablePointOf(points) }));
    steps.sort((a, b) => readability(a.point) - readability(b.point) || a.point - b.point);
    moves.set(language, steps);
    return steps;
  }

  return function findWord(language, range = { min: 0, max: Infinity }) {
    const { min, max } = range;
    if (min > max || language === languages.none) return { kind: 'none' };
    if (min > language.longest || max < language.shortest) return { kind: 'none' };
    if (min > LONGEST_WORD) return { kind: 'unknown', stoppedBy: 'length' };
    if (language === languages.all) return { kind: 'found', word: 'a'.repeat(min) };
    if (language.kind === 'words') {
      const fitting = language.words.filter((word) => {
        const length = [...word].length;
        return length >= min && length <= max;
      });
      const shortest = fitting.sort((a, b) => a.length - b.length)[0];
      return shortest === undefined ? { kind: 'none' } : { kind: 'found', word: shortest };
    }
    const loose = loosened(language);
    if (loose !== language) {
      const found = searched(loose, range, LOOSE_STATES);
      if (found.kind === 'none' || (found.kind === 'found' && languages.has(language, found.word)))
        return found;
    }
    return searched(language, range, Infinity);
  };

  /** An intersection without the parts that count how long a word is: where it holds no word, the whole does not. */
  function loosened(language: Language): Language {
    if (language.kind !== 'and') return language;
    return languages.and(language.of.filter(({ longest }) => longest === Infinity || longest < LONG));
  }

  /** The search itself, given up once it looked at more than `most` languages. */
  function searched(language: Language, { min, max }: LengthRange, most: number): WordSearch {
    let layer = new Map<Language, Trace | undefined>([[language, undefined]]);
    const visited = new Set<Language>();
    let looked = 0;
    for (let length = 0; layer.size > 0 && length <= max; length++) {
      looked += layer.size;
      if (looked > most || !budget.spend(layer.size)) return { kind: 'unknown', stoppedBy: 'budget' };
      const next = new Map<Language, Trace | undefined>();
      for (const [state, trace] of layer) {
        if (length >= min) {
          if (state.nullable) return { kind: 'found', word: wordOf(trace) };
          if (visited.has(state)) continue;
          visited.add(state);
        }
        const steps = stepsOf(state);
        const loop = min - length > REPEATED_FROM && state.nullable && steps.find(({ to }) => to === state);
        if (loop) {
          const repeated = String.fromCodePoint(loop.point).repeat(min - length);
          return { kind: 'found', word: wordOf(trace) + repeated };
        }
        for (const { point, to } of steps) {
          if (!next.has(to)) next.set(to, { point, before: trace });
        }
        if (budget.exhausted()) return { kind: 'unknown', stoppedBy: 'budget' };
      }
      layer = next;
    }
    return { kind: 'none' };
  }
}

function withRest(sets: readonly CodePoints[]): readonly CodePoints[] {
  const rest = complementOf(unionOf(...sets));
  return rest.length === 0 ? sets : [...sets, rest];
}

function meet(a: readonly CodePoints[], b: readonly CodePoints[]): readonly CodePoints[] {
  if (a.length === 1 && a[0]!.length === 2 && a[0]![1] === ALL_CODE_POINTS[1]) return b;
  if (b.length === 1 && b[0]!.length === 2 && b[0]![1] === ALL_CODE_POINTS[1]) return a;
  return a.flatMap((x) => b.map((y) => intersectionOf(x, y))).filter((shared) => shared.length > 0);
}

function wordOf(trace: Trace | undefined): string {
  const points: number[] = [];
  for (let at = trace; at !== undefined; at = at.before) points.push(at.point);
  return points
    .reverse()
    .map((point) => String.fromCodePoint(point))
    .join('');
}
