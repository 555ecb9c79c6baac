import type { JsonValue } from './json-value.ts';

/** A JSON text's value and the numerals in it that a double cannot tell from others. */
export interface ParsedJson {
  readonly value: JsonValue;
  /** As they are written, `9007199254740993` for instance, which reads as ...992. */
  readonly rounded: readonly string[];
}

/** Only these texts hold a numeral that may not be exact. */
const SUSPICIOUS = /\d[\d.]{15}|\d[eE]/;

/** A bound may be rounded without harm, as long as no other numeral rounds to the same double. */
const BOUNDS = new Set(['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum']);

const NUMERAL = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

interface Numeral {
  readonly key: string;
  readonly value: number;
  readonly source: string;
}

/**
 * Reads a JSON text as `JSON.parse` does and says which numerals were rounded in a way that matters. Throws what
 * `JSON.parse` throws.
 */
export function parseJson(text: string): ParsedJson {
  if (!SUSPICIOUS.test(text)) return { value: JSON.parse(text), rounded: [] };
  const numerals: Numeral[] = [];
  const value: JsonValue = JSON.parse(
    text,
    (key: string, each: JsonValue, context?: { readonly source?: string }) => {
      if (typeof each === 'number') numerals.push({ key, value: each, source: context?.source ?? '' });
      return each;
    },
  );
  const written = new Map<number, Set<string>>();
  for (const { value: double, source } of numerals) {
    const texts = written.get(double) ?? new Set();
    written.set(double, texts.add(decimalOf(source)));
  }
  const rounded = numerals.filter(
    ({ key, value: double, source }) =>
      decimalOf(source) !== decimalOf(String(double)) &&
      !(BOUNDS.has(key) && Number.isFinite(double) && written.get(double)?.size === 1),
  );
  return { value, rounded: [...new Set(rounded.map(({ source }) => source))] };
}

/** The same text for numerals of the same value: digits without zeros around them, and a power of ten. */
function decimalOf(source: string): string {
  const [, sign = '', whole = '', fraction = '', power = '0'] = NUMERAL.exec(source) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return '0';
  const exponent = BigInt(power) - BigInt(fraction.length) + BigInt(digits.length - significant.length);
  return `${sign}${significant}e${exponent}`;
}
