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
  /** Whether a `format` refuses strings. Default: `assert`. */
  readonly formats?: Formats;
  /** The edition for a schema without `$schema`; by default the oldest that knows all its keywords. */
  readonly dialect?: Dialect;
  /** How many steps the search may take: the same verdict on every machine. Default {@link DEFAULT_STEPS}. */
  readonly steps?: number;
}

/**
 * What a `format` says of strings. `assert`: it refuses those that are not of it, as ajv-formats has it. `annotate`: nothing.
 * `dialect`: what the standard has as the rule for the schema's dialect: asserted up to draft-07, where validators may, and
 * an annotation since 2019-09 (validation, section 7.2).
 */
export type Formats = 'assert' | 'annotate' | 'dialect';

/** The default of {@link ContainmentOptions.steps}: some hundred milliseconds at worst. */
export const DEFAULT_STEPS = 300_000;
