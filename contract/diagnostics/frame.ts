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

/** The frame of a place: its first line with `around` lines before it. A place of many lines is marked on its first. */
export function frame(source: Source, place: Place, around = 2): Frame {
  const region = regionOf(source, place);
  const all = source.text.split('\n');
  const from = Math.max(1, region.line - around);
  const lines = all
    .slice(from - 1, region.line)
    .map((text, i) => ({ number: from + i, text: text.replace(/\r$/, '') }));
  const line = lines.at(-1)?.text ?? '';
  const length = Math.min(region.end - region.start, line.length - region.column + 1);
  return { region, lines, mark: { column: region.column, length: Math.max(1, length) } };
}
