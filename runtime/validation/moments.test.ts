import { fullFormats } from 'ajv-formats/dist/formats.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateFormat, dateTimeFormat, timeFormat } from './index.ts';

const two = fc.integer({ min: 0, max: 62 }).map((n) => String(n).padStart(2, '0'));
const year = fc.constantFrom('2026', '2024', '1900', '2000', '26');
const date = fc.tuple(year, two, two).map((it) => it.join('-'));
const fraction = fc.constantFrom('', '.1', '.123456', '.');
const offset = fc.oneof(
  fc.constantFrom('Z', 'z', '+24:00', '-0130', '+01', ''),
  fc.tuple(fc.constantFrom('+', '-'), two, two).map(([sign, h, m]) => `${sign}${h}:${m}`),
);
const time = fc.oneof(
  fc.tuple(two, two, two, fraction, offset).map(([h, m, s, f, z]) => `${h}:${m}:${s}${f}${z}`),
  // Near the end of a day, where there are leap seconds.
  fc
    .tuple(
      fc.constantFrom('22', '23', '24', '00', '01'),
      fc.constantFrom('29', '30', '59', '60', '00'),
      fraction,
      offset,
    )
    .map(([h, m, f, z]) => `${h}:${m}:60${f}${z}`),
);
const dateTime = fc.tuple(date, fc.constantFrom('T', 't', ' ', '', 'TT'), time).map((it) => it.join(''));

describe('moments have the verdicts of ajv-formats in full', () => {
  it.each([
    ['date', dateFormat, date],
    ['time', timeFormat, time],
    ['date-time', dateTimeFormat, dateTime],
  ] as const)('%s', (name, { validate }, texts) => {
    const theirs = fullFormats[name] as unknown as { readonly validate: (text: string) => boolean };
    fc.assert(
      fc.property(fc.oneof(texts, fc.string()), (text) => {
        expect(validate(text)).toBe(theirs.validate(text));
      }),
      { numRuns: 10_000 },
    );
  });

  it('in the cases that matter', () => {
    const valid = ['2024-02-29T23:59:60Z', '2026-02-28 23:59:59.999Z', '2026-01-01T00:29:60+00:30'];
    const invalid = [
      '2026-02-29T00:00:00Z',
      '2026-02-30T00:00:00Z',
      '2026-01-31T10:30:60Z',
      '2026-01-31T10:30:00',
    ];
    expect(valid.map(dateTimeFormat.validate)).toEqual([true, true, true]);
    expect(invalid.map(dateTimeFormat.validate)).toEqual([false, false, false, false]);
  });
});
