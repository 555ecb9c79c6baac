import { ALL_CODE_POINTS } from '../../patterns/code-points.ts';
import type { Language } from '../../patterns/language.ts';
import { languageOfPattern } from '../../patterns/pattern-language.ts';
import { regExpOf } from '../../patterns/reg-exp.ts';
import type { Formula, Shape } from '../logic/formula.ts';
import type { Logic } from '../logic/logic.ts';
import { formatOf } from './format.ts';

/** How `pattern` and `format` read, with memory for patterns that come back. */
export interface Strings {
  /** What a `pattern` demands of strings; a predicate where the pattern is not regular. */
  pattern(source: string): Formula;
  /** Why a pattern has no language here. */
  whyNot(source: string): string;
  /** What a `format` demands. */
  format(name: string): Shape;
  /** Regular bounds of the strings that satisfy a formula. */
  boundsOf(formula: Formula): LanguageBounds;
}

/** A language between two: `inner` is within it, it is within `outer`. The same term twice where it is known. */
export interface LanguageBounds {
  readonly inner: Language;
  readonly outer: Language;
}

/** Strings over one logic; with `assertFormats` false every format is an annotation. */
export function createStrings(logic: Logic, assertFormats: boolean): Strings {
  const { languages } = logic;
  const patterns = new Map<string, ReturnType<typeof languageOfPattern>>();

  function read(source: string): ReturnType<typeof languageOfPattern> {
    const known = patterns.get(source);
    if (known !== undefined) return known;
    const result = languageOfPattern(languages, source);
    patterns.set(source, result);
    return result;
  }

  function whyNot(source: string): string {
    const result = read(source);
    if (result.kind === 'invalid') return `pattern ${source} is invalid: ${result.message}`;
    return `pattern ${source} is not regular`;
  }

  function pattern(source: string): Formula {
    const result = read(source);
    if (result.kind === 'language') return logic.atom({ kind: 'language', language: result.language });
    if (result.kind === 'invalid') {
      const bounds = { ifSo: logic.any, ifNot: logic.any };
      return logic.atom({ kind: 'opaque', key: `pattern ${source}`, bounds, negated: false });
    }
    const regExp = regExpOf(source);
    const test = (value: string) => regExp?.test(value) ?? false;
    const key = `pattern ${source}`;
    const bounds =
      result.kind === 'legacy'
        ? legacyBounds(result.language)
        : { inner: languages.none, outer: languages.all };
    return logic.atom({
      kind: 'predicate',
      predicate: { key, ...bounds, test, samples: [] },
      negated: false,
    });
  }

  /** Without the flag `u` words beyond the basic plane are read otherwise, so they may be in or not. */
  function legacyBounds(language: Language): LanguageBounds {
    const basic = languages.repeat(languages.point([0, 0xffff]), 0, Infinity);
    return {
      inner: languages.and([language, basic]),
      outer: languages.or([language, languages.not(basic)]),
    };
  }

  function boundsOf(formula: Formula): LanguageBounds {
    const { all, and, concat, none, not, or, point, repeat } = languages;
    switch (formula.kind) {
      case 'any':
        return exactly(all);
      case 'none':
        return exactly(none);
      case 'and':
      case 'or': {
        const parts = formula.of.map(boundsOf);
        const join = formula.kind === 'and' ? and : or;
        return { inner: join(parts.map(({ inner }) => inner)), outer: join(parts.map(({ outer }) => outer)) };
      }
      case 'language':
        return exactly(formula.language);
      case 'length': {
        const { count } = formula;
        const anyPoint = point(ALL_CODE_POINTS);
        const atMost = repeat(anyPoint, 0, count);
        return exactly(formula.side === 'atMost' ? atMost : concat(repeat(anyPoint, count, count), all));
      }
      case 'reference': {
        if (formula.target.kind === 'recursion') return { inner: none, outer: all };
        const { inner, outer } = boundsOf(formula.target.shape().string);
        return formula.negated ? { inner: not(outer), outer: not(inner) } : { inner, outer };
      }
      case 'predicate': {
        const { inner, outer } = formula.predicate;
        return formula.negated ? { inner: not(outer), outer: not(inner) } : { inner, outer };
      }
      default:
        return { inner: none, outer: all };
    }
  }

  return {
    pattern,
    whyNot,
    format: (name) => (assertFormats ? formatOf(logic, name) : logic.anything),
    boundsOf,
  };
}

function exactly(language: Language): LanguageBounds {
  return { inner: language, outer: language };
}
