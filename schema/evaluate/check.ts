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
  readonly effort: Effort;
  /** The file that the value at hand stands in. */
  file: string;
}

/**
 * How much an evaluation has cost. Schemas that refer twice to schemas that refer twice cost as many visits as there are
 * ways through them; once there are many, what a definition said of a value is remembered.
 */
export interface Effort {
  /** Definitions that were visited, shared by all parts of an evaluation. */
  readonly spent: { visits: number };
  readonly verdicts: Map<Check, Map<JsonValue, boolean>>;
  /** By the place of the value: what has been reported is not reported again. */
  readonly reported: Map<Check, Map<Trail, boolean>>;
}

/** The effort of an evaluation that begins. */
export function noEffort(): Effort {
  return { spent: { visits: 0 }, verdicts: new Map(), reported: new Map() };
}

/** What a document's references lead to. */
export interface References {
  /** The definition behind a `$ref` that stands in a file, undefined where it does not resolve. */
  readonly follow: (ref: string, file: string) => Target | undefined;
  /** What has been found out about each object, so that nothing is judged or reported twice. */
  readonly judged: Map<Check, Map<object, boolean>>;
  readonly reported: Map<Check, Set<object>>;
  /** How many references lead from one to the next at the moment. */
  depth: number;
  /** What is too deep for the stack: taken to be right for now, and judged when all else is. */
  readonly waiting: Waiting[];
  /** The verdict is known, and its faults are told. */
  isTelling: boolean;
}

/** A part of a document that is still to be judged, and in which file it stands. */
export interface Waiting {
  readonly check: Check;
  readonly value: JsonValue;
  readonly trail: Trail;
  readonly file: string;
}

/** What a reference resolves to, and where it is written. */
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
