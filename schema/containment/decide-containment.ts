import { fingerprint } from '../json/equal.ts';
import { type JsonValue, overflows } from '../json/json-value.ts';
import { dialectOf, isDeclared, mixesEditions } from '../keywords/dialect.ts';
import type { Dialect, JsonSchema } from '../keywords/schema.ts';
import { upgraded } from '../keywords/upgrade.ts';
import { createLanguages } from '../patterns/language.ts';
import { createBudget } from './budget.ts';
import { type Containment, type ContainmentOptions, DEFAULT_STEPS, type Formats } from './containment.ts';
import { shapeOfValues } from './logic/constant.ts';
import type { Shape } from './logic/formula.ts';
import { createLogic, type Logic } from './logic/logic.ts';
import { createSatisfy } from './satisfy/satisfy.ts';
import { isDeep, shrink, sizeOf } from './shrink.ts';
import { readDocument } from './translate/document.ts';
import { createStrings } from './translate/strings.ts';
import { type Gaps, translate } from './translate/translate.ts';
import { unfoldsTooFar } from './unfolded.ts';
import { compileValidate, type Judged } from './verify.ts';

/** How many values that Ajv does not confirm are replaced by another one. */
const RETRIES = 6;

/** A larger witness helps nobody, and takes its time to be checked and written. */
const LARGEST = 3_000_000;

/** Of values nested deeper than this Ajv is not asked twice. */
const DEEPEST = 100;

const TOO_DEEP: Containment = { kind: 'undecided', reason: 'the schemas are nested too deeply' };

/**
 * Decides whether every instance of `sub` is an instance of `sup`. Both are whole documents: references are
 * followed inside each, never over the network. Pure and deterministic; throws only for a bug.
 */
export function decideContainment(
  sub: JsonSchema,
  sup: JsonSchema,
  options: ContainmentOptions = {},
): Containment {
  return guarded(() => {
    const question = questionOf(sub, sup, options);
    return 'kind' in question ? question : decide(question);
  });
}

/**
 * Whether it is proved that every instance of `sub` is one of `sup`: true exactly where {@link decideContainment} says
 * `contained`. Quicker where only that counts, since no witness is checked.
 */
export function isContained(sub: JsonSchema, sup: JsonSchema, options: ContainmentOptions = {}): boolean {
  const { kind } = guarded(() => {
    const question = questionOf(sub, sup, options);
    return 'kind' in question ? question : question.satisfy(question.difference);
  });
  return kind === 'contained' || kind === 'none';
}

function guarded<T>(decide: () => T): T | Containment {
  try {
    return decide();
  } catch (error) {
    if (error instanceof RangeError) return TOO_DEEP;
    throw error;
  }
}

/** What is to be decided: whether any value is in the difference of two schemas. */
interface Question {
  readonly sub: Judged;
  readonly sup: Judged;
  readonly logic: Logic;
  readonly satisfy: ReturnType<typeof createSatisfy>;
  readonly difference: Shape;
  readonly gaps: Gaps;
}

/** The question; its answer where there is nothing to search. */
function questionOf(
  first: JsonSchema,
  second: JsonSchema,
  options: ContainmentOptions,
): Question | Containment {
  if (overflows(first) || overflows(second))
    return { kind: 'undecided', reason: 'a number is too large for double precision' };
  if (fingerprint(first) === fingerprint(second)) return { kind: 'contained' };
  const [sub, sup] = [upgraded(first), upgraded(second)];
  const dialects = dialectsOf(sub, sup, options.dialect);
  if (dialects === undefined)
    return { kind: 'undecided', reason: 'a $schema is none of draft-04 to draft-07, 2019-09 and 2020-12' };
  if (mixesEditions(sub, dialects[0]) || mixesEditions(sup, dialects[1]))
    return { kind: 'undecided', reason: 'a part of a schema has another $schema than the whole' };
  const far = unfoldsTooFar(sub) ?? unfoldsTooFar(sup);
  if (far !== undefined) return { kind: 'undecided', reason: far };
  const asserts = dialects.map((it) => assertsFormats(it, options.formats ?? 'assert'));

  const logic = createLogic(createLanguages());
  const budget = createBudget(options.steps ?? DEFAULT_STEPS);
  const strings = asserts.map((it) => createStrings(logic, it));
  const gaps: Gaps = { opaque: [], bounded: [] };
  const allowed = translate(logic, strings[0]!, readDocument('sub', sub, dialects[0]), gaps);
  const required = translate(logic, strings[1]!, readDocument('sup', sup, dialects[1]), gaps);
  return {
    sub: { schema: sub, dialect: dialects[0], assertFormats: asserts[0]! },
    sup: { schema: sup, dialect: dialects[1], assertFormats: asserts[1]! },
    logic,
    satisfy: createSatisfy(logic, budget),
    difference: logic.both([allowed, logic.complement(required)]),
    gaps,
  };
}

