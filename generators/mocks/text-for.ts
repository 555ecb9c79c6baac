import type { SchemaObject } from '@chirograph/contract/model';
import { quote } from '../source/source-file.ts';

const BY_FORMAT: Readonly<Record<string, string>> = {
  uuid: 'r.uuid()',
  'date-time': 'r.dateTime()',
  date: 'r.date()',
  time: 'r.time()',
  duration: 'r.duration()',
  email: 'r.email()',
  'idn-email': 'r.email()',
  uri: 'r.uri()',
  'uri-reference': 'r.uri()',
  iri: 'r.uri()',
  hostname: 'r.hostname()',
  'idn-hostname': 'r.hostname()',
  ipv4: 'r.ipv4()',
  ipv6: 'r.ipv6()',
  'uri-template': 'r.uri()',
  'iri-reference': 'r.uri()',
  'json-pointer': "r.pick(['/a', '/a/0'])",
  'relative-json-pointer': "r.pick(['0', '1/a'])",
  regex: "r.pick(['^a+$', '[a-z]'])",
  byte: "r.pick(['Y2hpcm9ncmFwaA==', 'ZGVlZA=='])",
};

/** What text is probably about, by the end of its property's name. The first that fits decides. */
const BY_NAME: readonly (readonly [RegExp, string])[] = [
  [/first_?name$/i, "r.word('firstName')"],
  [/(last_?name|surname)$/i, "r.word('lastName')"],
  [/(user|customer|recipient|person)_?name$/i, "r.word('firstName')"],
  [/(merchant|company|business|vendor)_?name$/i, "r.word('company')"],
  [/(product|item|reward)_?name$/i, "r.word('product')"],
  [/e_?mail$/i, 'r.email()'],
  [/phone$/i, 'r.phone()'],
  [/(street|line1|address)$/i, "r.word('street')"],
  [/(city|town|venue)$/i, "r.word('city')"],
  [/(state|region|province)$/i, "r.word('region')"],
  [/country(_?code)?$/i, "r.word('country')"],
  [/currency(_?code)?$/i, "r.word('currency')"],
  [/ur[il]$/i, 'r.uri()'],
];

/** Words of one shape each, which a pattern may well be meant for: the word, and what stands for all of its kind. */
const CODES: readonly (readonly [RegExp, string, string])[] = [
  [/country(_?code)?$/i, "r.word('country')", 'DE'],
  [/currency(_?code)?$/i, "r.word('currency')", 'EUR'],
];

function codeFor(pattern: string, name: string): string | undefined {
  return CODES.find(([end, , sample]) => end.test(name) && new RegExp(pattern, 'u').test(sample))?.[1];
}

/** Code for a string: by its format, its pattern, its name, else plain words of the right length. */
export function textFor(json: SchemaObject, name: string): string {
  const { format, pattern, minLength, maxLength } = json;
  if (typeof pattern === 'string') return codeFor(pattern, name) ?? `r.matching(${quote(pattern)})`;
  const known = typeof format === 'string' ? BY_FORMAT[format] : undefined;
  if (known) return known;
  const min = typeof minLength === 'number' ? minLength : 1;
  const max = typeof maxLength === 'number' ? maxLength : Math.max(min, 40);
  const named = BY_NAME.find(([end]) => end.test(name))?.[1];
  // The longest of the named words has 24 letters; tighter bounds want text made to measure.
  return named && min <= 2 && max >= 24 ? named : `r.text(${min}, ${max})`;
}
