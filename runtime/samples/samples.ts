import { withDates, withoutDates } from '../contract/dates.ts';
import type { Validator } from '../contract/validator.ts';
import { ContractViolationError, type Violation } from '../contract/violation.ts';
import { violationsOf } from '../contract/violations-of.ts';
import type { Wire } from '../contract/wire.ts';
import { type Neighbour, neighbourOf, type PointerInto } from './neighbour.ts';
import { type Sampler, sampler } from './sampler.ts';

/** Valid, made-up messages of one kind. */
export interface Samples<T> {
  /**
   * One message, with parts of your own in it; `undefined` leaves a part out. Throws `ContractViolationError` where no message
   * with these parts is valid: for those there is `invalid`. Without a seed each call makes another message, the same ones in the same
   * order in every run.
   */
  sample(overrides?: Overrides<T>, options?: { readonly seed?: number }): T;
  /** `count` messages that follow from the seed. */
  list(count: number, options?: { readonly seed?: number }): T[];
  /**
   * A message that is almost one of these: one place of a valid one is changed, so that the contract refuses it. Throws
   * when nothing that can be done at `at` makes it invalid.
   */
  invalid(options?: { readonly seed?: number; readonly at?: PointerInto<T> }): Neighbour;
  /** `count` of them that follow from the seed. */
  invalids(count: number, options?: { readonly seed?: number }): Neighbour[];
}

/** Any part of a message; lists and single values stand as they are given. */
export type Overrides<T> = T extends readonly unknown[] | string | Date | Uint8Array
  ? T
  : T extends object
    ? Parts<T>
    : T;

/** Under a name of its own, so that the compiler speaks of `Parts<PointsEarned>`. */
export type Parts<T> = { readonly [K in keyof T]?: Overrides<T[K]> | undefined };

/**
 * The samples that a way of making one gives. What a schema says across fields (no two items alike, at least one key) is
 * not made on purpose: a sample that does not meet it is made again from the next seed.
 * Bundlers are told that it does nothing by itself: of a file of samples, a page is given those that it uses.
 * @param name part of every seed, so that messages of two kinds do not share their ids
 */
/* @__NO_SIDE_EFFECTS__ */
export function samples<T>(name: string, make: (sampler: Sampler) => T, isValid: Validator<T>): Samples<T> {
  return samplesOf(name, make, isValid, (it) => it);
}

/**
 * As `samples`, of messages that code and wire know by different types.
 * @param make makes them as JSON carries them
 * @param isValid is asked of that
 * @param dates where text is a `Date` in code, as in `MessageContract`
 */
/* @__NO_SIDE_EFFECTS__ */
export function samplesFromWire<T>(
  name: string,
  make: (sampler: Sampler) => Wire<T>,
  isValid: Validator<unknown>,
  dates: readonly string[] = [],
): Samples<T> {
  return samplesOf(name, make, isValid as Validator<Wire<T>>, (wire) => withDates(dates, wire) as T);
}

function samplesOf<T, W>(
  name: string,
  make: (sampler: Sampler) => W,
  isValid: Validator<W>,
  read: (wire: W) => T,
): Samples<T> {
  const salt = hash(name);
  const written = (seed: number, parts?: unknown): W => {
    let violations: readonly Violation[] = [];
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const lifelike = attempt === 0 && (seed === FIRST || seed === STRIDE);
      const made = make(sampler(salt ^ (seed + attempt * RETRY_STRIDE), { lifelike }));
      const sample = parts === undefined ? made : (override(made, parts) as W);
      if (isValid(sample)) return sample;
      if (attempt === 0) violations = violationsOf(isValid.errors ?? [], sample);
    }
    if (parts === undefined) throw new Error(`none of ${ATTEMPTS} samples of ${name} met its schema`);
    throw new ContractViolationError(
      `${name} with these parts (invalid() makes what is refused)`,
      violations,
    );
  };
  const made = (seed: number, parts?: unknown): T => read(written(seed, parts));
  const invalid = (seed: number, at?: string): Neighbour => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const own = seed + attempt * RETRY_STRIDE;
      const found = neighbourOf(written(own), isValid, sampler(salt ^ ~own), at);
      if (found) return found;
    }
    throw new Error(`nothing that is done${at === undefined ? '' : ` at ${at}`} makes ${name} invalid`);
  };
  let calls = 0;
  return {
    sample(overrides, { seed } = {}) {
      calls += 1;
      return made(seed ?? calls * STRIDE, withoutDates(overrides));
    },
    list: (count, { seed = FIRST } = {}) => Array.from({ length: count }, (_, i) => made(seed + i * STRIDE)),
    invalid({ seed, at } = {}) {
      calls += 1;
      return invalid(seed ?? calls * STRIDE, at);
    },
    invalids: (count, { seed = FIRST } = {}) =>
      Array.from({ length: count }, (_, i) => invalid(seed + i * STRIDE)),
  };
}

const FIRST = 1;
/** Neighbouring seeds would give neighbouring messages; a large odd stride keeps them apart. */
const STRIDE = 0x9e3779b1;
const RETRY_STRIDE = 0x85ebca6b;
const ATTEMPTS = 200;

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) state = Math.imul(state ^ text.charCodeAt(i), 0x01000193);
  return state >>> 0;
}

function override(made: unknown, given: unknown): unknown {
  if (!isRecord(made) || !isRecord(given)) return given;
  const merged: Record<string, unknown> = { ...made };
  for (const [key, value] of Object.entries(given)) {
    if (value === undefined) delete merged[key];
    else merged[key] = override(made[key], value);
  }
  return merged;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
  );
}
