import { fingerprint } from '../json/equal.ts';
import { isObject, type JsonValue } from '../json/json-value.ts';
import type { Location } from '../json/location.ts';
import type { CheckingKeyword } from '../keywords/keyword-table.ts';
import type { JsonSchema, SchemaObject } from '../keywords/schema.ts';
import { isSchema } from '../keywords/subschemas.ts';
import { contains, counts, items } from './arrays.ts';
import { type Check, fail, into, type Keyword, noEffort, type References, type Run } from './check.ts';
import { allOf, anyOf, conditional, not, oneOf } from './combinators.ts';
import { documentFaults, MOST_DEPTH } from './document-faults.ts';
import { unevaluated } from './evaluated.ts';
import { GIVEN_UP } from './explain-alternatives.ts';
import { locationOf, type Trail, trailFrom } from './instance-path.ts';
import { dependents, names, properties, required } from './objects.ts';
import { format, lengths, numbers, patterns, type, values } from './scalars.ts';
import type { Fault } from './validation-error.ts';

/** Evaluates values against schemas. Checks are made on first use and kept for as long as the evaluator is. */
export interface Evaluator {
  readonly matches: (schema: JsonSchema, value: JsonValue) => boolean;
  /**
   * Why a value is not what a schema wants, each reason once; none where it is.
   * @param at where the value stands
   * @param references given for documents whose own `$ref`s are to be followed
   */
  readonly faultsOf: (
    schema: JsonSchema,
    value: JsonValue,
    at: Location,
    references?: References['follow'],
  ) => Fault[];
}

/**
 * @param resolve the schema behind a `$ref`; undefined counts as one that wants nothing
 * @param isSafe whether a pattern may be applied; by default, every one
 */
export function evaluator(
  resolve: (ref: string) => JsonSchema | undefined,
  isSafe: (pattern: string) => boolean = () => true,
): Evaluator {
  const compile = compiler(resolve, isSafe);
  const nowhere: Trail = trailFrom({ file: '', pointer: '' });
  return {
    matches: (schema, value) =>
      compile(schema)(value, nowhere, { faults: undefined, effort: noEffort(), file: '' }),
    faultsOf: (schema, value, at, follow) => {
      const check = compile(schema);
      const effort = noEffort();
      const faults: Fault[] = [];
      if (follow) {
        const root = { check, value, trail: trailFrom(at), file: at.file };
        faults.push(...documentFaults(root, follow, effort));
        if (faults.length === 0) return [];
      } else {
        if (check(value, nowhere, { faults: undefined, effort, file: at.file })) return [];
        check(value, trailFrom(at), { faults, effort, file: at.file });
      }
      const own = faults.filter((it) => it.schema !== GIVEN_UP);
      return distinct(own.length > 0 ? own : faults);
    },
  };
}

function compiler(
  resolve: (ref: string) => JsonSchema | undefined,
  isSafe: (pattern: string) => boolean,
): (schema: JsonSchema) => Check {
  const checks = new WeakMap<SchemaObject, Check>();
  const evaluated = unevaluated(resolve);
  const keywords: Keywords = {
    $dynamicRef: [],
    $recursiveRef: [],
    $ref: [(schema) => reference(schema, resolve, compile)],
    additionalItems: [items],
    additionalProperties: [properties],
    allOf: [allOf],
    anyOf: [anyOf],
    const: [values],
    contains: [contains],
    dependencies: [required, dependents],
    dependentRequired: [required],
    dependentSchemas: [dependents],
    enum: [values],
    exclusiveMaximum: [numbers],
    exclusiveMinimum: [numbers],
    format: [format],
    if: [conditional],
    items: [items],
    maxItems: [counts],
    maxLength: [lengths],
    maxProperties: [names],
    maximum: [numbers],
    minItems: [counts],
    minLength: [lengths],
    minProperties: [names],
    minimum: [numbers],
    multipleOf: [numbers],
    not: [not],
    oneOf: [oneOf],
    pattern: [patterns(isSafe)],
    patternProperties: [properties],
    prefixItems: [items],
    properties: [properties],
    propertyNames: [names],
    required: [required],
    // It is asked before all others; see `together`.
    type: [],
    unevaluatedItems: [evaluated],
    unevaluatedProperties: [evaluated],
    uniqueItems: [counts],
  };

  function compile(schema: JsonSchema): Check {
    if (typeof schema === 'boolean') return schema ? accept : reject;
    const known = checks.get(schema);
    if (known) return known;
    const check = followed(schema, together(schema, keywords, compile), resolve);
    checks.set(schema, check);
    return check;
  }
  return compile;
}

