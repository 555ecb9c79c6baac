import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampler } from './sampler.ts';

const seeds = fc.nat(2 ** 31);

describe('a sampler', () => {
  it('tells of one person, one place and one currency', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const r = sampler(seed);
        const [first, last] = [r.word('firstName'), r.word('lastName')];
        expect(r.word('fullName')).toBe(`${first} ${last}`);
        expect(r.email()).toBe(`${first}.${last}@example.com`.toLowerCase());
        expect([r.word('city'), r.word('country')]).toEqual([r.word('city'), r.word('country')]);
        expect(r.word('currency')).toBe(r.word('currency'));
      }),
    );
  });

  it('lets time go forward', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const r = sampler(seed);
        const past = r.dateTime('earlier');
        const moments = [r.dateTime(), r.dateTime(), r.dateTime()];
        const future = r.dateTime('later');
        const times = [past, ...moments, future];
        expect(times).toEqual(times.toSorted());
        expect(times.every((it) => it.startsWith('2026-'))).toBe(true);
      }),
    );
  });

  it.each([
    ['^order_[A-Za-z0-9_]+$', undefined, undefined, /^order_\w{6,10}$/],
    ['^[A-Z][A-Z0-9_]{1,39}$', undefined, undefined, /^[A-Z][A-Z0-9_]{6,10}$/],
    ['^[a-z]+$', undefined, 4, /^[a-z]{1,4}$/],
    ['^[a-z]+$', 30, 40, /^[a-z]{30,40}$/],
    ['^[0-9]+\\.[0-9]{2}$', undefined, undefined, /^\d{2,3}\.\d\d$/],
    ['^[A-Z]{3}$', undefined, undefined, /^[A-Z]{3}$/],
    ['^[^a-zA-Z]{4}$', undefined, undefined, /^[^a-zA-Z]{4}$/],
    ['^P-\\d{8}$', undefined, undefined, /^P-\d{8}$/],
    ['^(a|b)*c?$', 0, 0, /^$/],
    ['^(?=.*[A-Z])(?=.*\\d)[A-Za-z\\d]{8,}$', undefined, 12, /^(?=.*[A-Z])(?=.*\d)\w{8,12}$/],
    ['^(?!000)\\d{3}(?<!9)$', undefined, undefined, /^(?!000)\d\d[0-8]$/],
    ['^(?<area>\\p{Lu}{2})-\\u0041\\x42$', undefined, undefined, /^\p{Lu}{2}-AB$/u],
  ])('makes text for %s from %s to %s that one can read and tell apart', (pattern, min, max, shape) => {
    for (let seed = 0; seed < 50; seed += 1) expect(sampler(seed).matching(pattern, min, max)).toMatch(shape);
  });

  it('says which pattern it cannot follow, and which length it cannot make', () => {
    expect(() => sampler(1).matching('^(a)\\1$')).toThrow('/^(a)\\1$/');
    expect(() => sampler(1).matching('^(?=b)a$')).toThrow('/^(?=b)a$/');
    expect(() => sampler(1).matching('^abc$', 5)).toThrow('/^abc$/');
  });
});
