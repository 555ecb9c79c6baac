import { isObject, type JsonValue } from '@chirograph/schema';
import { type Judge, type Refusal, refusalAbout } from './refusal.ts';

/** A message that one side may send and the other refuses. */
export interface Witness {
  readonly part: 'payload' | 'headers';
  readonly value: JsonValue;
  readonly refusal: Refusal;
  /** Whether it is an example of the contract with the one place changed, or made from the schema alone. */
  readonly source: 'example' | 'schema';
}

/** What a value must stand to prove a break: one side may write it, the other refuses it. */
export interface WitnessCheck {
  readonly part: Witness['part'];
  /** Examples of the contract of the side that writes. */
  readonly examples: readonly JsonValue[];
  /** Undefined where Ajv cannot compile the schema. */
  readonly mayWrite: () => Judge | undefined;
  readonly mustRead: () => Judge | undefined;
  /** The names of the fields that a refusal should be about, where there are several. */
  readonly about?: readonly string[];
}

/**
 * The message that proves a break, as people would like to see it: an example of the contract in which only the fault is
 * foreign, where there is such a one; else the value found. Undefined where neither stands the check.
 * @param refusal why the value was refused, where it is only a part of a message and cannot be tried itself
 */
export function witnessFrom(check: WitnessCheck, found: JsonValue, refusal?: Refusal): Witness | undefined {
  const [mayWrite, mustRead] = [check.mayWrite(), check.mustRead()];
  if (!mayWrite || !mustRead) return undefined;
  const accepts = (value: JsonValue) => mayWrite(value).length === 0;
  const refuses = (value: JsonValue) => refusalAbout(mustRead(value), check.about ?? []);
  const own = accepts(found) ? refuses(found) : undefined;
  const fault = refusal ?? own;
  if (!fault) return undefined;
  const { part } = check;
  for (const example of check.examples) {
    const value = graft(example, found, fault);
    if (value === undefined || !accepts(value)) continue;
    const again = refuses(value);
    if (again && again.path.join('/') === fault.path.join('/')) {
      return { part, value, refusal: again, source: 'example' };
    }
  }
  return own && { part, value: found, refusal: own, source: 'schema' };
}

/** An example with what is refused in its place: a value, a property too many, or one too few. */
function graft(
  example: JsonValue,
  found: JsonValue,
  { path, keyword, property }: Refusal,
): JsonValue | undefined {
  if (property === undefined) return put(example, path, valueAt(found, path));
  if (keyword === 'required' || keyword === 'dependencies' || keyword === 'dependentRequired') {
    return put(example, [...path, property], undefined);
  }
  return put(example, [...path, property], valueAt(found, [...path, property]));
}

/** A copy with the value at a path replaced, or removed where it is undefined. Undefined where the path leads nowhere. */
function put(
  value: JsonValue,
  [step, ...rest]: readonly string[],
  next: JsonValue | undefined,
): JsonValue | undefined {
  if (step === undefined) return next;
  if (Array.isArray(value)) {
    const list = value as readonly JsonValue[];
    const child = list[Number(step)];
    const changed = child === undefined ? undefined : put(child, rest, next);
    return changed === undefined ? undefined : list.with(Number(step), changed);
  }
  if (!isObject(value)) return undefined;
  if (rest.length === 0) {
    const others = Object.entries(value).filter(([name]) => name !== step);
    return next === undefined ? Object.fromEntries(others) : { ...value, [step]: next };
  }
  const child = value[step];
  const changed = child === undefined ? undefined : put(child, rest, next);
  return changed === undefined ? undefined : { ...value, [step]: changed };
}

function valueAt(value: JsonValue, path: readonly string[]): JsonValue | undefined {
  let here: JsonValue | undefined = value;
  for (const step of path) {
    if (Array.isArray(here)) here = (here as readonly JsonValue[])[Number(step)];
    else here = isObject(here) && Object.hasOwn(here, step) ? here[step] : undefined;
  }
  return here;
}
