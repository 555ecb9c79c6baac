import { fingerprint, isObject, type JsonValue } from '@chirograph/schema';

/** Whether two values of a keyword say the same, descriptions aside. */
export function isSame(one: JsonValue | undefined, other: JsonValue | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return fingerprint(essence(one)) === fingerprint(essence(other));
}

function essence(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map(essence);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).filter(
    ([key, it]) => !(DESCRIBING.has(key) && typeof it === 'string'),
  );
  return Object.fromEntries(entries.map(([key, it]) => [key, DATA.has(key) ? it : essence(it)]));
}

/** Texts about a schema, and keywords whose values are no schemas. */
const DESCRIBING = new Set(['title', 'description', '$comment']);
const DATA = new Set(['const', 'enum']);
