import { isObject, type JsonValue } from '../json/json-value.ts';
import type { SchemaObject } from '../keywords/schema.ts';
import type { Fault } from './validation-error.ts';

/** What a value should be, and what it is, in words that fit "X must be <expected>; it is <found>". */
export interface Words {
  readonly expected: string;
  readonly found: string;
  /** What to do, where that is plain. */
  readonly fix?: string;
}

/** @param written the text that stands in the file: `1.0`, where the value is the number 1 */
export function wordsFor({ problem, value, schema }: Fault, written?: string): Words {
  const found = shown(value);
  switch (problem.kind) {
    case 'type': {
      const fix = requoted(problem.expected, value, written);
      const bounds = boundsIn(schema, problem.expected);
      return {
        expected: either(problem.expected.map(typeName)) + bounds,
        found: typeof value === 'number' && written !== undefined ? `the number ${written}` : kindOf(value),
        ...(fix && { fix }),
      };
    }
    case 'value':
      return { expected: oneOf(problem.allowed), found };
    case 'pattern':
      return { expected: titleOf(schema) ?? `a string that matches \`${problem.pattern}\``, found };
    case 'format':
      return { expected: FORMAT_NAMES[problem.format] ?? `a ${problem.format}`, found };
    case 'bound':
      return {
        expected: problem.expected,
        found: Array.isArray(value) || isObject(value) ? size(value) : found,
      };
    case 'missing-key':
      return { expected: either(problem.keys.map(quoted)), found: `no ${either(problem.keys.map(quoted))}` };
    case 'unknown-key':
      return { expected: 'no such key', found: quoted(problem.key) };
    case 'duplicate-item':
      return {
        expected: 'different items',
        found: `items ${problem.first + 1} and ${problem.second + 1} are equal`,
      };
    case 'key-name':
      return { expected: problem.expected, found: `the key ${quoted(problem.key)}` };
    case 'missing-company':
      return {
        expected: `${quoted(problem.company)} beside ${quoted(problem.key)}`,
        found: `no ${quoted(problem.company)}`,
      };
    case 'forbidden':
      return { expected: otherThan(schema) ?? 'something else', found };
    case 'ambiguous':
      return { expected: 'one of the alternatives', found: `it matches ${problem.matches.length} of them` };
    case 'reference-expected':
      return { expected: 'a `$ref`', found: kindOf(value) };
    case 'reference-not-text':
      return { expected: 'a string', found };
    case 'reference-not-allowed':
      return { expected: 'the thing itself', found: 'a `$ref`' };
  }
}

/** What `not` leaves, in words; undefined where it has no short name. */
function otherThan({ not }: SchemaObject): string | undefined {
  if (!isObject(not)) return undefined;
  const keys = Object.keys(not).filter((it) => !['title', 'description', '$comment'].includes(it));
  if (keys.length !== 1) return undefined;
  if (Array.isArray(not.required) && not.required.length > 0)
    return `without ${either(not.required.map((it) => quoted(String(it))))}`;
  if (not.const !== undefined) return `anything but ${shown(not.const as JsonValue)}`;
  if (Array.isArray(not.enum) && not.enum.length > 0)
    return `anything but ${either(not.enum.map((it) => shown(it as JsonValue)))}`;
  const types = typeof not.type === 'string' ? [not.type] : Array.isArray(not.type) ? not.type : [];
  return types.length > 0 ? `anything but ${either(types.map((it) => typeName(String(it))))}` : undefined;
}

/** `a string`, `the number 5`, `an empty list`. */
export function kindOf(value: JsonValue): string {
  if (typeof value === 'string') return 'a string';
  if (typeof value === 'number') return `the number ${value}`;
  if (typeof value === 'boolean' || value === null) return String(value);
  return Array.isArray(value) ? 'an array' : 'an object';
}

/** A value short enough to be read in a line. */
export function shown(value: JsonValue): string {
  if (typeof value !== 'string') return kindOf(value);
  return value.length > 40 ? `"${value.slice(0, 37)}..."` : JSON.stringify(value);
}

/** `a`, `a or b`, `a, b or c`. */
export function either(items: readonly string[]): string {
  return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} or ${items.at(-1)}`;
}

const FORMAT_NAMES: Readonly<Record<string, string>> = {
  uri: 'a URI, such as `https://example.com` or `urn:example:orders`',
  'uri-reference': 'a URI reference',
  'uri-template': 'a URI template',
  email: 'an e-mail address',
  date: 'a date (RFC 3339: `2026-01-31`)',
  time: 'a time (RFC 3339: `10:30:00Z`)',
  'date-time': 'a date-time (RFC 3339: `2026-01-31T10:30:00Z`)',
  duration: 'a duration (ISO 8601: `P1DT12H`)',
  uuid: 'a UUID',
  regex: 'a regular expression',
  ipv4: 'an IPv4 address',
  ipv6: 'an IPv6 address',
  hostname: 'a host name',
  'json-pointer': 'a JSON Pointer',
  int32: 'an integer of 32 bits',
  int64: 'an integer of 64 bits',
};

function typeName(type: string): string {
  if (type === 'array') return 'an array';
  if (type === 'null') return 'null';
  return /^[aeio]/.test(type) ? `an ${type}` : `a ${type}`;
}

/** With quotes a number becomes a string; without them a string of digits becomes a number. */
function requoted(
  expected: readonly string[],
  value: JsonValue,
  written = String(value),
): string | undefined {
  if (typeof value === 'string') {
    const isNumber =
      /^-?\d+(\.\d+)?$/.test(value) && expected.some((it) => it === 'integer' || it === 'number');
    const isBoolean = /^(true|false)$/.test(value) && expected.includes('boolean');
    return isNumber || isBoolean ? `Write ${value} without quotes.` : undefined;
  }
  const isPlain = typeof value === 'number' || typeof value === 'boolean';
  return isPlain && expected.includes('string') ? `Write '${written}', in quotes.` : undefined;
}

/** `, 1 or more`: a person who fixes the type should not meet the bound next. */
function boundsIn(schema: Fault['schema'], expected: readonly string[]): string {
  if (!expected.some((it) => it === 'integer' || it === 'number')) return '';
  const { minimum, maximum } = schema;
  if (typeof minimum === 'number' && typeof maximum === 'number') return ` from ${minimum} to ${maximum}`;
  if (typeof minimum === 'number') return `, ${minimum} or more`;
  return typeof maximum === 'number' ? `, ${maximum} or less` : '';
}

function oneOf(allowed: readonly JsonValue[]): string {
  const texts = allowed
    .slice(0, 12)
    .map((it) => (typeof it === 'string' ? quoted(it) : `\`${JSON.stringify(it)}\``));
  if (allowed.length > texts.length)
    return `one of ${texts.join(', ')} and ${allowed.length - texts.length} more`;
  return either(texts);
}

function size(value: JsonValue): string {
  const n = Object.keys(value as object).length;
  const noun = Array.isArray(value) ? 'item' : 'key';
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

function titleOf({ title }: Fault['schema']): string | undefined {
  return typeof title === 'string' && /^an? /.test(title) ? title : undefined;
}

function quoted(text: string): string {
  return `\`${text}\``;
}
