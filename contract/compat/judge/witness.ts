import { isObject, type JsonValue } from '../../source/index.ts';
import type { Decision } from './decide.ts';
import { judgeOf, type Refusal } from './refusal.ts';

/** A message that one side may send and the other refuses. */
export interface Witness {
  readonly part: 'payload' | 'headers';
  readonly value: JsonValue;
  readonly refusal: Refusal;
  /** Whether it is an example of the contract with the one place changed, or made from the schema alone. */
  readonly source: 'example' | 'schema';
}

/**
 * The message that proves a break, as people would like to see it: an example of the contract in which only the fault is
 * foreign, where there is such a one; else the smallest message that the engine found. Undefined where Ajv does not bear
 * out that the producer may write it and the consumer refuses it.
 */
export function witnessOf(
  { written, read }: Pick<Decision, 'written' | 'read'>,
  found: JsonValue,
  part: Witness['part'],
  examples: readonly JsonValue[],
): Witness | undefined {
  const [mayWrite, mustRead] = [judgeOf(written), judgeOf(read)];
  if (!mayWrite || !mustRead || mayWrite(found)) return undefined;
  const refusal = mustRead(found);
  if (!refusal) return undefined;
  for (const example of examples) {
    const value = graft(example, found, refusal);
    if (value === undefined || mayWrite(value)) continue;
    const again = mustRead(value);
    if (again && again.path.join('/') === refusal.path.join('/')) {
      return { part, value, refusal: again, source: 'example' };
    }
  }
  return { part, value: found, refusal, source: 'schema' };
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
