import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Described, extend } from './extend.ts';
import type { Declaration, Member, TypeNode } from './type-text.ts';

const TYPES = [
  'string',
  'number',
  'boolean',
  'unknown',
  'object',
  '"a"',
  '"b"',
  '1',
  'true',
  'Base0',
  'Alias',
];

const text = fc.constantFrom(...TYPES).map((it): TypeNode => ({ kind: 'text', text: it }));
const type: fc.Arbitrary<TypeNode> = fc.oneof(
  { weight: 4, arbitrary: text },
  fc.array(text, { minLength: 2, maxLength: 3 }).map((of) => ({ kind: 'union' as const, of })),
  text.map((of) => ({ kind: 'array' as const, of })),
  fc.constant<TypeNode>({
    kind: 'object',
    members: [
      { doc: undefined, key: '[k: string]', optional: false, type: { kind: 'text', text: 'unknown' } },
    ],
  }),
);
const member = (key: string): fc.Arbitrary<Member> =>
  fc.record({
    key: fc.constant(key),
    doc: fc.option(fc.constantFrom('One.', 'Two.'), { nil: undefined }),
    optional: fc.boolean(),
    type,
  });
const members = (keys: readonly string[]): fc.Arbitrary<Member[]> =>
  fc
    .tuple(...keys.map((it) => fc.option(member(it), { nil: undefined })))
    .map((them) => them.filter((it) => it !== undefined));

/** Two bases, one of which may add to the other, and a type that adds to some of them. */
const described: fc.Arbitrary<Described[]> = fc
  .tuple(members(['a', 'b', 'c']), members(['b', 'c', 'd']), members(['a', 'b', 'c', 'd', 'e']))
  .chain(([first, second, own]) =>
    fc.subarray(['Base0', 'Base1']).map(
      (bases) =>
        [
          {
            name: 'Alias',
            doc: undefined,
            type: { kind: 'union', of: ['"a"', '"b"'].map((it) => ({ kind: 'text', text: it }) as const) },
            bases: [],
          },
          { name: 'Base0', doc: undefined, type: { kind: 'object', members: first }, bases: [] },
          { name: 'Base1', doc: undefined, type: { kind: 'object', members: second }, bases: [] },
          { name: 'Own', doc: undefined, type: { kind: 'object', members: own }, bases },
        ] satisfies Described[],
    ),
  );

describe('extend', () => {
  it('declares the members that went in, whatever stands in a base', () => {
    fc.assert(
      fc.property(described, (types) => {
        const before = new Map(types.map((it) => [it.name, it.type]));
        const after = new Map(extend(types).map((it) => [it.name, it]));
        const shape = (it: readonly Member[]) =>
          it.map(({ key, optional, type }) => JSON.stringify([key, optional, type])).sort();
        const unfolded = membersOf(after.get('Own')!, after);
        const meant = before.get('Own')!;
        expect(shape(unfolded)).toEqual(shape(meant.kind === 'object' ? meant.members : []));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['"paid"', 'string', true],
    ['7', 'number', true],
    ['string', 'unknown', true],
    ['string', 'object', false],
    ['Date', 'string', false],
    ['number', '"paid"', false],
    ['"a"', 'Alias', true],
    ['"c"', 'Alias', false],
    ['Base0', 'object', true],
  ])(
    'takes a base with a member of which TypeScript sees that it is wider: %s for %s',
    (own, base, isTaken) => {
      const at = (text: string, optional = false): Member => ({
        key: 'at',
        doc: undefined,
        optional,
        type: { kind: 'text', text },
      });
      const declare = (name: string, member: Member, bases: readonly string[] = []): Described => ({
        name,
        doc: undefined,
        type: { kind: 'object', members: [member] },
        bases,
      });
      const alias = ['"a"', '"b"'].map((text) => ({ kind: 'text', text }) as const);
      const declared = extend([
        { name: 'Alias', doc: undefined, type: { kind: 'union', of: alias }, bases: [] },
        declare('Base0', at('string')),
        declare('Base', at(base)),
        declare('Own', at(own), ['Base']),
      ]);
      const without = isTaken ? [] : ['at'];
      expect(declared.at(-1)?.extends).toEqual([{ name: 'Base', without }]);
    },
  );

  it('repeats nothing that a base says, words included', () => {
    const id: Member = {
      key: 'id',
      doc: 'Identifies it.',
      optional: false,
      type: { kind: 'text', text: 'string' },
    };
    const kind: Member = { ...id, key: 'kind', doc: 'What it is.' };
    const narrowed: Member = { ...kind, type: { kind: 'text', text: '"paid"' } };
    const [, own] = extend([
      { name: 'Envelope', doc: undefined, type: { kind: 'object', members: [id, kind] }, bases: [] },
      {
        name: 'Paid',
        doc: undefined,
        type: { kind: 'object', members: [id, narrowed] },
        bases: ['Envelope'],
      },
    ]);
    expect(own).toMatchObject({
      type: { members: [{ key: 'kind', doc: undefined }] },
      extends: [{ name: 'Envelope', without: [] }],
    });
  });
});

/** What TypeScript makes of a declaration: its own members, and of its bases those that it neither has nor leaves out. */
function membersOf(it: Declaration, types: ReadonlyMap<string, Declaration>): Member[] {
  if (it.type.kind === 'text') return membersOf(types.get(it.type.text)!, types);
  const own = it.type.kind === 'object' ? it.type.members : [];
  const found = new Map(own.map((member) => [member.key, member]));
  for (const { name, without } of it.extends ?? []) {
    for (const member of membersOf(types.get(name)!, types))
      if (!without.includes(member.key) && !found.has(member.key)) found.set(member.key, member);
  }
  return [...found.values()];
}
