import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mutate, mutationsOf, parses } from './mutations.ts';
import { type Mutant, mutantOf, sample } from './sample.ts';

describe('mutations of a text', () => {
  it.each([
    ['const a = b === c;', ['const a = b !== c;']],
    ['const a = b && c;', ['const a = b || c;']],
    ['const a = b < c;', ['const a = b <= c;']],
    ['if (a) b();', ['if (!(a)) b();', 'if (a) ;']],
    ['const a = b ? c : d;', ['const a = !(b) ? c : d;']],
    ['for (const a of b) continue;', ['for (const a of b) ;']],
    ['const a = [1, true];', ['const a = [(1 + 1), true];', 'const a = [1, false];']],
    ['const a = b.filter((it) => it.c).map(d);', ['const a = b.map(d);']],
    ['const a = (b as C)! + d;', ['const a = (b as C)! - d;']],
    // Text for people, types and imports are left alone.
    ["const a = 'two words';", []],
    ["type A = 'a' | 'b'; interface B { c: 1 }", []],
    ["import { a } from 'b';", []],
    ["const a = 'b' + c;", ["const a = '' + c;"]],
  ])('%s', (text, expected) => {
    expect(mutationsOf(text).map((it) => mutate(text, it))).toEqual(expected);
  });

  it('says which of them do not parse', () => {
    const text = 'const a = b ?? (c ?? d) ?? e;';
    expect(mutationsOf(text).map((it) => parses(text, it))).toContain(false);
  });

  it('each change exactly the place that they name', () => {
    const text = readFileSync(join(import.meta.dirname, 'mutations.ts'), 'utf8');
    const mutations = mutationsOf(text);
    expect(mutations.length).toBeGreaterThan(50);
    for (const it of mutations) {
      const changed = mutate(text, it);
      expect(changed).not.toBe(text);
      expect(changed.slice(0, it.start)).toBe(text.slice(0, it.start));
      expect(changed.slice(it.start + it.replacement.length)).toBe(text.slice(it.end));
    }
  });
});

describe('a sample', () => {
  const text = readFileSync(join(import.meta.dirname, 'mutations.ts'), 'utf8');
  const all = mutationsOf(text).map((it) => mutantOf('a.ts', text, it));
  const idsOf = (mutants: readonly Mutant[]) =>
    mutants.map(({ line, before, after }) => [line, before, after].join('\n'));

  it('is the same for the same seed, and another for another', () => {
    expect(idsOf(sample(all, 10, 1))).toEqual(idsOf(sample(all.toReversed(), 10, 1)));
    expect(idsOf(sample(all, 10, 1))).not.toEqual(idsOf(sample(all, 10, 2)));
  });

  it('keeps its other mutants when one is left out', () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat(9), (seed, gone) => {
        const before = sample(all, 10, seed);
        const after = sample(
          all.filter((it) => it !== before[gone]),
          10,
          seed,
        );
        const kept = idsOf(before.filter((_, index) => index !== gone));
        const missing = kept.filter((it) => !idsOf(after).includes(it));
        // The kinds take turns, so that the last one of a kind may make room.
        expect(missing.length).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('holds every kind of mutation', () => {
    const kinds = new Set(all.map((it) => it.mutation.kind));
    expect(new Set(sample(all, kinds.size, 1).map((it) => it.mutation.kind))).toEqual(kinds);
  });
});
