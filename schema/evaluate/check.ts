import type { JsonValue } from '../json/json-value.ts';
import type { JsonSchema, SchemaObject } from '../keywords/schema.ts';
import type { Trail } from './instance-path.ts';
import type { Fault, Problem } from './validation-error.ts';

/** Looks at a value: true when it is what one schema, or one keyword of it, wants. */
export type Check = (value: JsonValue, trail: Trail, run: Run) => boolean;

/**
 * One evaluation. Without `faults` only the verdict is wanted: checks stop at the first fault and trails are not kept.
 */
export interface Run {
  readonly faults: Fault[] | undefined;
  /** For documents whose own `$ref`s are followed as they are read. */
  readonly references?: References;
  /** The file that the value at hand stands in. */
  file: string;
}

/** What a document's references lead to. */
export interface References {
  /** The definition behind a `$ref` that stands in a file, undefined where it leads nowhere. */
  readonly follow: (ref: string, file: string) => Target | undefined;
  /** What has been found out about each object, so that nothing is judged or reported twice. */
  readonly judged: Map<Check, Map<object, boolean>>;
  readonly reported: Map<Check, Set<object>>;
}

export interface Target {
  readonly value: JsonValue;
  readonly at: { readonly file: string; readonly pointer: string };
}

/** How keywords reach the schemas inside theirs. */
export type Compile = (schema: JsonSchema) => Check;

/** Makes the check of one or more keywords of a schema, undefined where it has none of them. */
export type Keyword = (schema: SchemaObject, compile: Compile) => Check | undefined;

/** Notes a fault where faults are wanted. Always false: the answer of the check that found it. */
export function fail(
  run: Run,
  schema: SchemaObject,
  value: JsonValue,
  trail: Trail,
  problem: Problem,
): boolean {
  run.faults?.push({ trail, value, schema, problem });
  return false;
}

/** The trail of a part, where trails are kept. */
export function into(run: Run, trail: Trail, key: string | number): Trail {
  return run.faults ? { parent: trail, key } : trail;
}

/** The same evaluation for its verdict alone. */
export function silently(run: Run): Run {
  return run.faults ? { ...run, faults: undefined } : run;
}
