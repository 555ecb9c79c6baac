import { locate, type Region, regionAt } from '../source/locate.ts';
import type { Source } from '../source/source.ts';
import type { Place } from './diagnostic.ts';

/** The lines around a place, for a person: what stands there, and which part of it is meant. */
export interface Frame {
  readonly region: Region;
  readonly lines: readonly { readonly number: number; readonly text: string }[];
  /** Under the marked line: where the marks begin (columns from 1) and how many there are. */
  readonly mark: { readonly column: number; readonly length: number };
}

/** Where a place stands in its file. */
export function regionOf(source: Source, place: Place): Region {
  return place.offset === undefined
    ? locate(source, place.pointer, place.part)
    : regionAt(source, place.offset);
}

/** Lines longer than this are shown in part. */
const WIDTH = 160;

/** The frame of a place: its first line with `around` lines before it. A place of many lines is marked on its first. */
export function frame(source: Source, place: Place, around = 2): Frame {
  const region = regionOf(source, place);
  const texts = linesOf(source.text, region, around);
  const from = region.line - texts.length + 1;
  const line = texts.at(-1) ?? '';
  // A line that goes on and on (JSON without line breaks) is shown around the mark.
  const cut = line.length > WIDTH && region.column > WIDTH / 2 ? region.column - WIDTH / 2 : 0;
  const length = Math.min(region.end - region.start, line.length - region.column + 1);
  const column = region.column - cut + (cut > 0 ? 1 : 0);
  return {
    region,
    lines: texts.map((text, i) => ({
      number: from + i,
      text: shorten(printable(text), i === texts.length - 1 ? cut : 0),
    })),
    mark: { column, length: Math.max(1, Math.min(length, WIDTH - column + 1)) },
  };
}

/** The line of a region and those before it, without their line breaks. */
function linesOf(text: string, { start, column, line }: Region, around: number): string[] {
  let from = start - column + 1;
  for (let n = 0; n < Math.min(around, line - 1); n += 1) from = text.lastIndexOf('\n', from - 2) + 1;
  const end = text.indexOf('\n', start);
  return text
    .slice(from, end < 0 ? undefined : end)
    .split('\n')
    .slice(0, Math.min(around, line - 1) + 1)
    .map((it) => it.replace(/\r$/, ''));
}

function shorten(text: string, cut: number): string {
  const head = cut > 0 ? `…${text.slice(cut)}` : text;
  return head.length > WIDTH ? `${head.slice(0, WIDTH)}…` : head;
}

/** Control characters would move the cursor or ring the bell. */
function printable(text: string): string {
  return text.replace(/[^\t\u0020-\u007e\u00a0-\u{10ffff}]/gu, '·');
}
