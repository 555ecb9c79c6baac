import { createHash } from 'node:crypto';
import type { Kind, Mutation } from './mutations.ts';

/** A mutation of a file, with the lines that it changes: what a person reads, and what tells it from others. */
export interface Mutant {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly mutation: Mutation;
  readonly before: string;
  readonly after: string;
}

/** A mutation that changes no behaviour, so that no test can see it. Lines are compared without indentation. */
export interface Equivalent {
  readonly file: string;
  readonly before: string;
  readonly after: string;
  readonly reason: string;
}

/** The mutation with the lines around it. `text` is the whole file. */
export function mutantOf(file: string, text: string, mutation: Mutation): Mutant {
  const from = text.lastIndexOf('\n', mutation.start - 1) + 1;
  const next = text.indexOf('\n', mutation.end);
  const to = next < 0 ? text.length : next;
  const before = text.slice(from, to);
  const { start, end, replacement } = mutation;
  const after = text.slice(from, start) + replacement + text.slice(end, to);
  return { file, line: text.slice(0, from).split('\n').length, mutation, before, after };
}

/**
 * `count` of the mutants, the same for the same seed, every kind in turn. A mutant's rank depends on itself alone: a change of one file, or
 * a new entry among the equivalent ones, leaves the others of the sample where they are.
 */
export function sample(
  mutants: readonly Mutant[],
  count: number,
  seed: number,
  isUsable: (mutant: Mutant) => boolean = () => true,
): Mutant[] {
  const rank = (it: Mutant) =>
    createHash('sha256').update([seed, it.file, it.before, it.after].join('\0')).digest('hex');
  const ranked = mutants.map((it) => ({ it, rank: rank(it) })).sort((a, b) => (a.rank < b.rank ? -1 : 1));
  const byKind: Map<Kind, Mutant[]> = Map.groupBy(
    ranked.map(({ it }) => it),
    (it) => it.mutation.kind,
  );
  const queues = [...byKind].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, queue]) => queue);
  const chosen: Mutant[] = [];
  for (let round = 0; chosen.length < count && queues.some((queue) => round < queue.length); round += 1) {
    for (const queue of queues) {
      const next = queue[round];
      if (next !== undefined && chosen.length < count && isUsable(next)) chosen.push(next);
    }
  }
  return chosen;
}

export function isEquivalent(mutant: Mutant, known: readonly Equivalent[]): boolean {
  return known.some(
    ({ file, before, after }) =>
      file === mutant.file && before.trim() === mutant.before.trim() && after.trim() === mutant.after.trim(),
  );
}
