/** What is on both sides, what is gone and what came. */
export interface Matched<T> {
  readonly both: readonly { readonly base: T; readonly head: T }[];
  readonly gone: readonly T[];
  readonly came: readonly T[];
}

/** Pairs what has one identity. Where several share it, they are paired in order. */
export function matchBy<T>(
  base: readonly T[],
  head: readonly T[],
  baseKey: (it: T) => string,
  headKey: (it: T) => string = baseKey,
): Matched<T> {
  const waiting = Map.groupBy(head, headKey);
  const both: { base: T; head: T }[] = [];
  const gone: T[] = [];
  for (const one of base) {
    const other = waiting.get(baseKey(one))?.shift();
    if (other === undefined) gone.push(one);
    else both.push({ base: one, head: other });
  }
  const left = new Set([...waiting.values()].flat());
  return { both, gone, came: head.filter((it) => left.has(it)) };
}

/** Pairs, among those that found no partner, what is alike in another way. */
export function matchRest<T>(
  { both, gone, came }: Matched<T>,
  key: (it: T) => string | undefined,
): Matched<T> {
  const keyed = (list: readonly T[]) => list.filter((it) => key(it) !== undefined);
  const again = matchBy(keyed(gone), keyed(came), (it) => key(it) ?? '');
  const paired = new Set(again.both.flatMap((it) => [it.base, it.head]));
  return {
    both: [...both, ...again.both],
    gone: gone.filter((it) => !paired.has(it)),
    came: came.filter((it) => !paired.has(it)),
  };
}
