/**
 * Sets of Unicode code points as sorted, disjoint, inclusive ranges in one flat list: `[from, to, from, to]`.
 */

/** A set of code points: even places open a range, odd places close it; ranges never touch. */
export type CodePoints = readonly number[];

const LAST = 0x10ffff;

/** Every code point, surrogates included: ECMAScript strings may hold them alone. */
export const ALL_CODE_POINTS: CodePoints = [0, LAST];

/** The set of the given inclusive ranges, in any order, overlapping or not. */
export function codePointsOf(ranges: Iterable<readonly [number, number]>): CodePoints {
  const sorted = [...ranges].sort((a, b) => a[0] - b[0]);
  const merged: number[] = [];
  for (const [from, to] of sorted) {
    const last = merged.at(-1);
    if (last !== undefined && from <= last + 1) merged[merged.length - 1] = Math.max(last, to);
    else merged.push(from, to);
  }
  return merged;
}

/** The ranges of a set as pairs. */
export function* rangesOf(set: CodePoints): Iterable<readonly [number, number]> {
  for (let i = 0; i < set.length; i += 2) yield [set[i]!, set[i + 1]!];
}

export function unionOf(...sets: readonly CodePoints[]): CodePoints {
  return codePointsOf(sets.flatMap((set) => [...rangesOf(set)]));
}

export function complementOf(set: CodePoints): CodePoints {
  const gaps: number[] = [];
  let next = 0;
  for (const [from, to] of rangesOf(set)) {
    if (from > next) gaps.push(next, from - 1);
    next = to + 1;
  }
  if (next <= LAST) gaps.push(next, LAST);
  return gaps;
}

export function intersectionOf(a: CodePoints, b: CodePoints): CodePoints {
  const shared: number[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const from = Math.max(a[i]!, b[j]!);
    const to = Math.min(a[i + 1]!, b[j + 1]!);
    if (from <= to) shared.push(from, to);
    if (a[i + 1]! < b[j + 1]!) i += 2;
    else j += 2;
  }
  return shared;
}

export function hasCodePoint(set: CodePoints, point: number): boolean {
  let [low, high] = [0, set.length / 2 - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (point < set[2 * middle]!) high = middle - 1;
    else if (point > set[2 * middle + 1]!) low = middle + 1;
    else return true;
  }
  return false;
}

/** What a reader likes to see first: letters, digits, marks that need no escape in JSON, letters abroad. */
const READABLE: CodePoints[] = [
  [0x61, 0x7a],
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x2d, 0x2e],
  [0x20, 0x21, 0x23, 0x5b, 0x5d, 0x7e],
  [0x22, 0x22, 0x5c, 0x5c],
  [0x09, 0x0a],
  [0xc0, 0x24f],
  [0xa1, 0xd7ff, 0xe000, LAST],
];

/** The most readable member of a set that is not empty. */
export function readablePointOf(set: CodePoints): number {
  for (const preferred of READABLE) {
    const [point] = intersectionOf(set, preferred);
    if (point !== undefined) return point;
  }
  return set[0]!;
}

/** A rank for {@link readablePointOf}: lower is more readable. */
export function readability(point: number): number {
  const rank = READABLE.findIndex((preferred) => hasCodePoint(preferred, point));
  return rank === -1 ? READABLE.length : rank;
}
