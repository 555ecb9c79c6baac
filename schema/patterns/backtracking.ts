import { type PatternNode, parsePattern } from './parse-pattern.ts';
import { regExpOf } from './reg-exp.ts';

/** Beyond this many characters and copies a pattern is not looked into. */
const MAX_POSITIONS = 120;

/** A bounded repetition of more than this many rounds is as bad as an unbounded one. */
const MANY = 12;

const verdicts = new Map<string, boolean>();

/**
 * True when a matcher that tries one way after another may need time exponential in the length of the text: when a loop
 * can take the same text in two ways, and what follows the loop can fail. (Weideman et al., "Analyzing matching time
 * behavior of backtracking regular expression matchers by using ambiguity of NFA", CIAA 2016: exponential degree of
 * ambiguity.)
 */
export function backtracksExponentially(pattern: string): boolean {
  let verdict = verdicts.get(pattern);
  if (verdict === undefined) {
    verdict = /[*+{]/.test(pattern) && regExpOf(pattern) !== undefined && judge(pattern);
    verdicts.set(pattern, verdict);
  }
  return verdict;
}

function judge(pattern: string): boolean {
  const node = parsePattern(pattern);
  const automaton = node && build(node);
  return automaton !== undefined && isAmbiguous(automaton);
}

/** Glushkov's automaton: a state for each character of the pattern. */
interface Automaton {
  readonly characters: readonly Extract<PatternNode, { kind: 'character' }>[];
  /** `follow[p]` are the states that may come after p. */
  readonly follow: readonly Set<number>[];
  /** Steps that two loops offer at once, as `[from, to]`. */
  readonly doubled: (readonly [number, number])[];
  /** The states after which the whole pattern has matched. */
  readonly final: ReadonlySet<number>;
}

interface Fragment {
  readonly nullable: boolean;
  readonly first: readonly number[];
  readonly last: readonly number[];
}

function build(root: PatternNode): Automaton | undefined {
  const characters: Extract<PatternNode, { kind: 'character' }>[] = [];
  const follow: Set<number>[] = [];
  const doubled: [number, number][] = [];
  const connect = (from: readonly number[], to: readonly number[]) => {
    for (const p of from)
      for (const q of to) {
        if (follow[p]!.has(q)) doubled.push([p, q]);
        follow[p]!.add(q);
      }
  };
  const nothing: Fragment = { nullable: true, first: [], last: [] };

  const join = (a: Fragment, b: Fragment): Fragment => {
    connect(a.last, b.first);
    return {
      nullable: a.nullable && b.nullable,
      first: a.nullable ? [...a.first, ...b.first] : a.first,
      last: b.nullable ? [...a.last, ...b.last] : b.last,
    };
  };

  const visit = (node: PatternNode): Fragment => {
    if (characters.length > MAX_POSITIONS) return nothing;
    switch (node.kind) {
      case 'empty':
        return nothing;
      case 'character': {
        characters.push(node);
        follow.push(new Set());
        const position = characters.length - 1;
        return { nullable: false, first: [position], last: [position] };
      }
      case 'sequence':
        return node.parts.map(visit).reduce(join, nothing);
      case 'choice': {
        const options = node.options.map(visit);
        return {
          nullable: options.some((it) => it.nullable),
          first: options.flatMap((it) => it.first),
          last: options.flatMap((it) => it.last),
        };
      }
      case 'repeat':
        return repeat(node);
    }
  };

  const repeat = ({ part, min, max }: Extract<PatternNode, { kind: 'repeat' }>): Fragment => {
    if (max === 0) return nothing;
    if (max > MANY || min > MANY) {
      const inner = visit(part);
      connect(inner.last, inner.first);
      return min === 0 ? { ...inner, nullable: true } : inner;
    }
    return copies(part, min, max);
  };

  /** `x{1,3}` is `x(x(x)?)?`: a copy comes only after the one before it. */
  const copies = (part: PatternNode, min: number, max: number): Fragment => {
    let before = visit(part);
    const { first } = before;
    const ends = min <= 1 ? [...before.last] : [];
    for (let round = 2; round <= max; round += 1) {
      const next = visit(part);
      connect(before.last, next.first);
      before = next.nullable ? { ...next, last: [...before.last, ...next.last] } : next;
      if (round >= min) ends.push(...next.last);
    }
    return { nullable: min === 0 || before.nullable, first, last: ends };
  };

  const { last } = visit(root);
  return characters.length > MAX_POSITIONS
    ? undefined
    : { characters, follow, doubled, final: new Set(last) };
}

function isAmbiguous({ characters, follow, doubled, final }: Automaton): boolean {
  const n = characters.length;
  const overlap = characters.map((a) => characters.map((b) => a.matches.some((it, i) => it && b.matches[i])));
  const canFail = (state: number) => !final.has(state);
  if (doubled.some(([p, q]) => canFail(p) && reaches(follow, q, p))) return true;

  // Two walks through the same text, side by side. The diagonal is where they meet.
  const steps = (pair: number): number[] => {
    const [p, q] = [Math.floor(pair / n), pair % n];
    return [...follow[p]!].flatMap((a) =>
      [...follow[q]!].flatMap((b) => (overlap[a]![b] ? [a * n + b] : [])),
    );
  };
  const loops = Array.from({ length: n }, (_, p) => p).filter(
    (p) => canFail(p) && !characters[p]!.end && reaches(follow, p, p),
  );
  return loops.some((p) => {
    const meeting = p * n + p;
    const apart = [...reachable(meeting, steps)].filter((pair) => Math.floor(pair / n) !== pair % n);
    return apart.some((pair) => reachable(pair, steps).has(meeting));
  });
}

function reaches(follow: readonly Set<number>[], from: number, to: number): boolean {
  return from === to && follow[from]!.has(to) ? true : reachable(from, (it) => [...follow[it]!]).has(to);
}

/** All that can be reached in one step or more. */
function reachable(from: number, steps: (it: number) => number[]): Set<number> {
  const found = new Set<number>();
  const queue = [from];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const to of steps(next)) {
      if (found.has(to)) continue;
      found.add(to);
      queue.push(to);
    }
  }
  return found;
}
