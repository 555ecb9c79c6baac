/**
 * Remembers what was worked out, by all that it was worked out from. What it gives is what would be made: without it,
 * the generators write the same bytes, later.
 */
export interface Memo {
  /** What was kept under this key, if anything was. */
  readonly recall: (key: string) => unknown;
  /** `value` can be written as JSON. */
  readonly keep: (key: string, value: unknown) => void;
}

/** Remembers nothing. */
export const NO_MEMO: Memo = { recall: () => undefined, keep: () => {} };

/**
 * Values by their keys: those remembered, and the others made in one go, since most of what is remembered is made more
 * cheaply together.
 */
export async function remembered<T>(
  memo: Memo,
  keys: readonly string[],
  make: (missing: readonly string[]) => ReadonlyMap<string, T> | Promise<ReadonlyMap<string, T>>,
): Promise<Map<string, T>> {
  const found = new Map<string, T>();
  for (const key of new Set(keys)) {
    const kept = memo.recall(key);
    if (kept !== undefined) found.set(key, kept as T);
  }
  const missing = [...new Set(keys)].filter((key) => !found.has(key));
  if (missing.length === 0) return found;
  for (const [key, value] of await make(missing)) {
    found.set(key, value);
    memo.keep(key, value);
  }
  return found;
}
