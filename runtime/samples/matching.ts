import type { Random } from './random.ts';

/** How long a sample may be, in UTF-16 units. */
export interface MatchingLength {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

/**
 * Text that a regular expression accepts. What may be repeated at will is repeated some ten times, so that ids differ;
 * more often or less, where a length is asked for. What cannot be followed throws.
 */
export function matching(
  pattern: string,
  source: Random,
  { min = 0, max = 256 }: MatchingLength = {},
): string {
  const accepts = expressionOf(pattern);
  const inLoose = [OFTEN, 5, 2].map((often) => ({ often, exactly: false }));
  const inExact = Array.from({ length: Math.min(max, LONGEST) + 1 }, (_, often) => ({
    often,
    exactly: true,
  }));
  for (const repeats of [...inLoose, ...inExact]) {
    const reader = new Reader(pattern, source, repeats);
    const made = reader.alternatives();
    if (!reader.done() || !accepts.test(made)) break;
    if (made.length >= min && made.length <= max) return made;
  }
  throw new Error(`no sample for /${pattern}/`);
}

/** Some patterns are valid without the flag `u` alone, as those with `\@`: contracts are read that way too. */
function expressionOf(pattern: string): RegExp {
  try {
    return new RegExp(pattern, 'u');
  } catch {
    return new RegExp(pattern);
  }
}

/** How often things are repeated where the pattern leaves it open: about so often, or just so often. */
interface Repeats {
  readonly often: number;
  readonly exactly: boolean;
}

const LONGEST = 256;
const OFTEN = 10;

const CLASSES: Readonly<Record<string, string>> = {
  d: '0123456789',
  w: 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_',
  s: ' ',
  D: 'abcXYZ-',
  W: '-.!',
  S: 'abcXYZ019',
};

const PRINTABLE = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i));

const FEW = 3;

/** Around what is aimed at, within the bounds. */
function between(least: number, most: number, { often, exactly }: Repeats): [number, number] {
  const top = Math.min(most, Math.max(least, often));
  return [exactly ? top : Math.min(top, Math.max(least, Math.ceil(often * 0.6))), top];
}

/** Reads a pattern and writes text in one go. */
class Reader {
  readonly #pattern: string;
  readonly #source: Random;
  readonly #repeats: Repeats;
  #at = 0;

  constructor(pattern: string, source: Random, repeats: Repeats) {
    this.#pattern = pattern;
    this.#source = source;
    this.#repeats = repeats;
  }

  done(): boolean {
    return this.#at >= this.#pattern.length;
  }

  /** All branches are read, one of them is written. */
  alternatives(): string {
    const branches = [this.#sequence()];
    while (this.#skip('|')) branches.push(this.#sequence());
    return this.#pick(branches)();
  }

  #sequence(): () => string {
    const terms: (() => string)[] = [];
    while (!this.done() && this.#peek() !== '|' && this.#peek() !== ')') terms.push(this.#quantified());
    return () => terms.map((term) => term()).join('');
  }

  #quantified(): () => string {
    const from = this.#at;
    const atom = this.#atom();
    // Letters that may be many make an id or a word; anything else is repeated a few times at most.
    const isMany = /^(\[|\\w)/.test(this.#pattern.slice(from)) && !/^\[0-9\]/.test(this.#pattern.slice(from));
    const { often, exactly } = this.#repeats;
    const [min, max] = this.#quantifier({ often: isMany || exactly ? often : Math.min(often, FEW), exactly });
    return () => Array.from({ length: this.#integer(min, max) }, atom).join('');
  }

  /** @param repeats what is aimed at where there is a choice */
  #quantifier(repeats: Repeats): [number, number] {
    const [whole, symbol, low, comma, high] = /^(?:([?*+])|\{(\d+)(,(\d*))?\})\??/.exec(
      this.#pattern.slice(this.#at),
    ) ?? [''];
    this.#at += whole.length;
    if (symbol === '?') return [0, Math.min(1, repeats.often)];
    if (symbol === '*') return repeats.exactly ? [repeats.often, repeats.often] : [0, FEW];
    if (symbol === '+') return between(1, Number.POSITIVE_INFINITY, repeats);
    if (low === undefined) return [1, 1];
    const least = Number(low);
    if (comma === undefined) return [least, least];
    return between(least, high ? Number(high) : Number.POSITIVE_INFINITY, repeats);
  }

  #atom(): () => string {
    const token = this.#take();
    if (token === '^' || token === '$') return () => '';
    if (token === '.') return () => this.#pick(PRINTABLE);
    if (token === '[') return this.#set();
    if (token === '(') return this.#group();
    if (token === '\\') return this.#escape();
    return () => token;
  }

  #group(): () => string {
    if (this.#skip('?') && !this.#skip(':'))
      throw new Error(`no sample for look-around in /${this.#pattern}/`);
    const branches = [this.#sequence()];
    while (this.#skip('|')) branches.push(this.#sequence());
    this.#skip(')');
    return () => this.#pick(branches)();
  }

  #escape(): () => string {
    const letter = this.#take();
    if (/[1-9]/.test(letter)) throw new Error(`no sample for back-references in /${this.#pattern}/`);
    const members = CLASSES[letter];
    return members === undefined ? () => letter : () => this.#pick([...members]);
  }

  #set(): () => string {
    const negated = this.#skip('^');
    const members = new Set<string>();
    while (!this.#skip(']')) {
      const from = this.#setMember();
      const isRange = this.#peek() === '-' && this.#pattern[this.#at + 1] !== ']';
      if (!isRange || from.length > 1) {
        for (const it of from) members.add(it);
        continue;
      }
      this.#take();
      const to = this.#setMember();
      for (let c = from.codePointAt(0) ?? 0; c <= (to.codePointAt(0) ?? 0); c += 1)
        members.add(String.fromCodePoint(c));
    }
    const choice = negated ? PRINTABLE.filter((it) => !members.has(it)) : [...members];
    return () => this.#pick(choice);
  }

  /** A character, or all members of a class such as `\d`. */
  #setMember(): string {
    const token = this.#take();
    if (token !== '\\') return token;
    const letter = this.#take();
    return CLASSES[letter] ?? letter;
  }

  #peek(): string | undefined {
    return this.#pattern[this.#at];
  }

  #take(): string {
    const token = String.fromCodePoint(this.#pattern.codePointAt(this.#at) ?? 0);
    this.#at += token.length;
    return token;
  }

  #skip(token: string): boolean {
    if (this.#peek() !== token) return false;
    this.#at += 1;
    return true;
  }

  #integer(min: number, max: number): number {
    return min + Math.floor(this.#source.next() * (max - min + 1));
  }

  #pick<T>(values: readonly T[]): T {
    return values[this.#integer(0, values.length - 1)] as T;
  }
}