const accept: Check = () => true;
const reject: Check = (value, trail, run) => fail(run, {}, value, trail, { kind: 'forbidden' });

/** What each keyword is checked by; some are checked together. A dynamic reference is resolved when a schema is loaded. */
type Keywords = Readonly<Record<CheckingKeyword, readonly Keyword[]>>;

/** All keywords of a schema. A value of the wrong type is told nothing else. */
function together(schema: SchemaObject, keywords: Keywords, compile: (it: JsonSchema) => Check): Check {
  const ofType = type(schema, compile);
  const own = new Set(
    Object.keys(schema).flatMap((name) =>
      Object.hasOwn(keywords, name) ? keywords[name as CheckingKeyword] : [],
    ),
  );
  const checks = [...own].flatMap((keyword) => keyword(schema, compile) ?? []);
  return (value, trail, run) => {
    if (ofType && !ofType(value, trail, run)) return false;
    let holds = true;
    for (const check of checks) {
      if (check(value, trail, run)) continue;
      holds = false;
      if (!run.faults) return false;
    }
    return holds;
  };
}

/** `$ref`. What one definition makes of an object is remembered where documents may lead to it twice. */
function reference(
  schema: SchemaObject,
  resolve: (ref: string) => JsonSchema | undefined,
  compile: (it: JsonSchema) => Check,
): Check | undefined {
  const { $ref } = schema;
  if (typeof $ref !== 'string') return undefined;
  let target: Check | undefined;
  return (value, trail, run) => {
    target ??= leadsBack($ref, resolve) ? accept : compile(resolve($ref) ?? true);
    if (!run.references || typeof value !== 'object' || value === null)
      return visited(target, value, trail, run);
    return remembered(target, value, trail, run, run.references);
  };
}

/** So many definitions an ordinary value visits; a value that visits more takes some ways twice. */
const MANY_VISITS = 1000;

function visited(check: Check, value: JsonValue, trail: Trail, run: Run): boolean {
  const { spent, verdicts, reported } = run.effort;
  spent.visits += 1;
  if (spent.visits < MANY_VISITS) return check(value, trail, run);
  const known = run.faults
    ? entryOf<Trail>(reported, check, trail)
    : entryOf<JsonValue>(verdicts, check, value);
  return known.verdict ?? known.set(check(value, trail, run));
}

function entryOf<Key>(all: Map<Check, Map<Key, boolean>>, check: Check, key: Key) {
  const verdicts = all.get(check) ?? new Map<Key, boolean>();
  all.set(check, verdicts);
  return {
    verdict: verdicts.get(key),
    set: (verdict: boolean) => {
      verdicts.set(key, verdict);
      return verdict;
    },
  };
}

function remembered(
  check: Check,
  value: JsonValue & object,
  trail: Trail,
  run: Run,
  references: References,
): boolean {
  const { judged, reported } = references;
  const verdicts = judged.get(check) ?? new Map<object, boolean>();
  judged.set(check, verdicts);
  const verdict = verdicts.get(value);
  if (verdict === true || (verdict === false && !run.faults)) return verdict;
  if (run.faults) {
    const done = reported.get(check) ?? new Set();
    reported.set(check, done);
    if (done.has(value)) return false;
    done.add(value);
  }
  // Until it is known, an object that leads back to itself is taken to be right.
  if (references.depth < MOST_DEPTH || verdict === undefined) verdicts.set(value, true);
  if (references.depth >= MOST_DEPTH) {
    if (run.faults || !references.isTelling) references.waiting.push({ check, value, trail, file: run.file });
    return verdict ?? true;
  }
  const outcome = check(value, trail, run);
  verdicts.set(value, outcome);
  return outcome;
}

