/**
 * The versions of one thing as EventCatalog will show them, by what the contract says. They stay as written wherever
 * EventCatalog's rules (a pointer's version is a semver range; otherwise texts are compared) then do what the contract
 * means. Where they would not, as for `9.0` beside `10.0` or `1` beside `1.1`, all are filled up to three numbers.
 */
export function catalogVersions(versions: readonly string[]): ReadonlyMap<string, string> {
  const numbers = versions.map((version) => version.split('.'));
  const alike = numbers.every(
    (parts) =>
      parts.length === numbers[0]?.length && parts.every((it, i) => it.length === numbers[0]?.[i]?.length),
  );
  return new Map(versions.map((version) => [version, alike ? version : filledVersion(version)]));
}

/** A version of numbers filled up to three: `1` and `1.0` are both `1.0.0`. */
export function filledVersion(version: string): string {
  const parts = version.split('.');
  return /^\d+(\.\d+)*$/.test(version)
    ? [...parts, '0', '0'].slice(0, Math.max(3, parts.length)).join('.')
    : version;
}
