import { load, memoryReader } from '@chirograph/contract/load';
import { expect, it } from 'vitest';
import { compare, judge } from '../index.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const order = `asyncapi: 3.0.0
info: { title: Order, version: '1' }
channels:
  placed:
    address: placed
    messages:
      Placed:
        payload:
          schemaFormat: application/vnd.apache.avro;version=1.9.0
          schema: { $ref: './placed.avsc' }
operations:
  send: { action: send, channel: { $ref: '#/channels/placed' } }
`;
const reader = `asyncapi: 3.0.0
info: { title: Reader, version: '1' }
operations:
  on: { action: receive, channel: { $ref: './order.asyncapi.yaml#/channels/placed' } }
`;

function record(...fields: readonly Json[]): Json {
  return { type: 'record', name: 'Placed', namespace: 'shop', fields };
}

function judged(base: Json, head: Json) {
  const [before, after] = [base, head].map((schema) => {
    const { workspace, diagnostics } = load(
      memoryReader({
        'shop/order.asyncapi.yaml': order,
        'shop/reader.asyncapi.yaml': reader,
        'shop/placed.avsc': JSON.stringify(schema, null, 2),
      }),
    );
    expect(diagnostics.filter((it) => it.severity === 'error')).toEqual([]);
    return workspace;
  }) as [ReturnType<typeof load>['workspace'], ReturnType<typeof load>['workspace']];
  return judge({ base: before, head: after, changes: compare(before, after) }, { today: '2026-06-01' });
}

const id = { name: 'id', type: 'string' };

it('points into the .avsc file, with a message that the reader cannot take in', () => {
  const [finding, ...others] = judged(
    record(id, { name: 'n', type: 'double' }),
    record(id, { name: 'n', type: 'float' }),
  );
  expect(others).toEqual([]);
  expect(finding).toMatchObject({
    code: 'payload/type-narrowed',
    verdict: 'breaking',
    at: { file: 'shop/placed.avsc', pointer: '/fields/1/type' },
    impacts: [
      {
        direction: 'BACKWARD',
        witness: {
          value: { id: '', n: 0.1 },
          refusal: { path: ['n'], message: 'double is not read as float' },
        },
      },
    ],
  });
});

const state = (...symbols: readonly string[]) => ({ type: 'enum', name: 'State', symbols });

it.each<readonly [string, Json, Json, readonly string[]]>([
  [
    'a default on a field that is there',
    record(id),
    record({ ...id, default: '' }),
    ['warning payload/default-changed'],
  ],
  [
    'a new field with a default',
    record(id),
    record(id, { name: 'n', type: 'int', default: 0 }),
    ['safe payload/property-added'],
  ],
  [
    'a new field without',
    record(id),
    record(id, { name: 'n', type: 'int' }),
    ['breaking payload/required-property-added'],
  ],
  [
    'a field without a default that is gone',
    record(id),
    record(),
    ['breaking payload/required-property-removed'],
  ],
  [
    'a field with a default that is gone',
    record({ ...id, default: '' }),
    record(),
    ['warning payload/property-removed'],
  ],
  [
    'an alias',
    record(id),
    record({ name: 'key', type: 'string', aliases: ['id'] }),
    ['breaking payload/property-renamed'],
  ],
  [
    'a symbol',
    record({ name: 's', type: state('A', 'B') }),
    record({ name: 's', type: state('A', 'B', 'C') }),
    ['breaking payload/enum-value-added'],
  ],
  [
    'symbols of an enum with a default',
    record({ name: 's', type: { ...state('A', 'B'), default: 'A' } }),
    record({ name: 's', type: { ...state('A', 'C'), default: 'A' } }),
    ['safe payload/enum-value-added', 'safe payload/enum-value-removed'],
  ],
  [
    'a field that may be null',
    record(id),
    record({ name: 'id', type: ['null', 'string'] }),
    ['breaking payload/null-allowed'],
  ],
  [
    'a promotion',
    record({ name: 'n', type: 'int' }),
    record({ name: 'n', type: 'long' }),
    ['breaking payload/type-widened'],
  ],
  [
    'another unit of time',
    record({ name: 't', type: { type: 'long', logicalType: 'timestamp-millis' } }),
    record({ name: 't', type: { type: 'long', logicalType: 'timestamp-micros' } }),
    ['warning payload/logical-type-changed'],
  ],
  [
    'several changes, each alone',
    record(id, { name: 'a', type: 'long' }, { name: 'b', type: { type: 'fixed', name: 'F', size: 4 } }),
    record(id, { name: 'a', type: 'int' }, { name: 'b', type: { type: 'fixed', name: 'F', size: 8 } }),
    ['breaking payload/type-narrowed', 'breaking payload/size-changed'],
  ],
  [
    'a type that is not defined',
    record(id),
    record(id, { name: 'x', type: 'Nobody' }),
    ['undecided payload/undecided'],
  ],
  ['words for people', record(id), record({ ...id, doc: 'which' }), []],
])('%s', (_, base, head, expected) => {
  expect(judged(base, head).map(({ verdict, code }) => `${verdict} ${code}`)).toEqual(expected);
});