function decide({ sub, sup, logic, satisfy, gaps, ...question }: Question): Containment {
  let { difference } = question;
  let confirm: Confirm | string | undefined;
  for (let retry = 0; retry <= RETRIES; retry++) {
    const outcome = satisfy(difference);
    if (outcome.kind === 'none' && retry === 0) return { kind: 'contained' };
    if (outcome.kind === 'unknown') return { kind: 'undecided', reason: outcome.reason };
    if (outcome.kind === 'none') break;
    if (sizeOf(outcome.value, LARGEST) > LARGEST)
      return { kind: 'undecided', reason: `a witness holds more than ${LARGEST} values` };
    confirm ??= confirmation(sub, sup);
    if (typeof confirm === 'string') return { kind: 'undecided', reason: gaps.opaque[0] ?? confirm };
    const separates = confirm(outcome.value);
    // With a reference in a circle Ajv gives up on every value, and takes its time; so it does at great depth.
    if (separates === undefined && gaps.opaque.length > 0) break;
    if (separates === undefined && isDeep(outcome.value, DEEPEST)) return TOO_DEEP;
    if (separates) return { kind: 'not-contained', witness: shrink(outcome.value, confirm) };
    difference = logic.both([difference, logic.complement(shapeOfValues(logic, [outcome.value]))]);
  }
  const [gap = 'Ajv confirms none of the values found'] = [...gaps.opaque, ...gaps.bounded];
  return { kind: 'undecided', reason: gap };
}

/** Whether Ajv accepts a value by one schema and refuses it by the other; undefined where Ajv gives up. */
type Confirm = (value: JsonValue) => boolean | undefined;

/** The confirmation by two schemas, or why there is none. */
function confirmation(sub: Judged, sup: Judged): Confirm | string {
  const accepts = compileValidate(sub);
  if (typeof accepts === 'string') return `Ajv cannot compile the first schema: ${accepts}`;
  const alsoAccepts = compileValidate(sup);
  if (typeof alsoAccepts === 'string') return `Ajv cannot compile the second schema: ${alsoAccepts}`;
  return (value) => {
    const [first, second] = [accepts(value), alsoAccepts(value)];
    return first === undefined || second === undefined ? undefined : first && !second;
  };
}

/** Whether a `format` refuses strings in schemas of a dialect. */
export function assertsFormats(dialect: Dialect, formats: Formats): boolean {
  return formats === 'assert' || (formats === 'dialect' && dialect === 'draft-07');
}

const EDITIONS: readonly Dialect[] = ['draft-07', '2019-09', '2020-12'];

/** The editions of both; an undeclared schema is read in the newer one of the two. */
function dialectsOf(
  sub: JsonSchema,
  sup: JsonSchema,
  fallback: Dialect | undefined,
): [Dialect, Dialect] | undefined {
  const [a, b] = [dialectOf(sub), dialectOf(sup)];
  if (a === undefined || b === undefined) return undefined;
  const newest = fallback ?? EDITIONS[Math.max(EDITIONS.indexOf(a), EDITIONS.indexOf(b))]!;
  return [isDeclared(sub) ? a : newest, isDeclared(sup) ? b : newest];
}
