import type { SchemaObject } from '@chirograph/contract/model';
import type { Sampler } from '@chirograph/runtime/samples';

type Way = (r: Sampler) => string;

const BY_FORMAT: Readonly<Record<string, Way>> = {
  uuid: (r) => r.uuid(),
  'date-time': (r) => r.dateTime(),
  date: (r) => r.date(),
  time: (r) => r.time(),
  duration: (r) => r.duration(),
  email: (r) => r.email(),
  'idn-email': (r) => r.email(),
  uri: (r) => r.uri(),
  'uri-reference': (r) => r.uri(),
  iri: (r) => r.uri(),
  hostname: (r) => r.hostname(),
  'idn-hostname': (r) => r.hostname(),
  ipv4: (r) => r.ipv4(),
  ipv6: (r) => r.ipv6(),
};

/** What text is probably about, by the end of its property's name; the same rows as in generated samples. */
const BY_NAME: readonly (readonly [RegExp, Way])[] = [
  [/first_?name$/i, (r) => r.word('firstName')],
  [/(last_?name|surname)$/i, (r) => r.word('lastName')],
  [/(user|customer|recipient|person)_?name$/i, (r) => r.word('firstName')],
  [/(merchant|company|business|vendor)_?name$/i, (r) => r.word('company')],
  [/(product|item|reward)_?name$/i, (r) => r.word('product')],
  [/e_?mail$/i, (r) => r.email()],
  [/phone$/i, (r) => r.phone()],
  [/(street|line1|address)$/i, (r) => r.word('street')],
  [/(city|town|venue)$/i, (r) => r.word('city')],
  [/(state|region|province)$/i, (r) => r.word('region')],
  [/country(_?code)?$/i, (r) => r.word('country')],
  [/currency(_?code)?$/i, (r) => r.word('currency')],
  [/ur[il]$/i, (r) => r.uri()],
];

/** Text by its format, its pattern, its name, else plain words of the right length. */
export function text(json: SchemaObject, name: string, r: Sampler): string {
  const { format, pattern, minLength, maxLength } = json;
  const named = BY_NAME.find(([end]) => end.test(name))?.[1];
  if (typeof pattern === 'string') {
    const word = named?.(r);
    if (word !== undefined && new RegExp(pattern, 'u').test(word)) return word;
    return r.matching(maxLength === undefined ? lengthened(pattern) : pattern);
  }
  const known = typeof format === 'string' ? BY_FORMAT[format] : undefined;
  if (known) return known(r);
  const min = typeof minLength === 'number' ? minLength : 1;
  const max = typeof maxLength === 'number' ? maxLength : Math.max(min, 40);
  const word = named?.(r);
  return word !== undefined && word.length >= min && word.length <= max ? word : r.text(min, max);
}

/** Whether the schema itself says what the text looks like, so that its examples need not be repeated. */
export function isShaped({ format, pattern }: SchemaObject): boolean {
  return typeof pattern === 'string' || (typeof format === 'string' && format in BY_FORMAT);
}

/** Ids of a letter or two would soon be the same: where a pattern allows any number, it gets a dozen. */
function lengthened(pattern: string): string {
  return pattern.replaceAll(/(\]|\\[dw])\+/g, '$1{12}');
}
