import type { SchemaObject } from '../keywords/schema.ts';
import { regExpOf } from '../patterns/reg-exp.ts';

/**
 * What text is about, as far as its schema and its name tell, so that samples look like what they are called. Generated
 * factories and mocks go by it alike; `runtime/samples` has the words.
 */
export type TextSubject =
  /** Of one shape: what the sampler's method of that name makes. */
  | { readonly kind: 'shape'; readonly shape: TextShape; readonly when?: 'earlier' | 'later' }
  /** One of the sampler's words. */
  | { readonly kind: 'word'; readonly word: TextWord }
  | { readonly kind: 'pick'; readonly values: readonly string[] };

/** How text of a subject is put together. */
export type TextShape =
  | 'uuid'
  | 'dateTime'
  | 'date'
  | 'time'
  | 'duration'
  | 'email'
  | 'phone'
  | 'uri'
  | 'hostname'
  | 'ipv4'
  | 'ipv6'
  | 'code'
  | 'token';

/** A kind of word that text is made of. */
export type TextWord =
  | 'firstName'
  | 'lastName'
  | 'fullName'
  | 'street'
  | 'city'
  | 'region'
  | 'country'
  | 'currency'
  | 'company'
  | 'product'
  | 'category'
  | 'show'
  | 'course'
  | 'sentence'
  | 'reason';

/** Where text stands. */
export interface TextPlace {
  /** The name of its property. */
  readonly name: string;
  /** What the object around it is called: `product` for the `name` of a product. */
  readonly owner: string;
}

/** The owner of what stands in an object: the object's name, but for wrappers, which are nobody. */
export function ownerWithin({ name, owner }: TextPlace): string {
  return /^(data|payload|body|details|attributes|info|content|properties)$/i.test(name) ? owner : name;
}

/** Undefined where nothing tells, and where the subject's text would not be what the schema wants. */
export function textSubject(schema: SchemaObject, { name, owner }: TextPlace): TextSubject | undefined {
  const { pattern } = schema;
  const known = formatSubject(schema);
  if (typeof pattern === 'string')
    return codeFor(pattern, name) ?? (known && follows(known, pattern) ? known : undefined);
  if (known && !fits(known, schema) && narrowPattern(schema) !== undefined) return undefined;
  if (known?.kind === 'shape' && DATED.has(known.shape)) return { ...known, ...whenOf(name) };
  if (known) return known;
  const called = wordsOf(name);
  const isPart = /^(full_?)?(name|title|label)$/.test(called);
  const about = isPart ? wordsOf(owner) : called;
  const rows = isPart ? [...BY_OWNER, ...BY_NAME] : BY_NAME;
  const found = rows.find(([end]) => end.test(about))?.[1];
  return found && fits(found, schema) ? found : undefined;
}

/** `firstName`, `first-name` and `FIRST_NAME` are all `first_name`. */
function wordsOf(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll(/[^A-Za-z0-9]+/g, '_')
    .toLowerCase();
}

function formatSubject({ format }: SchemaObject): TextSubject | undefined {
  return typeof format === 'string' ? BY_FORMAT.get(format) : undefined;
}

/** Whether all that a subject gives is as long as the schema wants. */
function fits(subject: TextSubject, { minLength, maxLength }: SchemaObject): boolean {
  const [shortest, longest] = lengthOf(subject);
  const min = typeof minLength === 'number' ? minLength : 1;
  const max = typeof maxLength === 'number' ? maxLength : 100;
  return min <= shortest && longest <= max;
}

/** A pattern for text of a format that the usual text is too long or too short for. */
export function narrowPattern(schema: SchemaObject): string | undefined {
  const { format, maxLength } = schema;
  const known = formatSubject(schema);
  if (known === undefined || fits(known, schema)) return undefined;
  const max = typeof maxLength === 'number' ? maxLength : Number.POSITIVE_INFINITY;
  return NARROW.find(([formats, least]) => formats.test(String(format)) && least <= max)?.[2];
}

/** By format: how long the text is at least, and its pattern. */
const NARROW: readonly (readonly [RegExp, number, string])[] = [
  [/email$/, 9, '^[a-z]+@x\\.test$'],
  [/email$/, 6, '^[a-z]+@x\\.io$'],
  [/hostname$/, 12, '^[a-z]{2,60}\\.example$'],
  [/hostname$/, 1, '^[a-z]{1,63}$'],
  [/^(uri|url|iri)/, 18, '^https://x\\.test/[a-z]+$'],
  [/^(uri|iri)/, 5, '^urn:[a-z]+$'],
  [/^date-time$/, 20, '^2026-0[1-9]-1[0-9]T1[0-9]:[0-5][0-9]:[0-5][0-9]Z$'],
];

/** Whether what a subject gives may follow a pattern, as an example of it does. */
function follows(subject: TextSubject, pattern: string): boolean {
  const example = subject.kind === 'shape' ? EXAMPLES.get(subject.shape) : undefined;
  return example !== undefined && (regExpOf(pattern)?.test(example) ?? false);
}

const EXAMPLES: ReadonlyMap<TextShape, string> = new Map([
  ['uuid', '3f1c0f5e-7f4e-4c3b-9d55-0a6f1c1f2b7d'],
  ['dateTime', '2026-03-01T10:00:00.000Z'],
  ['date', '2026-03-01'],
  ['time', '10:00:00.000Z'],
  ['duration', 'PT10M'],
  ['email', 'ada.silva@example.com'],
  ['uri', 'https://example.com/river/17'],
  ['hostname', 'river.example.com'],
  ['ipv4', '192.0.2.17'],
  ['ipv6', '2001:db8::17'],
]);

