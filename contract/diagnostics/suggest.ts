/** Lists up to this length are always searched; of longer ones so many words are compared in one run. */
const LONG = 500;
const MAX_COMPARISONS = 3_000_000;

let compared = 0;

/** Begins a run: where thousands of names are misspelt among thousands, only the first of them get a suggestion. */
export function beginSuggestions(): void {
  compared = 0;
}

/** The known word nearest to a misspelt one, or undefined where none is near enough to be meant. */
export function suggest(word: string, known: Iterable<string>): string | undefined {
  const size = Array.isArray(known) ? known.length : known instanceof Set ? known.size : 0;
  if (size > LONG) {
    compared += size;
    if (compared > MAX_COMPARISONS) return undefined;
  }
  let best: string | undefined;
  // A word of one letter is one letter away from every other: that tells nothing.
  let bestDistance = Math.min(word.length, Math.max(1, Math.floor(word.length / 3)) + 1);
  for (const candidate of known) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase(), bestDistance);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Damerau-Levenshtein distance with adjacent transpositions; gives up at `limit`. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let beforePrevious = ROWS[0];
  let previous = ROWS[1];
  let row = ROWS[2];
  for (let j = 0; j <= b.length; j += 1) previous[j] = j;
  for (let i = 1; i <= a.length; i += 1) {
    row[0] = i;
    let least = i;
    for (let j = 1; j <= b.length; j += 1) {
      const substitution = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      let best = Math.min(previous[j]! + 1, row[j - 1]! + 1, substitution);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, beforePrevious[j - 2]! + 1);
      row[j] = best;
      if (best < least) least = best;
    }
    // From a row on, the distance only grows, but for a transposition that reaches back over it.
    if (least > limit) return limit;
    [beforePrevious, previous, row] = [previous, row, beforePrevious];
  }
  return previous[b.length]!;
}

/** Rows of the table, used again and again: thousands of names are compared with thousands. */
const ROWS: [number[], number[], number[]] = [[], [], []];
