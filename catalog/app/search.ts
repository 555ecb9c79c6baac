import {
  DEPRECATED,
  OLDER,
  PERSONAL,
  ROW_KINDS,
  type SearchData,
  type SearchRow,
} from '../site/search-row.ts';

/**
 * Search without a server: every word of the question must be found in a thing, as it is, at the beginning of a word,
 * inside one, in another form (`failed` for `fails`), or, where nothing of that is, misspelt. Where it is found says how much it counts.
 */

export interface Facets {
  readonly kind?: string;
  readonly domain?: string;
  readonly owner?: string;
  readonly deprecated?: boolean;
  readonly personal?: boolean;
}

export interface Found {
  readonly row: SearchRow;
  readonly score: number;
  /** The field that matched, where nothing else of the thing did. */
  readonly field?: string;
}

export type Search = (
  question: string,
  facets?: Facets,
  most?: number,
) => { readonly found: readonly Found[]; readonly count: number };

/** What a word counts by where it stands. */
const TITLE = 8;
const NAME = 10;
const FIELD = 4;
const TOLD = 2;

/** Rows that have a word, each times this, plus what the word counts there: plain numbers, for there are many. */
const STEP = 16;

interface Word {
  readonly text: string;
  /** A bit for each letter that it has, to tell at once what is no misspelling of it. */
  readonly letters: number;
  readonly rows: number[];
  /** What its forms have in common. */
  readonly stem: string;
}

export function searchOf(data: SearchData): Search {
  const words = vocabulary(data);
  return (question, facets = {}, most = 40) => {
    const asked = wordsOf(question);
    const isAllowed = filter(data, facets);
    const scores = asked.map((word) => matches(word, words));
    const found: Found[] = [];
    let count = 0;
    const candidates = scores[0] ? [...scores[0].keys()] : data.rows.keys();
    for (const index of candidates) {
      const row = data.rows[index];
      if (!row || !isAllowed(row) || !scores.every((it) => it.has(index))) continue;
      count += 1;
      const sum = scores.reduce((total, it) => total + (it.get(index) ?? 0), 0);
      const score = sum + bonus(row, question.trim().toLowerCase());
      found.push({ row, score });
    }
    // With nothing asked the order is the catalog's.
    if (asked.length > 0) found.sort((a, b) => b.score - a.score || a.row[2].length - b.row[2].length);
    const shown = found.slice(0, most).map((it) => {
      const field = fieldOf(data, it.row, asked);
      return field === undefined ? it : { ...it, field };
    });
    return { found: shown, count };
  };
}

/** Things that are asked for by their very name come first; older versions come behind the newest. */
function bonus([kind, , title, name, , , , , , flags]: SearchRow, question: string): number {
  const exact = name.toLowerCase() === question ? 60 : title.toLowerCase() === question ? 40 : 0;
  const ends = exact === 0 && question.includes('.') && name.toLowerCase().endsWith(question) ? 30 : 0;
  return exact + ends - (flags & OLDER ? 6 : 0) + (kind < 3 ? 2 : kind === 4 ? -3 : 0);
}

function fieldOf(data: SearchData, row: SearchRow, asked: readonly string[]): string | undefined {
  const shown = `${row[2]} ${row[3]} ${row[7]}`.toLowerCase();
  const hidden = asked.filter((it) => !shown.includes(it));
  if (hidden.length === 0) return undefined;
  const fields = row[8].map((it) => data.fields[it] ?? '');
  return fields.find((name) =>
    hidden.some((it) => name.toLowerCase().includes(it) || wordsOf(name).includes(it)),
  );
}

