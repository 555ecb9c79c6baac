import { fullFormats } from 'ajv-formats/dist/formats.js';
import { rational } from '../../json/rational.ts';
import type { Language } from '../../patterns/language.ts';
import { languageOfPattern } from '../../patterns/pattern-language.ts';
import type { Formula, Shape } from '../logic/formula.ts';
import type { Logic } from '../logic/logic.ts';

/** Bounds of a format that ajv-formats checks by a function, as patterns, and strings on either side. */
interface FormatBounds {
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
/** What makes a URI of a URI reference: a scheme, and something of a path or an authority. */
const WITH_SCHEME = '^[a-zA-Z][a-zA-Z0-9+.\\-]*:[^?#"][^"]*$';

function time(zone: string, before = ''): FormatBounds {
  return { inner: `^${before}${CLOCK}${zone}$`, outer: `^${before}${LOOSE_CLOCK}${zone}$`, samples: [] };
}

const BOUNDS: Readonly<Record<string, FormatBounds>> = {
  date: { inner: `^${DATE}$`, outer: `^${DATE}$`, samples: [] },
  time: time(ZONE),
  'date-time': time(ZONE, `${DATE}[tT\\s]`),
  'iso-time': time(`${ZONE}?`),
  'iso-date-time': time(`${ZONE}?`, `${DATE}[tT\\s]`),
  url: {
    inner: '^https?://[a-z]+\\.(?:com|org|net)$',
    outer: '^(?:[hH]|[fF])[^\\s]*$',
    samples: ['ftp://a.com', 'HTTP://A.COM', 'http://a.com/(', 'http://a.com/é'],
  },
  // Letters with at most one quantifier each; nothing opens with a quantifier or leaves a bracket open.
  regex: {
    inner: '^(?:[^\\\\()\\[\\]{}*+?^$|][*+?]?|[\\^$|])*$',
    outer: '^(?![*+?]|[^\\\\)\\[]*\\([^\\\\)\\[]*$)',
    samples: ['(', '[', '*'],
  },
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
  const test = testOf(name);
  if (test === undefined) return logic.anything;
  // The languages of some formats take longer to build than most decisions, so they wait until asked for.
  const shape = () => logic.when('string', stringFormat(logic, name, test));
  return logic.when('string', logic.reference({ kind: 'format', key: `format ${name}`, shape }, 'string'));
}

/** How a format tests strings. */
type StringTest = RegExp | ((value: string) => boolean);

function integer(logic: Logic): Formula {
  return logic.atom({ kind: 'multiple', of: rational(1n), negated: false });
}

function between(logic: Logic, least: bigint, most: bigint): Formula[] {
  return [
    logic.atom({ kind: 'above', bound: rational(least), inclusive: true }),
    logic.atom({ kind: 'below', bound: rational(most), inclusive: true }),
  ];
}

function stringFormat(logic: Logic, name: string, test: StringTest): Formula {
  // The pattern of uri-reference is public, that of uri is not: it differs by the scheme and by the quote.
  const general = name === 'uri' ? testOf('uri-reference') : undefined;
  const withScheme = read(logic, WITH_SCHEME);
  if (general !== undefined && withScheme !== undefined) {
    return logic.and([
      stringFormat(logic, 'uri-reference', general),
      logic.atom({ kind: 'language', language: withScheme }),
    ]);
  }
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
function testOf(name: string): StringTest | undefined {
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
