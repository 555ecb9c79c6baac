import type { JsonValue } from '../json/json-value.ts';
import type { SchemaObject } from '../keywords/schema.ts';
import type { Trail } from './instance-path.ts';

/**
 * Schema: JSON Schema itself. It says whether a value is what a schema wants (draft-07, 2019-09, 2020-12) and, where it
 * is not, what a person would point to. Schemas are interpreted, not compiled to code: a contract is checked once, with
 * a handful of examples, and compiling it would take longer than reading it.
 */

/** One reason why a value is not what a schema wants. */
export interface Fault {
  readonly trail: Trail;
  readonly value: JsonValue;
  /** The schema whose keyword is not satisfied. */
  readonly schema: SchemaObject;
  readonly problem: Problem;
}

/** What is wrong with a value, as data; `wordsFor` says it. */
export type Problem =
  | { readonly kind: 'type'; readonly expected: readonly string[] }
  /** One of these keys is needed; mostly there is but one. */
  | { readonly kind: 'missing-key'; readonly keys: readonly string[] }
  | { readonly kind: 'unknown-key'; readonly key: string; readonly known: readonly string[] }
  /** The value is none of those allowed (`enum`, `const`). */
  | { readonly kind: 'value'; readonly allowed: readonly JsonValue[] }
  | { readonly kind: 'pattern'; readonly pattern: string }
  | { readonly kind: 'format'; readonly format: string }
  /** The value is too small, too large, too short or too long: `expected` says what it should be. */
  | { readonly kind: 'bound'; readonly expected: string }
  | { readonly kind: 'duplicate-item'; readonly first: number; readonly second: number }
  | { readonly kind: 'key-name'; readonly key: string; readonly expected: string }
  /** A key is there that is only allowed in the company of another. */
  | { readonly kind: 'missing-company'; readonly key: string; readonly company: string }
  /** What stands here must not be here (`false`, `not`). */
  | { readonly kind: 'forbidden' }
  /** Several alternatives match where only one may (`oneOf`). */
  | { readonly kind: 'ambiguous'; readonly matches: readonly number[] }
  | { readonly kind: 'reference-expected' }
  | { readonly kind: 'reference-not-text' }
  | { readonly kind: 'reference-not-allowed' };
