import { performance } from 'node:perf_hooks';
import { type JsonValue, overflows } from '../json/json-value.ts';
import type { JsonSchema } from '../keywords/schema.ts';
import type { Containment, ContainmentOptions } from './containment.ts';
import { decideContainment } from './decide-containment.ts';

/** BACKWARD: what `old` accepts, `new` accepts. FORWARD: the reverse. FULL: both. */
export type Mode = 'BACKWARD' | 'FORWARD' | 'FULL';

/** One question of a batch: two versions of a schema and the direction that matters. */
export interface Pair {
  readonly id: string;
  readonly old: JsonSchema;
  readonly new: JsonSchema;
  readonly mode: Mode;
}

/** The answer to a {@link Pair}; `ms` is wall-clock time. */
export type PairVerdict = { readonly id: string; readonly ms: number } & (
  | { readonly verdict: 'compatible' }
  | {
      readonly verdict: 'breaking';
      /** The direction that fails, and a value that one side accepts and the other refuses. */
      readonly direction: 'BACKWARD' | 'FORWARD';
      readonly witness: JsonValue;
    }
  | { readonly verdict: 'undecided'; readonly direction: 'BACKWARD' | 'FORWARD'; readonly reason: string }
);

/** How a question is read. */
export interface PairOptions extends ContainmentOptions {
  /** What is taken to be written under a schema: by default all that it allows. */
  readonly written?: (schema: JsonSchema) => JsonSchema;
}

/** Answers one question. In mode FULL a break in either direction outweighs an undecided other one. */
export function decidePair(pair: Pair, options: PairOptions = {}): PairVerdict {
  const started = performance.now();
  const verdict = verdictOf(pair, options);
  return { id: pair.id, ...verdict, ms: performance.now() - started };
}

type Verdict = PairVerdict extends infer Each
  ? Each extends unknown
    ? Omit<Each, 'id' | 'ms'>
    : never
  : never;

function verdictOf({ old, new: next, mode }: Pair, { written, ...options }: PairOptions): Verdict {
  const isRead = written && !overflows(old) && !overflows(next);
  const decided = (from: JsonSchema, to: JsonSchema) =>
    decideContainment(isRead ? written(from) : from, to, options);
  const backward = () => named('BACKWARD', decided(old, next));
  const forward = () => named('FORWARD', decided(next, old));
  if (mode === 'BACKWARD') return backward();
  if (mode === 'FORWARD') return forward();
  const first = backward();
  if (first.verdict === 'breaking') return first;
  const second = forward();
  return second.verdict === 'compatible'
    ? first
    : first.verdict === 'undecided' && second.verdict === 'undecided'
      ? first
      : second;
}

function named(direction: 'BACKWARD' | 'FORWARD', containment: Containment): Verdict {
  switch (containment.kind) {
    case 'contained':
      return { verdict: 'compatible' };
    case 'not-contained':
      return { verdict: 'breaking', direction, witness: containment.witness };
    case 'undecided':
      return { verdict: 'undecided', direction, reason: containment.reason };
  }
}
