/**
 * Samples: valid, made-up messages for tests and mocks. The same seed gives the same message on every machine.
 */

/** A source of numbers that depends on its seed alone (mulberry32). */
export interface Random {
  /** At least 0, less than 1. */
  next(): number;
}

export function random(seed: number): Random {
  let state = seed >>> 0;
  return {
    next() {
      state = (state + 0x6d2b79f5) >>> 0;
      let t = state;
      t = Math.imul(t ^ (t >>> 15), t | 1);
      t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
      return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
    },
  };
}