function vocabulary({ rows, fields, owners }: SearchData): Word[] {
  const words = new Map<string, Word>();
  const add = (list: readonly string[], row: number, weight: number) => {
    for (const text of list) {
      const known = words.get(text);
      if (known) known.rows.push(row * STEP + weight);
      else
        words.set(text, {
          text,
          letters: lettersOf(text),
          rows: [row * STEP + weight],
          stem: stemOf(text),
        });
    }
  };
  const [ofFields, ofOwners] = [fields.map(wordsOf), owners.map(wordsOf)];
  for (const [index, row] of rows.entries()) {
    add(wordsOf(row[2]), index, TITLE);
    add(wordsOf(row[3]), index, NAME);
    if (row[7] !== '') add(wordsOf(row[7]), index, TOLD);
    for (const field of row[8]) add(ofFields[field] ?? [], index, FIELD);
    for (const owner of row[6]) add(ofOwners[owner] ?? [], index, TOLD);
  }
  return [...words.values()];
}

/** Rows that have a word, each with the most that it counts there. */
function matches(asked: string, words: readonly Word[]): Map<number, number> {
  const found = new Map<number, number>();
  const take = (word: Word, share: number) => {
    for (const packed of word.rows) {
      const row = Math.floor(packed / STEP);
      const score = (packed % STEP) * share;
      if (score > (found.get(row) ?? 0)) found.set(row, score);
    }
  };
  const stem = stemOf(asked);
  for (const word of words) {
    const at = word.text.indexOf(asked);
    if (at < 0 && word.stem === stem) take(word, 0.8);
    else if (at < 0) continue;
    else if (word.text === asked) take(word, 3);
    else if (at === 0) take(word, 2);
    else if (asked.length > 2) take(word, 1);
  }
  if (found.size > 0 || asked.length < 4) return found;
  const most = asked.length < 8 ? 1 : 2;
  const letters = lettersOf(asked);
  for (const word of words) {
    // Each letter that is asked for and not there must have changed or gone.
    if (bitsOf(letters & ~word.letters) > most) continue;
    const text = word.text.length > asked.length + most ? word.text.slice(0, asked.length) : word.text;
    const distance = editDistance(asked, text, most);
    if (distance <= most) take(word, 1 / (1 + distance));
  }
  return found;
}

/** A word without the ending of its form: who asks for `failed` means `fails` too. */
function stemOf(text: string): string {
  return text.replace(/(?<=.{4})(?:ing|ed|es|s|e)$/, '');
}

function lettersOf(text: string): number {
  let letters = 0;
  for (let i = 0; i < text.length; i += 1) letters |= 1 << (text.charCodeAt(i) & 31);
  return letters;
}

function bitsOf(bits: number): number {
  let count = 0;
  for (let left = bits; left !== 0; left &= left - 1) count += 1;
  return count;
}

/** Letters that must change, come, go or swap places; more than `most` is as good as any. */
export function editDistance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((last[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      next.push(cost);
    }
    if (Math.min(...next) > most) return most + 1;
    before = last;
    last = next;
  }
  return last[b.length] ?? most + 1;
}

function filter({ domains, owners }: SearchData, facets: Facets): (row: SearchRow) => boolean {
  const kind = facets.kind ? ROW_KINDS.indexOf(facets.kind as (typeof ROW_KINDS)[number]) : -1;
  const domain = facets.domain ? domains.indexOf(facets.domain) : -1;
  const owner = facets.owner ? owners.indexOf(facets.owner) : -1;
  return (row) =>
    (!facets.kind || row[0] === kind) &&
    (!facets.domain || row[5] === domain) &&
    (!facets.owner || row[6].includes(owner)) &&
    (!facets.deprecated || (row[9] & DEPRECATED) !== 0) &&
    (!facets.personal || (row[9] & PERSONAL) !== 0);
}

/** `orderPlaced`, `order.placed` and `Order placed` are the words order and placed. */
export function wordsOf(text: string): string[] {
  // Most text is ASCII, and there it is much faster without Unicode's classes.
  const isAscii = !/[^\0-\x7f]/.test(text);
  const split = text
    .replace(isAscii ? /([a-z0-9])([A-Z])/g : /(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
    .toLowerCase();
  return (isAscii ? split.match(/[a-z0-9]+/g) : split.match(/[\p{L}\p{N}]+/gu)) ?? [];
}
