import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createBudget } from '../containment/budget.ts';
import { createFindWord } from '../containment/satisfy/word.ts';
import { createLanguages, type Language, type Languages } from './language.ts';
import { languageOfPattern } from './pattern-language.ts';

const atoms = [
  'a',
  'b',
  '1',
  '.',
  '[ab]',
  '[^a]',
  '\\d',
  '\\w',
  '\\s',
  '\\p{L}',
  '(?:)',
  '😀',
  '\\u{e9}',
  '\\b',
  '\\B',
  '(?<=a)',
  '(?<![ab])',
  '(?<!1|é)',
  '(?<=\\W)',
];
const quantifiers = ['*', '+', '?', '{2}', '{1,3}', '{2,}', '*?'];

/** Random patterns with anchors and lookarounds at any place. */
const { pattern } = fc.letrec<{ pattern: string; sequence: string; piece: string }>((tie) => ({
  pattern: fc.array(tie('sequence'), { minLength: 1, maxLength: 2 }).map((parts) => parts.join('|')),
  sequence: fc.array(tie('piece'), { maxLength: 4 }).map((parts) => parts.join('')),
  piece: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    fc.constantFrom(...atoms, '^', '$'),
    fc
      .tuple(fc.constantFrom(...atoms.slice(0, 8)), fc.constantFrom(...quantifiers))
      .map((parts) => parts.join('')),
    fc
      .tuple(tie('pattern'), fc.constantFrom('', ...quantifiers))
      .map(([inner, times]) => `(${inner})${times}`),
    tie('pattern').map((inner) => `(?=${inner})`),
    tie('pattern').map((inner) => `(?!${inner})`),
  ),
}));
const word = fc
  .array(fc.constantFrom('a', 'b', '1', '_', ' ', 'é', '😀', '\n'), { maxLength: 6 })
  .map((parts) => parts.join(''));

/**
 * Whether V8 finds a match; undefined where it finds an empty one between the halves of a surrogate pair, a
 * place that the standard does not know.
 */
function matches(source: string, text: string): boolean | undefined {
  const match = new RegExp(source, 'u').exec(text);
  if (match === null) return false;
  return match[0] === '' && /[\udc00-\udfff]/.test(text.charAt(match.index)) ? undefined : true;
}

function regular(languages: Languages, source: string): Language | undefined {
  const result = languageOfPattern(languages, source);
  return result.kind === 'language' ? result.language : undefined;
}

test('a pattern’s language holds the words in which the regular expression finds a match', () => {
  fc.assert(
    fc.property(pattern, fc.array(word, { minLength: 5, maxLength: 20 }), (source, words) => {
      const languages = createLanguages();
      const language = regular(languages, source);
      if (language === undefined) return;
      for (const candidate of words) {
        const native = matches(source, candidate);
        if (native === undefined) continue;
        expect(languages.has(language, candidate), JSON.stringify(candidate)).toBe(native);
        expect(languages.has(languages.not(language), candidate)).toBe(!native);
      }
    }),
    { numRuns: 500 },
  );
}, 60_000);

test('a word found for a difference of patterns matches one and not the other; none means there is none', () => {
  fc.assert(
    fc.property(pattern, pattern, fc.array(word, { maxLength: 20 }), (a, b, words) => {
      const languages = createLanguages();
      const [first, second] = [regular(languages, a), regular(languages, b)];
      if (first === undefined || second === undefined) return;
      const findWord = createFindWord(languages, createBudget(100_000));
      const found = findWord(languages.and([first, languages.not(second)]));
      const separates = (candidate: string) => {
        const [inFirst, inSecond] = [matches(a, candidate), matches(b, candidate)];
        return inFirst === undefined || inSecond === undefined ? undefined : inFirst && !inSecond;
      };
      if (found.kind === 'found')
        expect(separates(found.word) ?? true, JSON.stringify(found.word)).toBe(true);
      if (found.kind === 'none') expect(words.find(separates)).toBeUndefined();
    }),
    { numRuns: 300 },
  );
}, 60_000);

test('the word found is a shortest one of readable letters, within the length asked for', () => {
  const languages = createLanguages();
  const findWord = createFindWord(languages, createBudget(100_000));
  const language = regular(languages, '^[^0-9]+$');
  if (language === undefined) throw new Error('the pattern is regular');
  expect(findWord(language)).toEqual({ kind: 'found', word: 'a' });
  expect(findWord(language, { min: 3, max: 4 })).toEqual({ kind: 'found', word: 'aaa' });
  expect(findWord(language, { min: 4, max: 3 })).toEqual({ kind: 'none' });
});

test('what is no regular expression, and what is not regular, is said', () => {
  const languages = createLanguages();
  expect(languageOfPattern(languages, '(').kind).toBe('invalid');
  expect(languageOfPattern(languages, '^a\\-b$').kind).toBe('language');
  expect(languageOfPattern(languages, '^.\\-b$').kind).toBe('legacy');
  expect(languageOfPattern(languages, '(a)\\1')).toEqual({ kind: 'irregular', construct: '\\1' });
});
