import type { Random } from './random.ts';

/** How long a sample may be, in UTF-16 units. */
export interface MatchingLength {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

/**
 * Text that a regular expression accepts. What looks around is left out of the making and tried for: text is made until
 * the whole accepts it. What may be repeated at will is repeated some ten times, so that ids differ;
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
  const looks = LOOKS_AROUND.test(pattern);
  for (const repeats of [...inLoose, ...inExact]) {
    for (let tries = looks && !repeats.exactly ? MANY : SOME; tries > 0; tries -= 1) {
      const reader = new Reader(pattern, source, repeats);
      const made = embedded(reader.alternatives(), reader.ahead(), source);
      const isAccepted = reader.done() && accepts.test(made);
      if (isAccepted && made.length >= min && made.length <= max) return made;
      const longer = isAccepted ? lengthened(made, accepts, source, min) : undefined;
      if (longer !== undefined) return longer;
      if (!isAccepted && !looks) throw new Error(`no sample for /${pattern}/`);
    }
  }
  throw new Error(`no sample for /${pattern}/`);
}

/** Text in which, wherever, stands what a pattern looks ahead for. */
function embedded(text: string, ahead: readonly string[], source: Random): string {
  const characters = [...text];
  const wanted = ahead.join('');
  if (characters.length < wanted.length) return wanted;
  const places = characters.map((_, i) => i);
  for (const it of wanted) {
    const [place = 0] = places.splice(Math.floor(source.next() * places.length), 1);
    characters[place] = it;
  }
  return characters.join('');
}

/** Text with more before or behind it, where a pattern is open at that end. */
function lengthened(text: string, accepts: RegExp, source: Random, min: number): string | undefined {
  if (text.length >= min) return undefined;
  const letters = CLASSES.w?.slice(0, 26) ?? '';
  const more = Array.from(
    { length: min - text.length },
    () => letters[Math.floor(source.next() * letters.length)],
  ).join('');
  return [text + more, more + text].find((it) => accepts.test(it));
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
  t: '\t',
  n: '\n',
  r: '\r',
  f: '\f',
  v: '\v',
};

const PRINTABLE = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i));

const FEW = 3;
/** Of the branches of a pattern, chance finds those of the length that is asked for. */
const SOME = 8;
const MANY = 100;
const LOOKS_AROUND = /\(\?<?[=!]|\\[bB]/;

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
  readonly #ahead: (() => string)[] = [];
  #at = 0;

  constructor(pattern: string, source: Random, repeats: Repeats) {
    this.#pattern = pattern;
    this.#source = source;
    this.#repeats = repeats;
  }

  done(): boolean {
    return this.#at >= this.#pattern.length;
  }

  /** What is to come, in whatever place: of `(?=.*[A-Z])` a capital. Asked for once the pattern is read. */
  ahead(): string[] {
    return this.#ahead.map((it) => it());
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
    const [opening = '', look] = /^(?:\?:|(\?<?[=!])|\?<[^>]*>)/.exec(this.#pattern.slice(this.#at)) ?? [];
    this.#at += opening.length;
    const isAnywhere = look === '?=' && this.#skipAll(/^\.[*+]\??/);
    const branches = [this.#sequence()];
    while (this.#skip('|')) branches.push(this.#sequence());
    this.#skip(')');
    const made = () => this.#pick(branches)();
    if (isAnywhere) this.#ahead.push(made);
    return look === undefined ? made : () => '';
  }

  #escape(): () => string {
    const letter = this.#take();
    if (/[1-9k]/.test(letter)) throw new Error(`no sample for back-references in /${this.#pattern}/`);
    if (/b/i.test(letter)) return () => '';
    const members = [...this.#classOf(letter)];
    return () => this.#pick(members);
  }

  /** What an escape stands for, of which the letter has been taken. */
  #classOf(letter: string): string {
    const rest = this.#pattern.slice(this.#at);
    const [property] = (/p/i.test(letter) && /^\{[^}]*\}/.exec(rest)) || [];
    if (property !== undefined) {
      this.#at += property.length;
      const isMember = new RegExp(`\\${letter}${property}`, 'u');
      return [...PRINTABLE, ...'äéøß'].filter((it) => isMember.test(it)).join('');
    }
    const [code, hex] =
      (letter === 'x' && /^[0-9a-f]{2}/i.exec(rest)) ||
      (letter === 'u' && /^(?:[0-9a-f]{4}|\{([0-9a-f]+)\})/i.exec(rest)) ||
      [];
    if (code === undefined) return CLASSES[letter] ?? letter;
    this.#at += code.length;
    return String.fromCodePoint(Number.parseInt(hex ?? code, 16));
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
    return this.#classOf(this.#take());
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

  #skipAll(text: RegExp): boolean {
    const [found] = text.exec(this.#pattern.slice(this.#at)) ?? [];
    this.#at += found?.length ?? 0;
    return found !== undefined;
  }

  #integer(min: number, max: number): number {
    return min + Math.floor(this.#source.next() * (max - min + 1));
  }

  #pick<T>(values: readonly T[]): T {
    return values[this.#integer(0, values.length - 1)] as T;
  }
}
