import type { Language } from '../language/language.ts';
import { languageOfPattern } from '../language/pattern.ts';
import type { Formula } from '../logic/formula.ts';
import type { Logic } from '../logic/logic.ts';
import type { Shape } from '../logic/shape.ts';
import { formatOf } from './format.ts';

/** How `pattern` and `format` read, with memory for patterns that come back. */
export interface Strings {
  /** What a `pattern` demands of strings; a predicate where the pattern is not regular. */
  pattern(source: string): Formula;
  patternLanguage(source: string): Language | undefined;
  /** Why a pattern has no language here. */
  whyNot(source: string): string;
  /** What a `format` demands. */
  format(name: string): Shape;
  /** The strings that satisfy a formula, where they are a regular language. */
  languageOf(formula: Formula): Language | undefined;
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

  function patternLanguage(source: string): Language | undefined {
    const result = read(source);
    return result.kind === 'language' ? result.language : undefined;
  }

  function whyNot(source: string): string {
    const result = read(source);
    if (result.kind === 'invalid') return `pattern ${source} is invalid: ${result.message}`;
    return `pattern ${source} is not regular`;
  }

  function pattern(source: string): Formula {
    const language = patternLanguage(source);
    if (language !== undefined) return logic.atom({ kind: 'language', language });
    if (read(source).kind === 'invalid') {
      return logic.atom({ kind: 'opaque', key: `pattern ${source}`, reason: whyNot(source), negated: false });
    }
    const test = new RegExp(source, 'u');
    return logic.atom({
      kind: 'predicate',
      predicate: {
        key: `pattern ${source}`,
        inner: languages.none,
        outer: languages.all,
        test: (value) => test.test(value),
        samples: [],
      },
      negated: false,
    });
  }

  function languageOf(formula: Formula): Language | undefined {
    switch (formula.kind) {
      case 'any':
        return languages.all;
      case 'none':
        return languages.none;
      case 'and':
      case 'or': {
        const parts = formula.of.map(languageOf).filter((part) => part !== undefined);
        if (parts.length < formula.of.length) return undefined;
        return formula.kind === 'and' ? languages.and(parts) : languages.or(parts);
      }
      case 'language':
        return formula.language;
      case 'length': {
        const { point, repeat } = languages;
        const anyPoint = point([0, 0x10ffff]);
        return formula.side === 'atLeast'
          ? languages.concat(repeat(anyPoint, formula.count, formula.count), languages.all)
          : repeat(anyPoint, 0, formula.count);
      }
      default:
        return undefined;
    }
  }

  return {
    pattern,
    patternLanguage,
    whyNot,
    format: (name) => (assertFormats ? formatOf(logic, name) : logic.anything),
    languageOf,
  };
}
