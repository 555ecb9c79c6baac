import avsc from 'avsc';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAvro } from './avro-type.ts';
import { mismatchesOf } from './resolve.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

function typeOf(schema: Json) {
  const reading = readAvro(schema);
  if (reading.kind === 'invalid') throw new Error(reading.reason);
  return reading.type;
}

function resolve(writer: Json, reader: Json) {
  return mismatchesOf(typeOf(writer), typeOf(reader));
}

const record = (...fields: readonly Json[]): Json => ({ type: 'record', name: 'shop.R', fields });
const decimal = (precision: number, scale: number, type: Json = 'bytes'): Json => ({
  type,
  logicalType: 'decimal',
  precision,
  scale,
});

/** Rows of "Schema Resolution" and "Aliases" of Avro 1.11. */
const RULES: readonly (readonly [string, Json, Json, boolean])[] = [
  ['int is read as long', 'int', 'long', true],
  ['int is read as float', 'int', 'float', true],
  ['int is read as double', 'int', 'double', true],
  ['long is read as float', 'long', 'float', true],
  ['float is read as double', 'float', 'double', true],
  ['string is read as bytes', 'string', 'bytes', true],
  ['bytes are read as string', 'bytes', 'string', true],
  ['long is not read as int', 'long', 'int', false],
  ['double is not read as float', 'double', 'float', false],
  ['boolean is not read as int', 'boolean', 'int', false],
  [
    'records match by name',
    { type: 'record', name: 'A', fields: [] },
    { type: 'record', name: 'B', fields: [] },
    false,
  ],
  [
    'the namespace does not matter',
    { type: 'record', name: 'a.A', fields: [] },
    { type: 'record', name: 'b.A', fields: [] },
    true,
  ],
  [
    'an alias of the reader is a name, in its namespace',
    { type: 'record', name: 'shop.A', fields: [] },
    { type: 'record', name: 'B', namespace: 'shop', aliases: ['A'], fields: [] },
    true,
  ],
  [
    'an alias of the writer is none',
    { type: 'record', name: 'A', aliases: ['B'], fields: [] },
    { type: 'record', name: 'B', fields: [] },
    false,
  ],
  ['a field that only the writer has is skipped', record({ name: 'a', type: 'int' }), record(), true],
  ['a field that only the reader has needs a default', record(), record({ name: 'a', type: 'int' }), false],
  ['a default is taken', record(), record({ name: 'a', type: 'int', default: 0 }), true],
  ['null is a default', record(), record({ name: 'a', type: ['null', 'int'], default: null }), true],
  [
    'fields have aliases',
    record({ name: 'a', type: 'int' }),
    record({ name: 'b', type: 'long', aliases: ['a'] }),
    true,
  ],
  [
    'enums match by name',
    { type: 'enum', name: 'A', symbols: ['X'] },
    { type: 'enum', name: 'B', symbols: ['X'] },
    false,
  ],
  [
    'a symbol that the reader does not know is an error',
    { type: 'enum', name: 'A', symbols: ['X', 'Y'] },
    { type: 'enum', name: 'A', symbols: ['X'] },
    false,
  ],
  [
    'unless its enum has a default',
    { type: 'enum', name: 'A', symbols: ['X', 'Y'] },
    { type: 'enum', name: 'A', symbols: ['X'], default: 'X' },
    true,
  ],
  [
    'fixed match by size',
    { type: 'fixed', name: 'F', size: 8 },
    { type: 'fixed', name: 'F', size: 16 },
    false,
  ],
  ['a union takes what one of its branches takes', 'int', ['null', 'long'], true],
  ['every branch of a writer is read', ['null', 'int'], 'int', false],
  ['a union of one branch may be read without it', ['int'], 'long', true],
  ['items are read as items', { type: 'array', items: 'long' }, { type: 'array', items: 'int' }, false],
  ['values are read as values', { type: 'map', values: 'int' }, { type: 'map', values: 'long' }, true],
  ['decimals match by precision and scale', decimal(10, 2), decimal(10, 2), true],
  ['decimals of another scale do not', decimal(10, 2), decimal(10, 4), false],
  ['decimals of another precision do not', decimal(10, 2), decimal(12, 2), false],
  ['a decimal that is none is bytes', decimal(2, 4), decimal(10, 2), true],
  [
    'nor do those of fixed',
    decimal(4, 2, { type: 'fixed', name: 'F', size: 8 }),
    decimal(4, 1, { type: 'fixed', name: 'F', size: 8 }),
    true,
  ],
  [
    'other logical types are left to the type below',
    { type: 'long', logicalType: 'timestamp-millis' },
    'long',
    true,
  ],
];

