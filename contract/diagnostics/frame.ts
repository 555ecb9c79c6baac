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
  const { text } = source;
  const lines = linesOf(text, region, around);
  const { start, end } = lines.at(-1)!;
  // A line that goes on and on (JSON without line breaks) is shown around the mark.
  const cut = end - start > WIDTH && region.column > WIDTH / 2 ? region.column - WIDTH / 2 : 0;
  const length = Math.min(region.end, end) - region.start;
  const column = region.column - cut + (cut > 0 ? 1 : 0);
  return {
    region,
    lines: lines.map((line, i) => ({
      number: region.line - lines.length + 1 + i,
      text: shown(text, line, i === lines.length - 1 ? cut : 0),
    })),
    mark: { column, length: Math.max(1, Math.min(length, WIDTH - column + 1)) },
  };
}

interface Line {
  readonly start: number;
  readonly end: number;
}

/** Where the line of a region and those before it stand, without their line breaks. */
function linesOf(text: string, { start, column, line }: Region, around: number): Line[] {
  const lines: Line[] = [];
  let from = start - column + 1;
  for (let n = 0; n <= Math.min(around, line - 1); n += 1) {
    const next = lines[0] === undefined ? text.indexOf('\n', start) : lines[0].start - 1;
    if (lines[0]) from = text.lastIndexOf('\n', lines[0].start - 2) + 1;
    const end = next < 0 ? text.length : next;
    lines.unshift({ start: from, end: text[end - 1] === '\r' ? end - 1 : end });
  }
  return lines;
}

/** What of a line is shown; it may be of any length. */
function shown(text: string, { start, end }: Line, cut: number): string {
  const head = cut > 0 ? '…' : '';
  const room = WIDTH - head.length;
  const part = printable(text.slice(start + cut, Math.min(end, start + cut + room)));
  return `${head}${part}${end - start - cut > room ? '…' : ''}`;
}

/** Control characters would move the cursor or ring the bell. */
function printable(text: string): string {
  return text.replace(/[^\t\u0020-\u007e\u00a0-\u{10ffff}]/gu, '·');
}
