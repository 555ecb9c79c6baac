import { CommandError } from '../exit.ts';

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of `90s`, `15m`, `2h`, `7d`. */
export function durationOf(option: string, text: string): number {
  const [, amount, unit = ''] = /^(\d+)([smhd])$/.exec(text) ?? [];
  const factor = UNITS[unit];
  if (amount === undefined || factor === undefined)
    throw new CommandError(`${option} ${text} is not a duration`, 'Durations are such as 90s, 15m, 2h, 7d.');
  return Number(amount) * factor;
}

/** `3 d`, `2 h`, `15 m`, `40 s`. */
export function ageText(milliseconds: number): string {
  const [unit, size] = Object.entries(UNITS).findLast(([, it]) => milliseconds >= it) ?? ['s', 1_000];
  return `${Math.max(0, Math.floor(milliseconds / size))} ${unit}`;
}

/** A whole number of at least one. */
export function limitOf(option: string, value: unknown): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < 1)
    throw new CommandError(`${option} ${value} is not a number`, `${option} is a whole number, 1 or more.`);
  return number;
}