describe('schema resolution', () => {
  it.each(RULES)('%s', (_, writer, reader, isRead) => {
    expect(resolve(writer, reader).length === 0).toBe(isRead);
  });

  it('shows each mismatch with a value of the writer', () => {
    const writer = record(
      { name: 'id', type: 'string' },
      {
        name: 'lines',
        type: {
          type: 'array',
          items: { type: 'record', name: 'L', fields: [{ name: 'n', type: 'double' }] },
        },
      },
    );
    const reader = record(
      { name: 'id', type: 'string' },
      {
        name: 'lines',
        type: { type: 'array', items: { type: 'record', name: 'L', fields: [{ name: 'n', type: 'float' }] } },
      },
      { name: 'vat', type: 'int' },
    );
    expect(resolve(writer, reader)).toMatchObject([
      {
        field: ['lines', '[]', 'n'],
        value: { id: '', lines: [{ n: 0.1 }] },
        refusal: { path: ['lines', '0', 'n'], message: 'double is not read as float' },
      },
      { field: ['vat'], value: { id: '', lines: [] }, refusal: { path: [], property: 'vat' } },
    ]);
  });

  it('ends where a type contains itself', () => {
    const tree = (type: Json): Json => ({
      type: 'record',
      name: 'Tree',
      fields: [
        { name: 'value', type },
        { name: 'left', type: ['null', 'Tree'] },
        { name: 'more', type: { type: 'array', items: 'Tree' } },
      ],
    });
    expect(resolve(tree('int'), tree('long'))).toEqual([]);
    expect(resolve(tree('long'), tree('int'))).toHaveLength(1);
  });
});

const PRIMITIVES = ['null', 'boolean', 'int', 'long', 'float', 'double', 'bytes', 'string'] as const;

/** Of a union that stands for itself in avsc: of the numbers one at most. */
const BRANCHES = fc
  .tuple(
    fc.constantFrom('int', 'long', 'float', 'double'),
    fc.subarray(['null', 'boolean', 'number', 'bytes', 'string'], { minLength: 1 }),
  )
  .map(([number, all]): readonly Json[] => all.map((it) => (it === 'number' ? number : it)));

/** A schema and another one that has grown out of it. */
const pairs = fc.letrec<{ pair: { writer: Json; reader: Json } }>((tie) => ({
  pair: fc.oneof(
    { maxDepth: 3 },
    fc
      .tuple(fc.constantFrom(...PRIMITIVES), fc.constantFrom(...PRIMITIVES), fc.boolean())
      .map(([a, b, isSame]) => ({
        writer: a as Json,
        reader: isSame ? a : b,
      })),
    tie('pair').map(({ writer, reader }) => ({
      writer: { type: 'array', items: writer },
      reader: { type: 'array', items: reader },
    })),
    tie('pair').map(({ writer, reader }) => ({
      writer: { type: 'map', values: writer },
      reader: { type: 'map', values: reader },
    })),
    fc
      .record({
        symbols: fc.subarray(['A', 'B', 'C'], { minLength: 1 }),
        known: fc.subarray(['A', 'B', 'C'], { minLength: 1 }),
        hasDefault: fc.boolean(),
        name: fc.constantFrom('E', 'E', 'F'),
      })
      .map(({ symbols, known, hasDefault, name }) => ({
        writer: { type: 'enum', name: 'E', symbols },
        reader: { type: 'enum', name, symbols: known, ...(hasDefault && { default: known[0]! }) },
      })),
    fc.tuple(fc.constantFrom(4, 8), fc.constantFrom(4, 8)).map(([a, b]) => ({
      writer: { type: 'fixed', name: 'H', size: a },
      reader: { type: 'fixed', name: 'H', size: b },
    })),
    fc
      .tuple(BRANCHES, BRANCHES, fc.boolean())
      .map(([a, b, isPlain]) => ({ writer: isPlain ? a[0]! : a, reader: b as readonly Json[] })),
    fc
      .record({
        fields: fc.array(tie('pair'), { maxLength: 3 }),
        isGone: fc.constantFrom(false, false, true),
        came: fc.constantFrom('nothing', 'default', 'required', 'alias'),
        name: fc.constantFrom('R', 'R', 'R', 'S'),
      })
      .map(({ fields, isGone, came, name }) => ({
        writer: {
          type: 'record',
          name: 'R',
          fields: fields.map((it, index) => ({ name: `f${index}`, type: apart(it.writer, `f${index}`) })),
        },
        reader: {
          type: 'record',
          name,
          fields: [
            ...fields.slice(isGone ? 1 : 0).map((it, index) => ({
              name: `f${index + (isGone ? 1 : 0)}`,
              type: apart(it.reader, `f${index + (isGone ? 1 : 0)}`),
            })),
            ...(came === 'default' ? [{ name: 'x', type: 'int', default: 0 }] : []),
            ...(came === 'required' ? [{ name: 'x', type: 'int' }] : []),
            ...(came === 'alias' ? [{ name: 'x', type: 'int', aliases: ['f0'] }] : []),
          ],
        },
      })),
  ),
})).pair;

