import type { Random } from './random.ts';

/** Text that a regular expression accepts. `+` and `*` are repeated a few times; what cannot be followed throws. */
export function matching(pattern: string, source: Random): string {
  const reader = new Reader(pattern, source);
  const made = reader.alternatives();
  if (!reader.done() || !new RegExp(pattern, 'u').test(made)) throw new Error(`no sample for /${pattern}/`);
  return made;
}

const CLASSES: Readonly<Record<string, string>> = {
  d: '0123456789',
  w: 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_',
  s: ' ',
  D: 'abcXYZ-',
  W: '-.!',
  S: 'abcXYZ019',
};

const PRINTABLE = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i));

/** Reads a pattern and writes text in one go. */
class Reader {
  readonly #pattern: string;
  readonly #source: Random;
  #at = 0;

  constructor(pattern: string, source: Random) {
    this.#pattern = pattern;
    this.#source = source;
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
    const atom = this.#atom();
    const [min, max] = this.#quantifier();
    return () => Array.from({ length: this.#integer(min, max) }, atom).join('');
  }

  #quantifier(): [number, number] {
    const [whole, symbol, low, comma, high] = /^(?:([?*+])|\{(\d+)(,(\d*))?\})\??/.exec(
      this.#pattern.slice(this.#at),
    ) ?? [''];
    this.#at += whole.length;
    if (symbol === '?') return [0, 1];
    if (symbol === '*') return [0, 3];
    if (symbol === '+') return [1, 4];
    if (low === undefined) return [1, 1];
    const min = Number(low);
    return [min, comma === undefined ? min : high ? Number(high) : min + 3];
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
