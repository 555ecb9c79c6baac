import type { JsonValue } from '../../json/json-value.ts';

/** What a search for a value comes to. */
export type Outcome =
  | { readonly kind: 'found'; readonly value: JsonValue }
  /** Proved: there is no value. */
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown'; readonly reason: string };

export const NONE: Outcome = { kind: 'none' };

/** Why a search stops that ran out of steps. */
export const OUT_OF_BUDGET: Outcome = { kind: 'unknown', reason: 'the step budget is spent' };

/**
 * Tries choices in order until one is found. None only if each choice is proved to have none; an unknown
 * choice makes the whole unknown unless a later one is found.
 */
export function firstFound<Choice>(choices: Iterable<Choice>, attempt: (choice: Choice) => Outcome): Outcome {
  let result = NONE;
  for (const choice of choices) {
    const outcome = attempt(choice);
    if (outcome.kind === 'found') return outcome;
    if (outcome.kind === 'unknown') result = outcome;
    if (outcome === OUT_OF_BUDGET) return outcome;
  }
  return result;
}
