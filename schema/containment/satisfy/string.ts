import type { Language } from '../../patterns/language.ts';
import type { StringPredicate } from '../logic/formula.ts';
import type { Clause } from './clause.ts';
import { NONE, OUT_OF_BUDGET, type Outcome } from './outcome.ts';
import type { Search } from './search.ts';
import type { LengthRange } from './word.ts';

interface Test {
  readonly predicate: StringPredicate;
  readonly negated: boolean;
}

/** How many words of the outer bounds are put to the predicates before the search gives up. */
const TRIALS = 48;

/** A string that satisfies the string atoms of a clause: a shortest one, where they are all regular. */
export function stringOf(search: Search, clause: Clause): Outcome {
  const { languages } = search.logic;
  const length = { min: 0, max: Infinity };
  const regular: Language[] = [];
  const tests: Test[] = [];
  for (const atom of clause) {
    if (atom.kind === 'language') regular.push(atom.language);
    else if (atom.kind === 'predicate') tests.push(atom);
    else if (atom.kind === 'length' && atom.side === 'atLeast') length.min = Math.max(length.min, atom.count);
    else if (atom.kind === 'length') length.max = Math.min(length.max, atom.count);
  }
  const language = languages.and(regular);
  if (tests.length === 0) return wordOf(search, language, length);
  return testedWord(search, language, length, tests);
}

function wordOf({ findWord }: Search, language: Language, length: LengthRange): Outcome {
  const result = findWord(language, length);
  if (result.kind === 'unknown') {
    if (result.stoppedBy === 'budget') return OUT_OF_BUDGET;
    return { kind: 'unknown', reason: `a string of ${length.min} characters would be needed` };
  }
  return result.kind === 'none' ? NONE : { kind: 'found', value: result.word };
}

/** Looks where the predicates hold for certain first, then tests samples and words of where they may hold. */
function testedWord(
  search: Search,
  language: Language,
  length: LengthRange,
  tests: readonly Test[],
): Outcome {
  const { and, has, not, words } = search.logic.languages;
  const certain = tests.map(({ predicate, negated }) => (negated ? not(predicate.outer) : predicate.inner));
  const sure = wordOf(search, and([language, ...certain]), length);
  if (sure.kind === 'found') return sure;

  const passes = (word: string) => tests.every(({ predicate, negated }) => predicate.test(word) !== negated);
  const fits = (word: string) =>
    has(language, word) && [...word].length >= length.min && [...word].length <= length.max;
  const sample = tests
    .flatMap(({ predicate }) => predicate.samples)
    .find((word) => fits(word) && passes(word));
  if (sample !== undefined) return { kind: 'found', value: sample };

  const possible = tests.map(({ predicate, negated }) => (negated ? not(predicate.inner) : predicate.outer));
  let loose = and([language, ...possible]);
  for (let trial = 0; trial < TRIALS; trial++) {
    const candidate = wordOf(search, loose, length);
    if (candidate.kind !== 'found' || typeof candidate.value !== 'string') return candidate;
    if (passes(candidate.value)) return candidate;
    loose = and([loose, not(words([candidate.value]))]);
  }
  const names = tests.map(({ predicate }) => predicate.key).join(', ');
  return { kind: 'unknown', reason: `no string was found for ${names}, and none excluded` };
}
