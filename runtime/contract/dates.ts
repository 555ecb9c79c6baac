/**
 * A copy of a message off the wire in which text is dates, where its contract says so.
 * @param places JSON pointers, in which `*` stands for every item of a list, or every key of an object
 */
export function withDates(places: readonly string[] | undefined, wire: unknown): unknown {
  if (places === undefined || places.length === 0) return wire;
  return places.reduce((value, place) => revived(value, place.split('/').slice(1)), wire);
}

/** What JSON carries of a value: its dates as text (ISO 8601, UTC, milliseconds). What holds none is shared. */
export function withoutDates(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return value.map(withoutDates);
  return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, withoutDates(it)]));
}

function revived(value: unknown, path: readonly string[]): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return typeof value === 'string' ? dateOf(value) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return items.map((it, i) => (step === '*' || step === String(i) ? revived(it, rest) : it));
  }
  const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
  const entries = Object.entries(value);
  if (step !== '*' && !Object.hasOwn(value, name)) return value;
  return Object.fromEntries(
    entries.map(([key, it]) => [key, step === '*' || key === name ? revived(it, rest) : it]),
  );
}

/** An instant of RFC 3339. `Date` knows no leap seconds: one is the second after it. */
function dateOf(text: string): Date {
  const leap = /:60(?=[.Zz+-])/;
  const date = new Date(text.replace(leap, ':59').replace(' ', 'T').toUpperCase());
  return leap.test(text) ? new Date(date.getTime() + 1000) : date;
}
