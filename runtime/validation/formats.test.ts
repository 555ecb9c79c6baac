import { fullFormats } from 'ajv-formats/dist/formats.js';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formats } from './formats.ts';

const check = (format: unknown, text: string): boolean =>
  (format as { validate: (text: string) => boolean }).validate(text);

it('accepts of date-time what ajv-formats accepts in full', () => {
  const two = fc.integer({ min: 0, max: 62 }).map((n) => String(n).padStart(2, '0'));
  const moment = fc
    .tuple(
      fc.constantFrom('2026', '2024', '1900', '26'),
      two,
      two,
      fc.constantFrom('T', 't', ' ', ''),
      two,
      two,
      two,
      fc.constantFrom('', '.1', '.123456', '.'),
      fc.constantFrom('Z', 'z', '+02:00', '-23:59', '+24:00', ''),
    )
    .map(([y, mo, d, t, h, mi, s, f, z]) => `${y}-${mo}-${d}${t}${h}:${mi}:${s}${f}${z}`);
  fc.assert(
    fc.property(moment, (text) => {
      expect(check(formats['date-time'], text)).toBe(check(fullFormats['date-time'], text));
    }),
    { numRuns: 5000 },
  );
  expect(check(formats['date-time'], '2026-02-28T23:59:59.999Z')).toBe(true);
  expect(check(formats['date-time'], '2026-02-30T00:00:00Z')).toBe(false);
});
