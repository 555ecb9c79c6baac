/** Points that were credited together and lapse together. */
export interface Lot {
  /** What is left of them, at least 1. */
  readonly points: number;
  /** ISO 8601; absent for points that never lapse. */
  readonly expiresAt?: string | undefined;
  /** Whether the customer has been warned that they are about to lapse. */
  readonly warned?: boolean | undefined;
}

/** How long before points lapse their owner is warned, in milliseconds. */
export const WARNING = 7 * 86_400_000;

export function sumOf(lots: readonly Lot[]): number {
  return lots.reduce((sum, { points }) => sum + points, 0);
}

/** What is left when the oldest points are used first. Throws when there are not enough: decisions prevent that. */
export function withoutOldest(lots: readonly Lot[], points: number): readonly Lot[] {
  let wanted = points;
  const left: Lot[] = [];
  for (const lot of lots) {
    const used = Math.min(lot.points, wanted);
    wanted -= used;
    if (lot.points > used) left.push({ ...lot, points: lot.points - used });
  }
  if (wanted > 0) throw new Error(`${points} points were used and only ${points - wanted} were there`);
  return left;
}

/** Those whose time has come. `now`: milliseconds since 1970-01-01T00:00Z. */
export function dueLots(lots: readonly Lot[], now: number): readonly Lot[] {
  return lots.filter(({ expiresAt }) => expiresAt !== undefined && Date.parse(expiresAt) <= now);
}

/** Those of whose end their owner is to be warned by now, and has not been. */
export function lotsToWarnOf(lots: readonly Lot[], now: number): readonly Lot[] {
  return lots.filter(({ expiresAt, warned }) => {
    const end = expiresAt === undefined ? Number.POSITIVE_INFINITY : Date.parse(expiresAt);
    return !warned && end > now && end - WARNING <= now;
  });
}

/** When the next of them lapse, or are to be warned of: milliseconds since 1970-01-01T00:00Z, or never. */
export function nextMoment(lots: readonly Lot[]): number | undefined {
  const times = lots.flatMap(({ expiresAt, warned }) =>
    expiresAt === undefined ? [] : [Date.parse(expiresAt) - (warned ? 0 : WARNING)],
  );
  return times.length > 0 ? Math.min(...times) : undefined;
}
