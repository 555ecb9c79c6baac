import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AvroSchema, avroCodec, registryCodec } from './index.ts';

const MONEY = {
  type: 'record',
  name: 'Money',
  namespace: 'shop',
  fields: [
    { name: 'cents', type: 'long' },
    { name: 'currency', type: { type: 'enum', name: 'Currency', symbols: ['EUR', 'LAK'] } },
  ],
};

const ORDER: AvroSchema = {
  type: 'record',
  name: 'Order',
  namespace: 'shop',
  fields: [
    { name: 'id', type: 'string' },
    { name: 'total', type: MONEY },
    { name: 'paid', type: ['null', 'Money'], default: null },
    { name: 'tags', type: { type: 'map', values: { type: 'array', items: 'int' } }, default: {} },
    { name: 'seal', type: { type: 'fixed', name: 'Seal', size: 2 } },
    { name: 'scan', type: ['null', 'bytes'], default: null },
    {
      name: 'by',
      type: [
        { type: 'record', name: 'Card', fields: [{ name: 'last4', type: 'string' }] },
        { type: 'record', name: 'Bank', fields: [{ name: 'iban', type: 'string' }] },
      ],
    },
    { name: 'next', type: ['null', 'Order'], default: null },
  ],
};

const money = fc.record(
  { cents: fc.integer({ min: -(2 ** 52), max: 2 ** 52 - 1 }), currency: fc.constantFrom('EUR', 'LAK') },
  { noNullPrototype: true },
);
const latin = (size: object) =>
  fc
    .array(fc.integer({ min: 0, max: 255 }), size)
    .map((codes) => codes.map((it) => String.fromCharCode(it)).join(''));
const order = fc.letrec<{ order: object }>((tie) => ({
  order: fc.record({
    id: fc.string({ unit: 'grapheme' }),
    total: money,
    paid: fc.option(money),
    tags: fc.dictionary(fc.string(), fc.array(fc.integer({ min: -5, max: 2 ** 31 - 1 })), {
      noNullPrototype: true,
    }),
    seal: latin({ minLength: 2, maxLength: 2 }),
    scan: fc.option(latin({})),
    by: fc.oneof(fc.record({ last4: fc.string() }), fc.record({ iban: fc.string() })),
    next: fc.option(tie('order'), { maxDepth: 2 }),
  }),
})).order;

describe('payloads in Avro', () => {
  it('come back as they were', () => {
    const codec = avroCodec(ORDER);
    fc.assert(
      fc.property(order, (it) => {
        expect(codec.decode(codec.encode(it))).toEqual(it);
      }),
    );
  });

  it('are as small as Avro is: names are not sent', () => {
    expect([...avroCodec(MONEY).encode({ cents: 5, currency: 'LAK' })]).toEqual([10, 2]);
  });

  it('have their defaults where nothing is said', () => {
    const codec = avroCodec(ORDER);
    const said = { id: '1', total: { cents: 1, currency: 'EUR' }, seal: 'ab', by: { iban: 'x' } };
    expect(codec.decode(codec.encode(said))).toEqual({
      ...said,
      paid: null,
      tags: {},
      scan: null,
      next: null,
    });
  });

  it.each([
    ['no number', { cents: '5', currency: 'EUR' }],
    ['inexact', { cents: 2 ** 60, currency: 'EUR' }],
    ['no symbol', { cents: 5, currency: 'USD' }],
    ['a field short', { cents: 5 }],
  ])('are refused that are %s', (_, payload) => {
    expect(() => avroCodec(MONEY).encode(payload)).toThrow();
  });

  it('are refused that are cut short, or longer than they are', () => {
    const codec = avroCodec(MONEY);
    const body = codec.encode({ cents: 300, currency: 'EUR' });
    expect(() => codec.decode(body.subarray(0, 1))).toThrow();
    expect(() => codec.decode(Uint8Array.from([...body, 0]))).toThrow();
  });
});

describe('payloads framed for a registry', () => {
  const older = { ...MONEY, fields: MONEY.fields.slice(0, 1) };
  const newer = { ...MONEY, fields: [MONEY.fields[0], { name: 'note', type: 'string', default: '-' }] };

  it('begin with the id of their schema', () => {
    const codec = registryCodec(avroCodec(MONEY), { id: 258, schemaOf: () => undefined });
    const framed = codec.encode({ cents: 5, currency: 'LAK' });
    expect([...framed]).toEqual([0, 0, 0, 1, 2, 10, 2]);
    expect(codec.decode(framed)).toEqual({ cents: 5, currency: 'LAK' });
  });

  it('are read by the schema that wrote them', () => {
    const written = registryCodec(avroCodec(older), { id: 1, schemaOf: () => undefined }).encode({
      cents: 7,
    });
    const reader = registryCodec(avroCodec(newer), {
      id: 2,
      schemaOf: (id) => (id === 1 ? older : undefined),
    });
    expect(reader.decode(written)).toEqual({ cents: 7, note: '-' });
  });

  it('are refused where nobody knows the schema, or nothing is framed', () => {
    const codec = registryCodec(avroCodec(MONEY), { id: 1, schemaOf: () => undefined });
    expect(() => codec.decode(Uint8Array.from([0, 0, 0, 0, 9, 10, 2]))).toThrow('schema 9 is not known');
    expect(() => codec.decode(Uint8Array.from([10, 2]))).toThrow('does not begin');
  });
});
