import { fingerprint } from '../json/equal.ts';
import { isArray, isObject, type JsonValue, objectOf } from '../json/json-value.ts';

/** How many smaller values are put to the test, and how many values they may hold in all. */
const TRIALS = 300;
const VALUES = 100_000;

/**
 * A smaller value that still passes: members and items left out, long strings and far numbers replaced, as
 * long as each step passes. The value given must pass.
 */
export function shrink(value: JsonValue, passes: (smaller: JsonValue) => boolean | undefined): JsonValue {
  let best = value;
  let trials = Math.min(TRIALS, Math.floor(VALUES / sizeOf(value, VALUES)));
  for (let improved = true; improved; ) {
    improved = false;
    for (const candidate of smallerValues(best)) {
      if (trials-- <= 0) return best;
      if (passes(candidate) !== true) continue;
      best = candidate;
      improved = true;
      break;
    }
  }
  return best;
}

/** How many values a value holds, itself among them; counted no further than `most`, since parts may be shared. */
export function sizeOf(value: JsonValue, most = Infinity): number {
  const parts = isArray(value) ? value : isObject(value) ? Object.values(value) : [];
  let size = 1;
  for (const part of parts) {
    if (size > most) break;
    size += sizeOf(part, most - size);
  }
  return size;
}

/** Whether a value is nested in more than so many levels. */
export function isDeep(value: JsonValue, levels: number): boolean {
  const parts = isArray(value) ? value : isObject(value) ? Object.values(value) : [];
  return parts.some((part) => levels === 0 || isDeep(part, levels - 1));
}

/** Values one step simpler, the largest steps first. */
function* smallerValues(value: JsonValue): Iterable<JsonValue> {
  if (isObject(value)) {
    const members = Object.entries(value);
    for (const [name] of members) yield objectOf(members.filter(([other]) => other !== name));
    for (const [name, part] of members) {
      for (const smaller of smallerValues(part)) {
        yield objectOf(members.map(([other, kept]) => [other, other === name ? smaller : kept]));
      }
    }
  } else if (isArray(value)) {
    for (const i of value.keys()) yield value.filter((_, j) => j !== i);
    for (const [i, part] of value.entries())
      for (const smaller of smallerValues(part)) yield value.with(i, smaller);
  } else {
    for (const simple of typeof value === 'string' ? ['', 'a'] : typeof value === 'number' ? [0, 1] : []) {
      if (simple === value) return;
      if (fingerprint(simple).length <= fingerprint(value).length) yield simple;
    }
  }
}
