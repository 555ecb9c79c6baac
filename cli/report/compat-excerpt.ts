import type { Change } from '@chirograph/compat';
import { frame, type Place } from '@chirograph/contract/diagnostics';
import type { Source } from '@chirograph/contract/source';

/** A line of what changed: of the base (`-`), of the head (`+`), or of both; or the marks under one. */
export interface ExcerptLine {
  readonly sign: '-' | '+' | ' ';
  readonly text: string;
  readonly mark: boolean;
}

type Sources = Readonly<Record<string, Source>>;

/** The sources of base and head, by the names of their files. */
export interface BothSources {
  readonly base: Sources;
  readonly head: Sources;
}

/**
 * Where a change is to be seen: where it stood and where it stands. Of what came or went the other side has only what
 * it was added to or taken from, and that is as it was.
 */
export function placesOf(sources: BothSources, { base, head }: Change): Pick<Change, 'base' | 'head'> {
  if (!base || !head) return { ...(base && { base }), ...(head && { head }) };
  const went = !isKept(sources.base, sources.head, base);
  const came = !isKept(sources.head, sources.base, head);
  if (went && !came && isAround(head, base)) return { base };
  return came && !went && isAround(base, head) ? { head } : { base, head };
}

/** The lines where a change stood and stands, with what is meant marked; what is as it was has no sign. */
export function excerptOf(sources: BothSources, change: Change): ExcerptLine[] {
  const { base, head } = placesOf(sources, change);
  const before = lineAt(sources.base, base);
  const after = lineAt(sources.head, head);
  const went = before && base && !isKept(sources.base, sources.head, base);
  const came = after && head && !isKept(sources.head, sources.base, head);
  if (before && !after) return lines(before, went ? '-' : ' ');
  return [...(went ? lines(before, '-') : []), ...(after ? lines(after, came ? '+' : ' ') : [])];
}

/** Whether the line of a place reads the same at this place of the other side. */
function isKept(own: Sources, other: Sources, place: Place): boolean {
  const line = lineAt(own, place);
  return line !== undefined && line.text === lineAt(other, place)?.text;
}

/** Whether one place holds another. */
function isAround(outer: Place, inner: Place): boolean {
  return outer.file === inner.file && inner.pointer.startsWith(`${outer.pointer}/`);
}

interface Line {
  readonly number: number;
  readonly text: string;
  readonly column: number;
  readonly length: number;
}

function lineAt(sources: Sources, at: Place | undefined): Line | undefined {
  const source = at && sources[at.file];
  if (!source) return undefined;
  const { lines: all, mark } = frame(source, at, 0);
  const line = all.at(-1);
  return line && { ...line, ...mark };
}

/** So much of a line is shown. */
const WIDTH = 110;

function lines(line: Line, sign: ExcerptLine['sign']): ExcerptLine[] {
  const { number, text, column, length } = line.text.length > WIDTH ? cropped(line) : line;
  const gutter = `  ${String(number).padStart(5)} ${sign} `;
  const marks = `${' '.repeat(gutter.length + column - 1)}${'^'.repeat(length)}`;
  return [
    { sign, text: `${gutter}${text}`, mark: false },
    { sign, text: marks, mark: true },
  ];
}

/** A long line, cut to what is marked and what stands around it. */
function cropped({ number, text, column, length }: Line): Line {
  const start = Math.max(0, Math.min(column - 1 - 40, text.length - WIDTH));
  const end = Math.min(text.length, start + WIDTH);
  const before = start > 0 ? '... ' : '';
  const after = end < text.length ? ' ...' : '';
  const from = column - start + before.length;
  return {
    number,
    text: `${before}${text.slice(start, end)}${after}`,
    column: from,
    length: Math.max(1, Math.min(length, end - (column - 1))),
  };
}