/** Names that are there once: each place has types of its own. */
function apart(schema: Json, place: string): Json {
  if (Array.isArray(schema)) return (schema as readonly Json[]).map((it) => apart(it, place));
  if (typeof schema !== 'object' || schema === null) return schema;
  const own = schema as { readonly [key: string]: Json };
  const isNamed = own.type === 'record' || own.type === 'enum' || own.type === 'fixed';
  return Object.fromEntries(
    Object.entries(own).map(([key, value]) => {
      if (key === 'name' && isNamed) return [key, `${place}_${String(value)}`];
      if (key === 'fields')
        return [
          key,
          (value as readonly { readonly [key: string]: Json }[]).map((it) => ({
            ...it,
            type: apart(it.type ?? null, place),
          })),
        ];
      return [key, key === 'items' || key === 'values' || key === 'type' ? apart(value, place) : value];
    }),
  );
}

it('says what avsc says, and its value is one that avsc writes and cannot read', () => {
  const counts = { read: 0, refused: 0 };
  fc.assert(
    fc.property(pairs, ({ writer, reader }) => {
      const [one, other] = [writer, reader].map((it) =>
        avsc.Type.forSchema(it as avsc.Schema, { wrapUnions: 'never' }),
      );
      let isRead = true;
      try {
        other!.createResolver(one!);
      } catch {
        isRead = false;
      }
      counts[isRead ? 'read' : 'refused'] += 1;
      const mismatches = resolve(writer, reader);
      expect(mismatches.length === 0).toBe(isRead);
      for (const { value } of mismatches) expect(one!.isValid(bytesIn(value, writer))).toBe(true);
    }),
    { numRuns: 3000 },
  );
  expect(Math.min(counts.read, counts.refused)).toBeGreaterThan(300);
});

/** Bytes are text in JSON. */
function bytesIn(value: unknown, schema: Json): unknown {
  if (Array.isArray(schema)) {
    const own = schema as readonly Json[];
    const holdsText = own.includes('string');
    return typeof value === 'string' && !holdsText && own.includes('bytes') ? Buffer.from(value) : value;
  }
  if (schema === 'bytes') return Buffer.from(String(value));
  if (typeof schema !== 'object' || schema === null) return value;
  const { type, items, values, fields } = schema as { readonly [key: string]: Json };
  if (type === 'fixed') return Buffer.from(String(value));
  if (type === 'array') return (value as readonly unknown[]).map((it) => bytesIn(it, items ?? null));
  if (type === 'map')
    return Object.fromEntries(
      Object.entries(value as object).map(([key, it]) => [key, bytesIn(it, values ?? null)]),
    );
  if (type !== 'record') return value;
  const types = new Map(
    (fields as readonly { readonly name: string; readonly type: Json }[]).map((it) => [it.name, it.type]),
  );
  return Object.fromEntries(
    Object.entries(value as object).map(([key, it]) => [key, bytesIn(it, types.get(key) ?? null)]),
  );
}
