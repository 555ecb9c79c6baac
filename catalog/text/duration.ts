const UNITS = [
  { unit: 'day', size: 86_400_000 },
  { unit: 'h', size: 3_600_000 },
  { unit: 'min', size: 60_000 },
  { unit: 's', size: 1000 },
  { unit: 'ms', size: 1 },
] as const;

/** Milliseconds in words: `365 days`, `1 h 30 min`, `25 s`. */
export function duration(milliseconds: number): string {
  let rest = milliseconds;
  const parts: string[] = [];
  for (const { unit, size } of UNITS) {
    const whole = unit === 'ms' ? rest : Math.floor(rest / size);
    rest -= whole * size;
    if (whole === 0) continue;
    parts.push(unit === 'day' && whole > 1 ? `${whole} days` : `${whole} ${unit}`);
  }
  return parts.join(' ') || '0 s';
}
