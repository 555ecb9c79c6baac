/** A regular expression as far as its ways of matching go. */
export type PatternNode =
  /** One character; `matches[i]` for each of the sample characters. `end` stands for `$`, which no character is. */
  | { readonly kind: 'character'; readonly matches: readonly boolean[]; readonly end: boolean }
  /** What takes no character: anchors, look-around, back-references. */
  | { readonly kind: 'empty' }
  | { readonly kind: 'sequence'; readonly parts: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly options: readonly PatternNode[] }
  | { readonly kind: 'repeat'; readonly part: PatternNode; readonly min: number; readonly max: number };

/** One of each kind of character that patterns tell apart: all of ASCII, and some beyond. */
const SAMPLES = [
  ...Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)),
  'é',
  'Ж',
  '中',
  '\u2028',
  '\u00a0',
];

const EMPTY: PatternNode = { kind: 'empty' };

/** Reads a regular expression that is known to compile (ECMA-262, section 22.2.1). Undefined for what is not understood. */
export function parsePattern(pattern: string): PatternNode | undefined {
  let at = 0;

  const choice = (): PatternNode => {
    const options = [sequence()];
    while (pattern[at] === '|') {
      at += 1;
      options.push(sequence());
    }
    return options.length === 1 ? options[0]! : { kind: 'choice', options };
  };

  const sequence = (): PatternNode => {
    const parts: PatternNode[] = [];
    while (at < pattern.length && pattern[at] !== '|' && pattern[at] !== ')') parts.push(term());
    return parts.length === 1 ? parts[0]! : { kind: 'sequence', parts };
  };

  const term = (): PatternNode => {
    const part = atom();
    const quantifier = /^(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})\??/.exec(pattern.slice(at, at + 24));
    if (!quantifier) return part;
    at += quantifier[0].length;
    const [, symbol, least, comma, most] = quantifier;
    if (symbol) {
      const max = symbol === '?' ? 1 : Number.POSITIVE_INFINITY;
      return { kind: 'repeat', part, min: symbol === '+' ? 1 : 0, max };
    }
    const max = comma === undefined ? Number(least) : most ? Number(most) : Number.POSITIVE_INFINITY;
    return { kind: 'repeat', part, min: Number(least), max };
  };

  const atom = (): PatternNode => {
    const rest = pattern.slice(at);
    const head = pattern[at]!;
    if (head === '^') return skip(1);
    if (head === '$') {
      at += 1;
      return { kind: 'character', matches: SAMPLES.map(() => false), end: true };
    }
    if (head === '(') return group(rest);
    if (/^\\[bB]/.test(rest)) return skip(2);
    const reference = /^\\(?:[1-9]\d*|k<[^>]*>)/.exec(rest);
    if (reference) return skip(reference[0].length);
    const text =
      /^\[(?:\\.|[^\]\\])*\]/su.exec(rest)?.[0] ??
      /^\\(?:u\{[^}]*\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[pP]\{[^}]*\}|c[a-zA-Z]|.)/su.exec(rest)?.[0] ??
      /^./su.exec(rest)![0];
    at += text.length;
    return character(text);
  };

  const group = (rest: string): PatternNode => {
    const opening = /^\((?:\?(?:[:=!]|<[=!]|<[^>]*>))?/.exec(rest)![0];
    at += opening.length;
    const inner = choice();
    at += 1;
    return /^\(\?<?[=!]/.test(opening) ? EMPTY : inner;
  };

  const skip = (length: number): PatternNode => {
    at += length;
    return EMPTY;
  };

  const parsed = choice();
  return at >= pattern.length ? parsed : undefined;
}

function character(text: string): PatternNode {
  const expression = compile(text);
  return {
    kind: 'character',
    matches: SAMPLES.map((sample) => expression?.test(sample) ?? false),
    end: false,
  };
}

function compile(text: string): RegExp | undefined {
  for (const flags of ['u', '']) {
    try {
      return new RegExp(`^(?:${text})$`, flags);
    } catch {
      // A lone `]` or `}` stands for itself without the Unicode flag only.
    }
  }
  return undefined;
}
