import { expect, it } from 'vitest';
import { durationText } from './durations.ts';

it.each([
  [1, '1 millisecond'],
  [1500, '1500 milliseconds'],
  [1000, '1 second'],
  [90_000, '90 seconds'],
  [60_000, '1 minute'],
  [1_800_000, '30 minutes'],
  [3_600_000, '1 hour'],
  [5_400_000, '90 minutes'],
  [86_400_000, '1 day'],
  [31_536_000_000, '365 days'],
])('%d ms are %s', (milliseconds, text) => {
  expect(durationText(milliseconds)).toBe(text);
});
