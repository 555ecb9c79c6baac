import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withDates, withoutDates } from './dates.ts';
import { headersToText } from './headers-text.ts';
import { readHeaders } from './parse-headers.ts';

const instant = fc.date({
  min: new Date('0000-01-01T00:00:00Z'),
  max: new Date('9999-12-31T23:59:59.999Z'),
  noInvalidDate: true,
});
const two = (n: number) => String(Math.trunc(Math.abs(n))).padStart(2, '0');

/** RFC 3339 as others write it: any offset, any number of decimals, letters of either case. */
const rfc3339 = fc
  .tuple(
    instant,
    fc.integer({ min: -14 * 60, max: 14 * 60 }),
    fc.constantFrom('', '4', '999999'),
    fc.boolean(),
  )
  .map(([date, offset, decimals, isLower]) => {
    const local = new Date(date.getTime() + offset * 60_000);
    if (local.getUTCFullYear() < 0 || local.getUTCFullYear() > 9999)
      return { text: date.toISOString(), date };
    const zone = offset === 0 ? 'Z' : `${offset < 0 ? '-' : '+'}${two(offset / 60)}:${two(offset % 60)}`;
    const text = local.toISOString().replace('Z', `${decimals}${zone}`);
    return { text: isLower ? text.toLowerCase() : text, date };
  });

describe('dates', () => {
  it('are the instants that the text tells, to the millisecond, whatever its form', () => {
    fc.assert(
      fc.property(rfc3339, ({ text, date }) => {
        expect(withDates(['/at'], { at: text })).toEqual({ at: date });
      }),
    );
  });

  it('survive the wire', () => {
    const value = fc.record({
      at: instant,
      list: fc.array(fc.record({ on: instant, n: fc.integer() })),
      map: fc.dictionary(fc.string(), instant),
    });
    fc.assert(
      fc.property(value, (it) => {
        const wire = withoutDates(it);
        expect(JSON.stringify(wire)).toBe(JSON.stringify(it));
        expect(withDates(['/at', '/list/*/on', '/map/*'], wire)).toEqual({ ...it, map: { ...it.map } });
      }),
    );
  });

  it('know a leap second as the second after it', () => {
    expect(withDates([''], '2016-12-31T23:59:60.5Z')).toEqual(new Date('2017-01-01T00:00:00.500Z'));
  });

  it('are read from headers as from payloads', () => {
    const headers = { validate: (_: unknown): _ is unknown => true, dates: ['/sent-at'] };
    const read = readHeaders(
      { name: 'parcel.sent', version: '1.0', headers },
      { 'sent-at': '2026-01-01T00:00:00Z' },
    );
    expect(read).toEqual({ kind: 'headers', headers: { 'sent-at': new Date('2026-01-01T00:00:00Z') } });
    expect(headersToText({ 'sent-at': new Date('2026-01-01T00:00:00Z') })).toEqual({
      'sent-at': '2026-01-01T00:00:00.000Z',
    });
  });

  it('leave all else as it is', () => {
    const wire = { at: null, other: '2026-01-01T00:00:00Z', pair: ['2026-01-01T00:00:00Z', 'x'], 'a/b': 1 };
    expect(withDates(['/at/deep', '/missing', '/pair/0', '/a~1b/c'], wire)).toEqual({
      ...wire,
      pair: [new Date('2026-01-01T00:00:00Z'), 'x'],
    });
    expect(withDates(undefined, wire)).toBe(wire);
  });
});
