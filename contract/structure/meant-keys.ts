import { isObject, type JsonObject, type JsonValue } from '@chirograph/schema';

/**
 * Misspelt keys, by the objects that have them: what stands under `mesages` is checked and read as the `messages` that
 * were meant, so that a person who corrects the key is not shown the next faults only then.
 */
let meantKeys = new WeakMap<object, Map<string, string>>();

/**
 * Forgets them: what a document is read as follows from its own check, and not from that of another one which shares a
 * file with it.
 */
export function forgetMeantKeys(): void {
  meantKeys = new WeakMap();
}

/** Takes a key of an object for a misspelt one. */
export function noteMeant(owner: JsonObject, key: string, meant: string): void {
  const known = meantKeys.get(owner) ?? new Map<string, string>();
  meantKeys.set(owner, known.set(meant, key));
}

/** The key at which something is written that an object should have at `key`: mostly this one. */
export function writtenKey(owner: JsonValue | undefined, key: string): string {
  if (!isObject(owner) || Object.hasOwn(owner, key)) return key;
  return meantKeys.get(owner)?.get(key) ?? key;
}

/** An object with its misspelt keys as they were meant. */
export function withMeantKeys(owner: JsonObject): JsonObject {
  const known = meantKeys.get(owner);
  if (!known) return owner;
  const meant = [...known].map(([key, written]): [string, JsonValue] => [key, owner[written]!]);
  return { ...owner, ...Object.fromEntries(meant) };
}
