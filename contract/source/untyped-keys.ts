import {
  EVENT_DOCUMENT,
  EVENT_MAPPING,
  EVENT_POP,
  EVENT_SCALAR,
  EVENT_SEQUENCE,
  type Event,
  getScalarValue,
  SCALAR_STYLE_PLAIN,
} from 'js-yaml';
import type { Source } from './source.ts';

/** What YAML's core schema reads as something other than a string. */
const NOT_TEXT =
  /^(~|null|Null|NULL|true|True|TRUE|false|False|FALSE|[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$/;

/**
 * A line or an entry that may begin with such a key: most texts have none, and need no second look. Behind the colon of a
 * key without quotes stands a blank or a bracket; behind that of a time of day does not.
 */
const CANDIDATE =
  /(^|[{,\-?])[ \t]*(~|[nN]ull|NULL|[tT]rue|TRUE|[fF]alse|FALSE|[-+.]?[0-9][\w.+-]*|[-+]?\.\w+)[ \t]*:(?=[\s,[\]{}]|$)/m;

export interface Key {
  readonly text: string;
  /** In UTF-16 units from 0. */
  readonly offset: number;
}

/**
 * The keys of a YAML text that are numbers, booleans or null: in JSON, and so in every contract, keys are texts.
 * @param events what the parser makes of the text
 */
export function keysThatAreNoText({ file, text }: Source, events: Iterable<Event>): Key[] {
  if (file.endsWith('.json') || !CANDIDATE.test(text)) return [];
  const found: Key[] = [];
  for (const event of keysAmong(events)) {
    if (event.type !== EVENT_SCALAR || event.style !== SCALAR_STYLE_PLAIN) continue;
    const key = getScalarValue(text, event);
    if (NOT_TEXT.test(key)) found.push({ text: key, offset: event.valueStart });
  }
  return found;
}

/** Where the first key stands that is a list or a mapping; undefined where there is none. */
export function collectionKey(events: Iterable<Event>): number | undefined {
  for (const event of keysAmong(events))
    if (event.type === EVENT_MAPPING || event.type === EVENT_SEQUENCE) return event.start;
  return undefined;
}

/** The events that begin a key. */
function* keysAmong(events: Iterable<Event>): Iterable<Event> {
  /** For each open collection: whether the next node of it is a key; undefined in lists. */
  const open: (boolean | undefined)[] = [];
  for (const event of events) {
    if (event.type === EVENT_POP) {
      open.pop();
      continue;
    }
    const isKey = open.at(-1);
    if (isKey !== undefined) open[open.length - 1] = !isKey;
    if (isKey) yield event;
    if (event.type === EVENT_MAPPING) open.push(true);
    else if (event.type === EVENT_SEQUENCE || event.type === EVENT_DOCUMENT) open.push(undefined);
  }
}
