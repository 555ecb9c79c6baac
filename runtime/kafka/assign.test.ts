import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assign, type Candidate, nameOf } from './assign.ts';

const topics = ['a', 'b'];
const counts = new Map([
  ['a', 6],
  ['b', 3],
]);
const all = topics.flatMap((topic) =>
  Array.from({ length: counts.get(topic) ?? 0 }, (_, partition) => ({ topic, partition })),
);

function member(id: string, more: Partial<Candidate> = {}): Candidate {
  return { id, topics, owned: [], generation: 1, refused: [], ...more };
}

/** Shares until nothing changes: each owner has given back by then what was to change hands. */
function settle(members: readonly Candidate[]): { shares: ReturnType<typeof assign>; rounds: number } {
  let now = members;
  for (let rounds = 1; ; rounds++) {
    const shares = assign(now, counts);
    const next = now.map((it) => ({ ...it, owned: shares.get(it.id) ?? [], generation: rounds + 1 }));
    if (rounds > 1 && placed(next) === placed(now)) return { shares, rounds };
    now = next;
    if (rounds > 10) throw new Error('it never settles');
  }
}

function placed(members: readonly Candidate[]): string {
  return JSON.stringify(members.map(({ owned }) => owned.map(nameOf).sort()));
}

const anyMembers = fc
  .array(
    fc.record({
      topics: fc.subarray(topics, { minLength: 1 }),
      owned: fc.subarray(all),
      generation: fc.nat(3),
      refused: fc.subarray(all).map((list) => list.map((it) => ({ ...it, at: 1 }))),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((list) => list.map((it, index) => member(`m${index}`, it)));

describe('sharing partitions', () => {
  it('gives none to two, none to those who do not read it, and none that another claims', () => {
    fc.assert(
      fc.property(anyMembers, (members) => {
        const shares = assign(members, counts);
        const given = [...shares].flatMap(([id, list]) => list.map((it) => [nameOf(it), id] as const));
        expect(new Set(given.map(([name]) => name)).size).toBe(given.length);
        for (const [name, id] of given) {
          const owner = members.find((it) => it.id === id);
          expect(owner?.topics).toContain(name.split('/')[0]);
          const latest = members
            .filter((it) => it.owned.some((one) => nameOf(one) === name))
            .sort((one, other) => other.generation - one.generation)[0];
          expect(latest === undefined || latest.generation === owner?.generation || latest.id === id).toBe(
            true,
          );
        }
      }),
    );
  });

  it('settles in two rounds, with everything given to somebody and nobody having two more than another', () => {
    fc.assert(
      fc.property(fc.nat(4), fc.subarray(all), (others, owned) => {
        const members = [
          member('m0', { owned }),
          ...Array.from({ length: others }, (_, n) => member(`m${n + 1}`)),
        ];
        const { shares, rounds } = settle(members);
        const sizes = [...shares.values()].map((list) => list.length);
        expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(all.length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        expect(rounds).toBeLessThanOrEqual(3);
      }),
    );
  });

  it('moves no more than it takes when a member comes', () => {
    const before = settle([member('m0'), member('m1')]).shares;
    const members = [...before].map(([id, owned]) => member(id, { owned }));
    const after = assign([...members, member('m2')], counts);
    for (const [id, owned] of before) {
      const kept = after.get(id)?.map(nameOf) ?? [];
      expect(owned.map(nameOf)).toEqual(expect.arrayContaining(kept));
      expect(kept.length).toBe(3);
    }
    expect(after.get('m2')).toEqual([]);
  });

  it('gives what a member refuses to one who does not', () => {
    const p = { topic: 'a', partition: 0 };
    const { shares } = settle([member('m0', { owned: [p], refused: [{ ...p, at: 1 }] }), member('m1')]);
    expect(shares.get('m1')?.map(nameOf)).toContain('a/0');
  });

  it('gives what all refuse to the one that refused it first', () => {
    const p = { topic: 'a', partition: 0 };
    const { shares } = settle([
      member('m0', { owned: [p], refused: [{ ...p, at: 5 }] }),
      member('m1', { refused: [{ ...p, at: 3 }] }),
    ]);
    expect(shares.get('m1')?.map(nameOf)).toContain('a/0');
  });
});
