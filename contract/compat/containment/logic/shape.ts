import type { Formula, JsonType } from './formula.ts';

/**
 * A set of JSON values: for each type, the formula that its values of that type satisfy. `null` has two
 * formulas only, `any` and `none`. Interned like formulas.
 */
export type Shape = { readonly id: number } & { readonly [type in JsonType]: Formula };
