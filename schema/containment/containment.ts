/**
 * JSON Schema containment: does every instance of one schema validate against another? Decided by looking
 * for a value that the first allows and the second refuses; see docs/containment.md for the method.
 */
import type { JsonValue } from '../json/json-value.ts';
import type { Dialect } from '../keywords/schema.ts';

/** Whether every instance of a schema is an instance of another. */
export type Containment =
  /** Proved. */
  | { readonly kind: 'contained' }
  /** Refuted: Ajv accepts `witness` by the first schema and refuses it by the second. */
  | { readonly kind: 'not-contained'; readonly witness: JsonValue }
  /** Neither, for a `reason` that names the keyword or the bound that stands in the way. */
  | { readonly kind: 'undecided'; readonly reason: string };

/** How a decision reads the schemas and how long it may take. */
export interface ContainmentOptions {
  /** `assert` (default): formats refuse strings, as ajv-formats has it; `annotate`: they say nothing. */
  readonly formats?: 'assert' | 'annotate';
  /** The edition for a schema without `$schema`; by default the oldest that knows all its keywords. */
  readonly dialect?: Dialect;
  /** How many steps the search may take: the same verdict on every machine. Default {@link DEFAULT_STEPS}. */
  readonly steps?: number;
}

/** The default of {@link ContainmentOptions.steps}: some hundred milliseconds at worst. */
export const DEFAULT_STEPS = 300_000;
