import { childPointer } from '@chirograph/schema';
import {
  EVENT_ALIAS,
  EVENT_DOCUMENT,
  EVENT_MAPPING,
  EVENT_POP,
  EVENT_SCALAR,
  EVENT_SEQUENCE,
  getScalarValue,
  SCALAR_STYLE_DOUBLE_QUOTED,
  SCALAR_STYLE_SINGLE_QUOTED,
  type ScalarEvent,
} from 'js-yaml';
import type { Source } from './source.ts';
import { readEvents } from './yaml-events.ts';

/** A stretch of a file: line and column count from 1, offsets are UTF-16 units from 0, `end` is exclusive. */
export interface Region {
  readonly line: number;
  readonly column: number;
  readonly start: number;
  readonly end: number;
}

/** The two things a pointer may mean: the key of a mapping's entry, or what stands behind it. */
export type Part = 'key' | 'value';

interface Span {
  readonly start: number;
  readonly end: number;
}

interface Entry {
  readonly key?: Span;
  readonly value: Span;
}

const indexes = new WeakMap<Source, ReadonlyMap<string, Entry>>();

/**
 * Where the value (or the key) at a JSON Pointer stands. A pointer to nothing is answered with its nearest ancestor
 * that exists, so that a missing key is shown at the mapping that lacks it.
 */
export function locate(source: Source, pointer: string, part: Part = 'value'): Region {
  const entry = nearest(indexOf(source), pointer);
  const span = part === 'key' ? (entry?.key ?? entry?.value) : entry?.value;
  return regionAt(source, span?.start ?? 0, span?.end);
}

/** The text of the value at a JSON Pointer, as it stands in the file: `1.0`, where the value is the number 1. */
export function textAt(source: Source, pointer: string): string | undefined {
  const span = indexOf(source).get(pointer)?.value;
  return span && source.text.slice(span.start, span.end);
}

/** The region of an offset; without `end` it is one unit long. */
export function regionAt(source: Source, start: number, end = start + 1): Region {
  const starts = lineStartsOf(source);
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= start) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: start - starts[low]! + 1, start, end };
}

const lineStarts = new WeakMap<Source, readonly number[]>();

/** The offset at which each line begins. Thousands of findings ask for the lines of one file. */
function lineStartsOf(source: Source): readonly number[] {
  const known = lineStarts.get(source);
  if (known) return known;
  const { text } = source;
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  lineStarts.set(source, starts);
  return starts;
}

function nearest(index: ReadonlyMap<string, Entry>, pointer: string): Entry | undefined {
  for (let at = pointer; ; at = at.slice(0, at.lastIndexOf('/'))) {
    const entry = index.get(at);
    if (entry || at === '') return entry;
  }
}

function indexOf(source: Source): ReadonlyMap<string, Entry> {
  const known = indexes.get(source);
  if (known) return known;
  const index = buildIndex(source.text);
  indexes.set(source, index);
  return index;
}

/** An open collection while the events of the parser go by. A mapping alternates between keys and values. */
interface Open {
  readonly kind: 'mapping' | 'sequence' | 'document';
  readonly pointer: string;
  readonly start: number;
  readonly key: Span | undefined;
  nextIndex: number;
  pendingKey: { readonly name: string; readonly span: Span } | undefined;
  end: number;
}

const CLOSING: Readonly<Record<string, string>> = { '{': '}', '[': ']' };

function buildIndex(written: string): ReadonlyMap<string, Entry> {
  const { text, events } = readEvents(written);
  const index = new Map<string, Entry>();
  const stack: Open[] = [];

  const place = (): { pointer: string; key: Span | undefined } => {
    const parent = stack.at(-1);
    if (parent?.kind === 'sequence') {
      parent.nextIndex += 1;
      return { pointer: childPointer(parent.pointer, parent.nextIndex - 1), key: undefined };
    }
    if (parent?.kind !== 'mapping') return { pointer: '', key: undefined };
    const key = parent.pendingKey;
    parent.pendingKey = undefined;
    return { pointer: childPointer(parent.pointer, key?.name ?? ''), key: key?.span };
  };

  const set = (pointer: string, key: Span | undefined, value: Span) => {
    index.set(pointer, key ? { key, value } : { value });
    const parent = stack.at(-1);
    if (parent) parent.end = Math.max(parent.end, value.end);
  };

  const open = (kind: 'mapping' | 'sequence', start: number) => {
    stack.push({ kind, ...place(), start, nextIndex: 0, pendingKey: undefined, end: start + 1 });
  };

  const close = ({ pointer, key, start, end }: Open) => {
    const bracket = CLOSING[text[start] ?? ''];
    set(pointer, key, { start, end: bracket ? text.indexOf(bracket, end) + 1 : end });
  };

  for (const event of events) {
    switch (event.type) {
      case EVENT_DOCUMENT:
        stack.push({
          kind: 'document',
          pointer: '',
          key: undefined,
          start: 0,
          nextIndex: 0,
          pendingKey: undefined,
          end: 0,
        });
        break;
      case EVENT_MAPPING:
        open('mapping', event.start);
        break;
      case EVENT_SEQUENCE:
        open('sequence', event.start);
        break;
      case EVENT_SCALAR: {
        const parent = stack.at(-1);
        const span = scalarSpan(event) ?? { start: parent?.end ?? 0, end: parent?.end ?? 0 };
        if (parent?.kind === 'mapping' && !parent.pendingKey) {
          parent.pendingKey = { name: getScalarValue(text, event), span };
          parent.end = span.end;
        } else {
          const { pointer, key } = place();
          set(pointer, key, span);
        }
        break;
      }
      case EVENT_ALIAS: {
        const { pointer, key } = place();
        set(pointer, key, { start: event.anchorStart - 1, end: event.anchorEnd });
        break;
      }
      case EVENT_POP: {
        const closed = stack.pop();
        if (closed && closed.kind !== 'document') close(closed);
        break;
      }
    }
  }
  return index;
}

/** Quotes belong to what the reader sees; a value left out (`key:`) stands nowhere. */
function scalarSpan({ valueStart, valueEnd, style }: ScalarEvent): Span | undefined {
  if (valueStart < 0) return undefined;
  const quoted = style === SCALAR_STYLE_SINGLE_QUOTED || style === SCALAR_STYLE_DOUBLE_QUOTED ? 1 : 0;
  return { start: valueStart - quoted, end: valueEnd + quoted };
}
