import { type Part, type Violation, violationsOf } from '@chirograph/runtime';
import type { Sampler } from '@chirograph/runtime/samples';
import { isObject, type JsonValue } from '@chirograph/schema';
import { isEnvelope } from '../compose/facts.ts';
import type { KnownMessage } from '../contracts/contracts.ts';

export interface Corrupted {
  readonly payload: JsonValue;
  /** What is now wrong with it; at least one. */
  readonly violations: readonly Violation[];
}

/**
 * An invalid neighbour of a valid payload: one place of it is changed so that the schema refuses it. The envelope stays
 * whole, so that consumers know what they refuse. Undefined where every change is allowed.
 */
export function corrupt(known: KnownMessage, payload: JsonValue, sampler: Sampler): Corrupted | undefined {
  const places = shuffled(placesIn(known, payload, []), sampler);
  for (const path of places) {
    for (const change of shuffled(CHANGES, sampler)) {
      const changed = changedAt(payload, path, change);
      if (known.contract.validate(changed)) continue;
      return { payload: changed, violations: violationsOf(known.contract.validate.errors ?? [], changed) };
    }
  }
  return undefined;
}

/** A change of one value; undefined takes it away. */
type Change = (value: JsonValue) => JsonValue | undefined;

const CHANGES: readonly Change[] = [
  () => undefined,
  () => null,
  (value) => (typeof value === 'string' ? 0 : JSON.stringify(value)),
  (value) => (typeof value === 'number' ? -value - 0.5 : typeof value === 'string' ? '' : [value]),
  (value) => (typeof value === 'string' ? `${value} ?` : typeof value === 'number' ? 1e21 : false),
];

type Path = readonly (string | number)[];

/** Every place below the root that is not the envelope's. */
function placesIn(known: KnownMessage, value: JsonValue, path: Path): Path[] {
  const children: [string | number, JsonValue][] = Array.isArray(value)
    ? [...(value as readonly JsonValue[]).entries()]
    : isObject(value)
      ? Object.entries(value)
      : [];
  return children.flatMap(([key, child]): Path[] => {
    const here = [...path, key];
    if (isEnvelope(known, here.map(String))) return [];
    const inner = placesIn(known, child, here);
    return holdsEnvelope(known, here) ? inner : [here, ...inner];
  });
}

function holdsEnvelope({ contract }: KnownMessage, path: Path): boolean {
  return Object.values(contract.envelope).some(
    (part: Part) => part.in === 'payload' && path.every((it, i) => String(it) === part.path[i]),
  );
}

function changedAt(value: JsonValue, [key, ...rest]: Path, change: Change): JsonValue {
  if (key === undefined) return value;
  if (Array.isArray(value)) {
    const items = value as readonly JsonValue[];
    return items.flatMap((it, i) => (i === key ? replaced(it, rest, change) : [it]));
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, it]) =>
      name === key ? replaced(it, rest, change).map((made) => [name, made]) : [[name, it]],
    ),
  );
}

/** One value, or none. */
function replaced(value: JsonValue, rest: Path, change: Change): JsonValue[] {
  if (rest.length > 0) return [changedAt(value, rest, change)];
  const made = change(value);
  return made === undefined ? [] : [made];
}

function shuffled<T>(values: readonly T[], sampler: Sampler): T[] {
  const left = [...values];
  const order: T[] = [];
  while (left.length > 0) order.push(...left.splice(sampler.integer(0, left.length - 1), 1));
  return order;
}
