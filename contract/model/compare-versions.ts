/** Orders versions by their numbers: `1.9` before `1.10`. */
export function compareVersions(a: string, b: string): number {
  if (a === b) return 0;
  return NUMBERS.test(a) && NUMBERS.test(b)
    ? compareNumbers(a.split('.').map(Number), b.split('.').map(Number))
    : collator().compare(a, b);
}

/** What nearly all versions are. They need no collator, which takes as long to make as a contract to load. */
const NUMBERS = /^\d{1,15}(\.\d{1,15})*$/;

function compareNumbers(a: readonly number[], b: readonly number[]): number {
  const differing = a.findIndex((it, i) => it !== b[i]);
  if (differing < 0) return a.length - b.length;
  return a[differing]! - (b[differing] ?? -1);
}

let versions: Intl.Collator | undefined;

function collator(): Intl.Collator {
  versions ??= new Intl.Collator('en', { numeric: true });
  return versions;
}
