import { equal, fingerprint } from '../json/equal.ts';
import type { JsonValue } from '../json/json-value.ts';
import { isMultipleOf, rationalOf } from '../json/rational.ts';
import { regExpOf } from '../patterns/reg-exp.ts';
import { type Check, fail, type Keyword } from './check.ts';
import { matchesFormat } from './formats.ts';

const TYPES = ['string', 'number', 'integer', 'boolean', 'null', 'array', 'object'];

/** `type` (validation, section 6.1.1). */
export const type: Keyword = (schema) => {
  // A type that there is not says nothing: it is a fault of the schema, not of the value.
  const expected = [schema.type]
    .flat()
    .filter((it) => typeof it === 'string' && TYPES.includes(it)) as string[];
  if (expected.length === 0) return undefined;
  const [only] = expected;
  const accepts =
    expected.length === 1
      ? (value: JsonValue) => isOfType(value, only!)
      : (value: JsonValue) => expected.some((it) => isOfType(value, it));
  return (value, trail, run) => accepts(value) || fail(run, schema, value, trail, { kind: 'type', expected });
};

/** True when a value is of one of JSON Schema's seven types. */
export function isOfType(value: JsonValue, name: string): boolean {
  switch (name) {
    case 'integer':
      return Number.isInteger(value);
    case 'number':
      return typeof value === 'number' && Number.isFinite(value);
    case 'array':
      return Array.isArray(value);
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    case 'null':
      return value === null;
    default:
      return typeof value === name;
  }
}

/** `enum` and `const` (validation, sections 6.1.2 and 6.1.3). */
export const values: Keyword = (schema) => {
  const lists: (readonly JsonValue[])[] = [];
  if (Array.isArray(schema.enum)) lists.push(schema.enum);
  if (schema.const !== undefined) lists.push([schema.const]);
  if (lists.length === 0) return undefined;
  const members = lists.map(membership);
  return (value, trail, run) => {
    const index = members.findIndex((includes) => !includes(value));
    return index < 0 || fail(run, schema, value, trail, { kind: 'value', allowed: lists[index]! });
  };
};

/** Whether a value is in a list. A long one is indexed when it is first asked: an `enum` may hold thousands of codes. */
function membership(list: readonly JsonValue[]): (value: JsonValue) => boolean {
  if (list.length <= 8) return (value) => list.some((it) => equal(it, value));
  let known: ReadonlySet<string> | undefined;
  return (value) => {
    known ??= new Set(list.map(fingerprint));
    return known.has(fingerprint(value));
  };
}

/** The bounds of numbers (validation, section 6.2). */
export const numbers: Keyword = (schema) => {
  const tests: { readonly holds: (n: number) => boolean; readonly expected: string }[] = [];
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  if (typeof minimum === 'number') tests.push({ holds: (n) => n >= minimum, expected: `${minimum} or more` });
  if (typeof maximum === 'number') tests.push({ holds: (n) => n <= maximum, expected: `${maximum} or less` });
  if (typeof exclusiveMinimum === 'number')
    tests.push({ holds: (n) => n > exclusiveMinimum, expected: `more than ${exclusiveMinimum}` });
  if (typeof exclusiveMaximum === 'number')
    tests.push({ holds: (n) => n < exclusiveMaximum, expected: `less than ${exclusiveMaximum}` });
  if (typeof multipleOf === 'number' && multipleOf > 0) {
    const unit = rationalOf(multipleOf);
    tests.push({
      holds: (n) => isMultipleOf(rationalOf(n), unit),
      expected: `a multiple of ${multipleOf}`,
    });
  }
  if (tests.length === 0) return undefined;
  return (value, trail, run) => {
    if (typeof value !== 'number') return true;
    const broken = tests.find(({ holds }) => !holds(value));
    return !broken || fail(run, schema, value, trail, { kind: 'bound', expected: broken.expected });
  };
};

/** The bounds of strings, counted in code points (validation, section 6.3). */
export const lengths: Keyword = (schema) => {
  const { minLength, maxLength } = schema;
  if (typeof minLength !== 'number' && typeof maxLength !== 'number') return undefined;
  return (value, trail, run) => {
    if (typeof value !== 'string') return true;
    const length = codePoints(value);
    if (typeof minLength === 'number' && length < minLength)
      return fail(run, schema, value, trail, { kind: 'bound', expected: atLeast(minLength, 'character') });
    if (typeof maxLength === 'number' && length > maxLength)
      return fail(run, schema, value, trail, { kind: 'bound', expected: atMost(maxLength, 'character') });
    return true;
  };
};

/** `pattern` (validation, section 6.3.3). A pattern that does not compile, or may take for ever, is not applied. */
export function patterns(isSafe: (pattern: string) => boolean): Keyword {
  return (schema) => {
    const { pattern } = schema;
    if (typeof pattern !== 'string') return undefined;
    const expression = regExpOf(pattern);
    if (!expression || !isSafe(pattern)) return undefined;
    const problem = { kind: 'pattern', pattern } as const;
    return (value, trail, run) =>
      typeof value !== 'string' || expression.test(value) || fail(run, schema, value, trail, problem);
  };
}

/** `format`, as an assertion (validation, section 7). */
export const format: Keyword = (schema): Check | undefined => {
  const { format: name } = schema;
  if (typeof name !== 'string') return undefined;
  const problem = { kind: 'format', format: name } as const;
  return (value, trail, run) =>
    (typeof value !== 'string' && typeof value !== 'number') ||
    matchesFormat(name, value) ||
    fail(run, schema, value, trail, problem);
};

/** `at least 2 items`. */
export function atLeast(n: number, noun: string): string {
  return `at least ${n} ${noun}${n === 1 ? '' : 's'}`;
}

/** `at most 2 items`. */
export function atMost(n: number, noun: string): string {
  return `at most ${n} ${noun}${n === 1 ? '' : 's'}`;
}

function codePoints(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length - 1; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit >= 0xd800 && unit < 0xdc00) {
      const next = text.charCodeAt(i + 1);
      if (next >= 0xdc00 && next < 0xe000) length -= 1;
    }
  }
  return length;
}
