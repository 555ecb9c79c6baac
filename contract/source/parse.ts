import type { JsonValue } from '@chirograph/schema';
import { CORE_SCHEMA, constructFromEvents, type Event, mergeTag, YAMLException } from 'js-yaml';
import type { Source } from './source.ts';
import { collectionKey, type Key, keysThatAreNoText } from './untyped-keys.ts';
import { readEvents } from './yaml-events.ts';
import { yamlFault } from './yaml-fault.ts';

/** The value of a YAML text, or why it has none, with the offset (in UTF-16 units) of the fault. */
export type Parsed =
  | { readonly kind: 'value'; readonly value: JsonValue; readonly keysThatAreNoText: readonly Key[] }
  | { readonly kind: 'malformed'; readonly reason: string; readonly offset: number };

/** Beyond these a document is an attack or an accident, not a contract. */
const LIMITS = { maxDepth: 200, maxAliases: 10_000 };

const SCHEMA = CORE_SCHEMA.withTags(mergeTag);

/** Reads a JSON document (by its file's ending) or a YAML 1.2 document of the core schema, merge keys included. */
export function parse(source: Source): Parsed {
  if (source.text.includes('\0')) return { kind: 'malformed', reason: whatWithNul(source.text), offset: 0 };
  return source.file.endsWith('.json') ? parseJson(source) : parseYaml(source);
}

/** UTF-16 that was read as UTF-8: every other unit of what people write is NUL, behind two that are no text. */
function whatWithNul(text: string): string {
  const isUtf16 = /^\ufffd{0,2}(?:[^\0]\0|\0[^\0]){2}/.test(text);
  return isUtf16 ? 'it is written in UTF-16; save it as UTF-8' : 'it is a binary file';
}

function parseJson(source: Source): Parsed {
  try {
    const value = JSON.parse(source.text) as JsonValue;
    // JSON.parse takes the last of two equal keys without a word; the YAML parser says where they are.
    return countKeys(value) === countMembers(source.text) ? jsonOf(value) : parseYaml(source);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return jsonFault(source) ?? notJson(source, message);
  }
}

/** What people forget, a quote, and what they know from other dialects: comments, a comma behind the last entry. */
function jsonFault({ text }: Source): Parsed | undefined {
  for (let at = 0; at < text.length; at += 1) {
    const unit = text[at];
    if (unit === '"') {
      const end = endOfString(text, at);
      const fault = quoteFault(text, at, end);
      if (end < 0 || fault) return fault;
      at = end;
    } else if (unit === "'") return undefined;
    else if (unit === '/' && /[/*]/.test(text[at + 1] ?? ''))
      return { kind: 'malformed', reason: 'JSON has no comments', offset: at };
    else if (unit === ',') {
      const [, bracket] = /^,\s*([}\]])/.exec(text.slice(at, at + 200)) ?? [];
      if (bracket)
        return { kind: 'malformed', reason: `JSON has no comma before \`${bracket}\``, offset: at };
    }
  }
  return undefined;
}

/** A string that goes on over the end of a line, or stands beside something bare, is not the string that was meant. */
function quoteFault(text: string, start: number, end: number): Parsed | undefined {
  if (end < 0 || text.slice(start, end).includes('\n')) {
    return { kind: 'malformed', reason: 'a quote is missing before the line ends', offset: start };
  }
  const next = end + 1 + text.slice(end + 1).search(/\S|$/);
  if (next === text.length || ':,]}/'.includes(text.charAt(next))) return undefined;
  return { kind: 'malformed', reason: 'a quote, `:` or `,` is missing before this', offset: next };
}

/** What is YAML, but not JSON, is told what JSON wants; the YAML parser knows best where something else breaks off. */
function notJson(source: Source, message: string): Parsed {
  const asYaml = parseYaml(source);
  if (asYaml.kind === 'malformed') return asYaml;
  const [, position] = /position (\d+)/.exec(message) ?? [];
  const reason = `not JSON: ${message.replace(/ in JSON at position.*|, ".*is not valid JSON$/s, '')}`;
  return { kind: 'malformed', reason, offset: Number(position ?? 0) };
}

function jsonOf(value: JsonValue): Parsed {
  return { kind: 'value', value, keysThatAreNoText: [] };
}

function parseYaml(source: Source): Parsed {
  let events: Event[] = [];
  try {
    const reading = readEvents(source.text, LIMITS);
    const { text } = reading;
    events = reading.events;
    const documents = constructFromEvents(events, { source: text, schema: SCHEMA, ...LIMITS });
    if (documents.length > 1) {
      return {
        kind: 'malformed',
        reason: 'the file holds more than one YAML document',
        offset: secondDocument(text),
      };
    }
    const value = (documents[0] ?? null) as JsonValue;
    const alias = text.search(/[\s,[{:-]\*\S/);
    const fault = alias < 0 ? undefined : unfoldingFault(value);
    if (fault) return { kind: 'malformed', reason: fault, offset: alias + 1 };
    return {
      kind: 'value',
      value,
      keysThatAreNoText: keysThatAreNoText({ file: source.file, text }, events),
    };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const offset = collectionKey(events) ?? error.mark?.position ?? 0;
    return { kind: 'malformed', offset, ...yamlFault(source.text, error.reason, offset) };
  }
}

/** Few aliases, each of a list of aliases of the one before, denote more values than any machine has room for. */
const MAX_UNFOLDED = 1_000_000;

function unfoldingFault(value: JsonValue): string | undefined {
  const sizes = new Map<object, number>();
  const sizeOf = (it: JsonValue): number => {
    if (typeof it !== 'object' || it === null) return 1;
    const known = sizes.get(it);
    if (known !== undefined) return known;
    // Found from inside: the value contains itself.
    sizes.set(it, Number.POSITIVE_INFINITY);
    const size = Object.values(it).reduce<number>((sum, child) => sum + sizeOf(child as JsonValue), 1);
    sizes.set(it, size);
    return size;
  };
  const size = sizeOf(value);
  if (size === Number.POSITIVE_INFINITY) return 'an alias leads back into what it stands for';
  return size > MAX_UNFOLDED ? 'its aliases unfold to more than a million values' : undefined;
}

function secondDocument(text: string): number {
  return text.indexOf('\n---', 4) + 1;
}

/** The members of all objects of a JSON text: each has one colon outside of strings. */
function countMembers(text: string): number {
  let members = 0;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit === COLON) members += 1;
    else if (unit === QUOTE) i = endOfString(text, i);
  }
  return members;
}

const COLON = ':'.charCodeAt(0);
const QUOTE = '"'.charCodeAt(0);

function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text[at - 1 - backslashes] === '\\') backslashes += 1;
  return backslashes % 2 === 1;
}

/** Not a number where values are nested too deep: those are left to the YAML parser, which says so. */
function countKeys(value: JsonValue, depth = 0): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (depth > LIMITS.maxDepth) return Number.NaN;
  const children: readonly JsonValue[] = Object.values(value);
  return children.reduce<number>(
    (sum, it) => sum + countKeys(it, depth + 1),
    Array.isArray(value) ? 0 : children.length,
  );
}