/** True for a `$ref` that comes back to itself without going into the value: it says nothing. */
function leadsBack(ref: string, resolve: (ref: string) => JsonSchema | undefined): boolean {
  const seen = new Set<string>();
  const visit = (schema: JsonSchema | undefined): boolean => {
    if (!schema || typeof schema === 'boolean') return false;
    if (typeof schema.$ref === 'string') {
      if (schema.$ref === ref) return true;
      if (!seen.has(schema.$ref)) {
        seen.add(schema.$ref);
        if (visit(resolve(schema.$ref))) return true;
      }
    }
    const beside = [
      schema.allOf,
      schema.anyOf,
      schema.oneOf,
      schema.not,
      schema.if,
      schema.then,
      schema.else,
    ];
    return beside.flat().some((it) => isSchema(it) && visit(it));
  };
  return visit(resolve(ref));
}

/**
 * Follows the document's own `$ref`s. Which places may hold one is said by the keyword `reference` of our tables
 * (`allowed` or `required`); a closed object elsewhere may not.
 */
function followed(
  schema: SchemaObject,
  check: Check,
  resolve: (ref: string) => JsonSchema | undefined,
): Check {
  const { reference: place } = schema;
  let closed: boolean | undefined;
  return (value, trail, run) => {
    if (!run.references) return check(value, trail, run);
    const ref = isObject(value) && Object.hasOwn(value, '$ref') ? value.$ref : undefined;
    if (ref === undefined) {
      const outcome = check(value, trail, run);
      return place === 'required' ? fail(run, schema, value, trail, { kind: 'reference-expected' }) : outcome;
    }
    if (typeof ref !== 'string') {
      if (place === undefined) return check(value, trail, run);
      return fail(run, schema, ref, into(run, trail, '$ref'), { kind: 'reference-not-text' });
    }
    closed ??= place === undefined && isClosed(schema, resolve);
    const allowed = !closed || fail(run, schema, value, trail, { kind: 'reference-not-allowed' });
    const target = run.references.follow(ref, run.file);
    if (!target) return allowed;
    const { file, references } = run;
    run.file = target.at.file;
    references.depth += 1;
    const outcome = check(target.value, run.faults ? trailFrom(target.at, trail) : trail, run);
    references.depth -= 1;
    run.file = file;
    return outcome && allowed;
  };
}

/** True for schemas of objects that know all their keys, and `$ref` is not among them. */
function isClosed(schema: JsonSchema, resolve: (ref: string) => JsonSchema | undefined): boolean {
  if (typeof schema === 'boolean') return false;
  if (typeof schema.$ref === 'string') return isClosed(resolve(schema.$ref) ?? true, resolve);
  if (Array.isArray(schema.allOf) && schema.allOf.some((it) => isSchema(it) && isClosed(it, resolve)))
    return true;
  const { properties: own, additionalProperties: others } = schema;
  return others === false && !(isObject(own) && Object.hasOwn(own, '$ref'));
}

/** Two keywords, or two ways to one value, may find the same fault. */
function distinct(faults: readonly Fault[]): Fault[] {
  const seen = new Map<string, Fault>();
  for (const fault of faults) {
    const { file, pointer } = locationOf(fault.trail);
    const key = `${file}#${pointer} ${fingerprint(fault.problem as unknown as JsonValue)}`;
    if (!seen.has(key)) seen.set(key, fault);
  }
  return [...seen.values()];
}
