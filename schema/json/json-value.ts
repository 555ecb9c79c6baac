/**
 * JSON values and the equality of JSON Schema (numbers by value, objects
 * without order).
 */

/** A JSON value as `JSON.parse` returns it. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;

/** A JSON object; only its own enumerable members count. */
export interface JsonObject {
  readonly [name: string]: JsonValue;
}

/** Whether a JSON value is an object (not an array, not null). */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a JSON value is an array; unlike `Array.isArray` it keeps the element type of a readonly array. */
export function isArray(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** The own member `name` of an object, or undefined; never something inherited (`constructor`, `toString`). */
export function member(object: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/**
 * Whether a value holds a number that no JSON text can: what `JSON.parse` makes of `1e400`. Such a number has no
 * value that anything could be said about.
 */
export function overflows(value: JsonValue): boolean {
  if (typeof value === 'number') return !Number.isFinite(value);
  if (isArray(value)) return value.some(overflows);
  return isObject(value) && Object.values(value).some(overflows);
}

/** An object from its members, safe for the name `__proto__`, which an object literal would not hold. */
export function objectOf(members: Iterable<readonly [string, JsonValue]>): JsonObject {
  return Object.fromEntries(members);
}
