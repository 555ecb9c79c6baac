import { type Sampler, sampler } from './sampler.ts';

/** Valid, made-up messages of one kind. */
export interface Samples<T> {
  /**
   * One message, with parts of your own in it. Without a seed each call makes another message, the same ones in the same
   * order in every run.
   */
  sample(overrides?: Overrides<T>, options?: { readonly seed?: number }): T;
  /** `count` messages that follow from the seed. */
  list(count: number, options?: { readonly seed?: number }): T[];
}

/** Any part of a message; lists and single values stand as they are given. */
export type Overrides<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { readonly [K in keyof T]?: Overrides<T[K]> }
    : T;

/** The samples that a way of making one gives. */
export function samples<T>(make: (sampler: Sampler) => T): Samples<T> {
  let calls = 0;
  return {
    sample(overrides, { seed } = {}) {
      calls += 1;
      const made = make(sampler(seed ?? calls * STRIDE));
      return overrides === undefined ? made : (override(made, overrides) as T);
    },
    list: (count, { seed = 1 } = {}) =>
      Array.from({ length: count }, (_, i) => make(sampler(seed + i * STRIDE))),
  };
}

/** Neighbouring seeds would give neighbouring messages; a large odd stride keeps them apart. */
const STRIDE = 0x9e3779b1;

function override(made: unknown, given: unknown): unknown {
  if (!isRecord(made) || !isRecord(given)) return given;
  const merged: Record<string, unknown> = { ...made };
  for (const [key, value] of Object.entries(given)) merged[key] = override(made[key], value);
  return merged;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