const shape = (it: TextShape): TextSubject => ({ kind: 'shape', shape: it });
const word = (it: TextWord): TextSubject => ({ kind: 'word', word: it });
const choice = (...values: readonly string[]): TextSubject => ({ kind: 'pick', values });

const BY_FORMAT: ReadonlyMap<string, TextSubject> = new Map([
  ['uuid', shape('uuid')],
  ['date-time', shape('dateTime')],
  ['date', shape('date')],
  ['time', shape('time')],
  ['duration', shape('duration')],
  ['email', shape('email')],
  ['idn-email', shape('email')],
  ['uri', shape('uri')],
  ['url', shape('uri')],
  ['uri-reference', shape('uri')],
  ['uri-template', shape('uri')],
  ['iri', shape('uri')],
  ['iri-reference', shape('uri')],
  ['hostname', shape('hostname')],
  ['idn-hostname', shape('hostname')],
  ['ipv4', shape('ipv4')],
  ['ipv6', shape('ipv6')],
  ['json-pointer', choice('/a', '/a/0')],
  ['relative-json-pointer', choice('0', '1/a')],
  ['regex', choice('^a+$', '[a-z]')],
  ['byte', choice('Y2hpcm9ncmFwaA==', 'ZGVlZA==')],
]);

/** By the end of a property's name. The first that fits decides. */
const BY_NAME: readonly (readonly [RegExp, TextSubject])[] = [
  [/(first|given|fore)_?name$/, word('firstName')],
  [/((last|family)_?name|surname)$/, word('lastName')],
  [/(user|customer|recipient|person|contact|buyer|sender|owner|author|guest)_?name$/, word('fullName')],
  [/(^|_)(customer|recipient|receiver|person|contact|buyer|sender|payer|payee|passenger)$/, word('fullName')],
  [/(merchant|company|business|vendor|shop)_?name$/i, word('company')],
  [/(product|item|reward)_?name$/i, word('product')],
  [/category_?name$/i, word('category')],
  [/e_?mail$/i, shape('email')],
  [/phone$/i, shape('phone')],
  [/(street|line_?1|address)$/i, word('street')],
  [/(^|_)(city|town|venue)$/i, word('city')],
  [/(^|_)(state|region|province)$/i, word('region')],
  [/country(_?code)?$/i, word('country')],
  [/currency(_?code)?$/i, word('currency')],
  [/ur[il]$/i, shape('uri')],
  [/(token|secret|password|hash)$/i, shape('token')],
  [/(sku|reference|code|number)$/i, shape('code')],
  [/(description|summary|bio|body)$/i, word('sentence')],
  [/(reason|comment|note|notes|remark|message)$/i, word('reason')],
];

/** What a `name` or `title` is, by whose it is: a part of the owner's name. */
const BY_OWNER: readonly (readonly [RegExp, TextSubject])[] = [
  [/categor/i, word('category')],
  [/product|item|reward/i, word('product')],
  [/concert|show|event$/i, word('show')],
  [/course|lesson/i, word('course')],
  [/program|merchant|company|business|vendor|shop/i, word('company')],
  [/customer|user|person|recipient|instructor|buyer|sender|contact|author|guest/i, word('fullName')],
];

/** How long what is made may be, from the shortest to the longest. Text within other bounds is made to measure. */
function lengthOf(subject: TextSubject): readonly [number, number] {
  if (subject.kind === 'pick') {
    const lengths = subject.values.map((it) => it.length);
    return [Math.min(...lengths), Math.max(...lengths)];
  }
  const name = subject.kind === 'shape' ? subject.shape : subject.word;
  return LENGTHS.get(name) ?? [3, 24];
}

const LENGTHS: ReadonlyMap<string, readonly [number, number]> = new Map([
  ['country', [2, 2]],
  ['currency', [3, 3]],
  ['code', [8, 8]],
  ['token', [32, 32]],
  ['uuid', [36, 36]],
  ['dateTime', [24, 24]],
  ['date', [10, 10]],
  ['time', [13, 13]],
  ['duration', [4, 5]],
  ['email', [19, 30]],
  ['uri', [26, 40]],
  ['hostname', [16, 20]],
  ['ipv4', [9, 11]],
  ['ipv6', [11, 14]],
  ['sentence', [20, 60]],
  ['reason', [20, 60]],
]);

const DATED: ReadonlySet<TextShape> = new Set(['dateTime', 'date']);

/** Whether a date lies before or after what the message tells of. */
function whenOf(name: string): { readonly when?: 'earlier' | 'later' } {
  if (LATER.test(name)) return { when: 'later' };
  return EARLIER.test(name) ? { when: 'earlier' } : {};
}

const LATER =
  /^(expires|expiry|expected|estimated|scheduled|valid_?until|due|ends|until|deadline|next|starts|delivery)/i;
const EARLIER = /^(last|previous|former|original|birth|registered|joined|since)/i;

/** Words of one shape each, which a pattern may well be meant for: the word, and what stands for all of its kind. */
const CODES: readonly (readonly [RegExp, TextWord, string])[] = [
  [/country(_?code)?$/i, 'country', 'DE'],
  [/currency(_?code)?$/i, 'currency', 'EUR'],
];

function codeFor(pattern: string, name: string): TextSubject | undefined {
  const found = CODES.find(([end, , sample]) => end.test(name) && regExpOf(pattern)?.test(sample));
  return found && word(found[1]);
}
