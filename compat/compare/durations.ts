import type { RetrySchedule } from '@chirograph/contract/model';

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

/** Milliseconds as people say them: `365 days`, `90 seconds`. */
export function durationText(milliseconds: number): string {
  const [unit, size] = UNITS.find(([, it]) => milliseconds >= it && milliseconds % it === 0) ?? [
    'millisecond',
    1,
  ];
  const n = milliseconds / size;
  return `${n} ${unit}${n === 1 ? '' : 's'}`;
}

/** `3 tries more within 31 seconds`. */
export function retryText(retry: RetrySchedule | undefined): string {
  if (retry === undefined) return 'no schedule of its own';
  const { delays } = retry;
  if (delays.length === 0) return 'no second try';
  const total = delays.reduce((sum, it) => sum + it, 0);
  return `${delays.length} further ${delays.length === 1 ? 'try' : 'tries'} within ${durationText(total)}`;
}
