import { fullFormats } from 'ajv-formats/dist/formats.js';
import { rational } from '../json/rational.ts';
import type { Language } from '../language/language.ts';
import { languageOfPattern } from '../language/pattern.ts';
import type { Formula } from '../logic/formula.ts';
import type { Logic } from '../logic/logic.ts';
import type { Shape } from '../logic/shape.ts';

/** Bounds of a format that ajv-formats checks by a function, as patterns, and strings on either side. */
interface Bounds {
  readonly inner: string;
  readonly outer: string;
  readonly samples: readonly string[];
}

const DATE =
  '(?:\\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|02-(?:0[1-9]|1\\d|2[0-8]))' +
  '|(?:\\d\\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)';
const ZONE = '(?:[zZ]|[+\\-](?:[01]\\d|2[0-3])(?::?[0-5]\\d)?)';
const CLOCK = '(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d+)?';
/** With leap seconds, which ajv-formats compares with the zone and so grants to hours past 23. */
const LOOSE_CLOCK = '\\d\\d:\\d\\d:(?:[0-5]\\d|60)(?:\\.\\d+)?';
const SCHEME = '[a-zA-Z][a-zA-Z0-9+.\\-]*:';
const SEGMENTS = '(?:/[a-zA-Z0-9._\\-]*)*';

function time(zone: string, before = ''): Bounds {
  return { inner: `^${before}${CLOCK}${zone}$`, outer: `^${before}${LOOSE_CLOCK}${zone}$`, samples: [] };
}

const BOUNDS: Readonly<Record<string, Bounds>> = {
  date: { inner: `^${DATE}$`, outer: `^${DATE}$`, samples: [] },
  time: time(ZONE),
  'date-time': time(ZONE, `${DATE}[tT\\s]`),
  'iso-time': time(`${ZONE}?`),
  'iso-date-time': time(`${ZONE}?`, `${DATE}[tT\\s]`),
  uri: {
    inner: `^${SCHEME}(?:(?://)?[a-zA-Z0-9][a-zA-Z0-9.\\-]*)${SEGMENTS}$`,
    outer: `^${SCHEME}[!-~]*$`,
    samples: ['https://example.com/'],
  },
  url: { inner: '^https?://[a-z]+\\.(?:com|org|net)$', outer: '^(?:[hH]|[fF])[^\\s]*$', samples: [] },
  regex: { inner: '^[a-zA-Z0-9]*$', outer: '', samples: ['(', '[', '*'] },
  byte: { inner: '^(?:[A-Za-z0-9+/]{4})*$', outer: '', samples: ['a', 'YQ=='] },
};

/**
 * What a `format` demands with the meaning that ajv-formats gives it (its mode `full`); a format that it does
 * not know is an annotation.
 */
export function formatOf(logic: Logic, name: string): Shape {
  switch (name) {
    case 'int32':
      return logic.when(
        'number',
        logic.and([integer(logic), ...between(logic, -(2n ** 31n), 2n ** 31n - 1n)]),
      );
    case 'int64':
      return logic.when('number', integer(logic));
  }
  const formula = stringFormat(logic, name);
  return formula === undefined ? logic.anything : logic.when('string', formula);
}

function integer(logic: Logic): Formula {
  return logic.atom({ kind: 'multiple', of: rational(1n), negated: false });
}

function between(logic: Logic, least: bigint, most: bigint): Formula[] {
  return [
    logic.atom({ kind: 'above', bound: rational(least), inclusive: true }),
    logic.atom({ kind: 'below', bound: rational(most), inclusive: true }),
  ];
}

function stringFormat(logic: Logic, name: string): Formula | undefined {
  const test = testOf(name);
  if (test === undefined) return undefined;
  const language =
    test instanceof RegExp && !test.unicode ? read(logic, test.source, test.ignoreCase) : undefined;
  if (language !== undefined) return logic.atom({ kind: 'language', language });
  const bounds = Object.hasOwn(BOUNDS, name) ? BOUNDS[name] : undefined;
  const inner = (bounds && read(logic, bounds.inner)) ?? logic.languages.none;
  const outer = (bounds && read(logic, bounds.outer)) ?? logic.languages.all;
  if (inner === outer) return logic.atom({ kind: 'language', language: inner });
  const predicate = {
    key: `format ${name}`,
    inner,
    outer,
    test: (value: string) => (test instanceof RegExp ? test.test(value) : test(value)),
    samples: bounds?.samples ?? [],
  };
  return logic.atom({ kind: 'predicate', predicate, negated: false });
}

/** How ajv-formats tests strings for a format, or undefined where it has nothing to say about them. */
function testOf(name: string): RegExp | ((value: string) => boolean) | undefined {
  const known = Object.entries(fullFormats).find(([format]) => format === name)?.[1];
  if (known === undefined || typeof known === 'boolean' || typeof known === 'string') return undefined;
  if (known instanceof RegExp) return known;
  if (typeof known === 'function') return (value) => known(value) === true;
  if (known.type === 'number' || known.async === true) return undefined;
  const validate: unknown = known.validate;
  if (validate instanceof RegExp) return validate;
  return typeof validate === 'function' ? (value) => validate(value) === true : undefined;
}

function read(logic: Logic, source: string, ignoreCase = false): Language | undefined {
  const result = languageOfPattern(logic.languages, source, ignoreCase);
  return result.kind === 'language' ? result.language : undefined;
}
