import { lint } from '@chirograph/contract/lint';
import { load, memoryReader } from '@chirograph/contract/load';
import { expect, it } from 'vitest';
import { type Advice, compare, judge, type SuggestedUpcast } from '../index.ts';

type Data = Readonly<Record<string, unknown>>;

const message = (version: string, data: Data, upcasts: readonly SuggestedUpcast[] = []) => ({
  name: 'order.placed',
  'x-contract': {
    kind: 'event',
    version,
    envelope: { version: '/version', data: '/data' },
    ...(upcasts.length > 0 && { upcasts }),
  },
  payload: {
    type: 'object',
    properties: { version: { const: version }, data },
    required: ['version', 'data'],
  },
});

/** One service that sends and receives some messages, and what they share. */
function contracts(
  messages: Readonly<Record<string, object>>,
  schemas: Readonly<Record<string, object>> = {},
) {
  const refs = Object.keys(messages).map((key) => [key, { $ref: `#/components/messages/${key}` }]);
  const channel = { $ref: '#/channels/placed' };
  const document = {
    asyncapi: '3.1.0',
    info: { title: 'Order', version: '1.0.0' },
    channels: { placed: { address: 'order.placed', messages: Object.fromEntries(refs) } },
    operations: { send: { action: 'send', channel }, receive: { action: 'receive', channel } },
    components: { messages, schemas },
  };
  return load(memoryReader({ 'shop/order.asyncapi.yaml': JSON.stringify(document) })).workspace;
}

function suggested(from: Data, to: Data, was = {}, is = {}): SuggestedUpcast | undefined {
  const base = contracts({ OrderPlaced: message('1.0', from) }, was);
  const head = contracts({ OrderPlaced: message('1.0', to) }, is);
  const findings = judge({ base, head, changes: compare(base, head) }, { today: '2026-06-01' });
  const advice = findings.flatMap(({ advice }): Advice[] =>
    advice ? [advice, ...(advice.or ? [advice.or] : [])] : [],
  );
  return advice.find(({ upcast }) => upcast)?.upcast;
}

const text = { type: 'string' };
const address = { type: 'object', properties: { town: text, zip: text }, required: ['town'] };
const order = { type: 'object', properties: { id: text, address }, required: ['id', 'address'] };
const withAddress = (more: object) => ({
  ...order,
  properties: { id: text, address: { ...address, ...more } },
});

it.each<[string, Data, Data, SuggestedUpcast]>([
  [
    'a field renamed, deep down',
    order,
    withAddress({ properties: { city: text, zip: text }, required: ['city'] }),
    { from: '1.0', move: { '/data/address/town': '/data/address/city' } },
  ],
  [
    'a field that is needed now, with the value that its schema names',
    order,
    {
      ...order,
      properties: { ...order.properties, shop: { enum: ['web', 'store'] } },
      required: ['id', 'address', 'shop'],
    },
    { from: '1.0', default: { '/data/shop': 'web' } },
  ],
  [
    'a field that was optional',
    order,
    withAddress({ required: ['town', 'zip'] }),
    { from: '1.0', default: { '/data/address/zip': '' } },
  ],
  [
    'a field for which a closed object has no room any more',
    { ...order, additionalProperties: false },
    { type: 'object', properties: { id: text }, required: ['id'], additionalProperties: false },
    { from: '1.0', remove: ['/data/address'] },
  ],
  [
    'all of it',
    order,
    {
      type: 'object',
      properties: {
        number: text,
        address: { ...address, required: ['town', 'zip'] },
        vat: { type: 'integer', minimum: 1 },
      },
      required: ['number', 'address', 'vat'],
    },
    {
      from: '1.0',
      move: { '/data/id': '/data/number' },
      default: { '/data/vat': 1, '/data/address/zip': '' },
    },
  ],
])('%s', (_, from, to, expected) => {
  const upcast = suggested(from, to);
  expect(upcast).toEqual(expected);
  const pasted = contracts({
    OrderPlacedV1: message('1.0', from),
    OrderPlaced: message('2.0', to, upcast ? [upcast] : []),
  });
  expect(pasted.messages.flatMap(({ contract }) => contract.upcasts)).toHaveLength(1);
  expect(lint(pasted).filter(({ code }) => code.startsWith('message/upcast'))).toEqual([]);
});

it.each<[string, Data, Data]>([
  ['a type that changes', order, { ...order, properties: { id: { type: 'integer' }, address } }],
  [
    'a field in a list',
    { type: 'object', properties: { items: { type: 'array', items: order } }, required: ['items'] },
    {
      type: 'object',
      properties: { items: { type: 'array', items: { ...order, required: ['id', 'address', 'at'] } } },
      required: ['items'],
    },
  ],
  [
    'a field in an object that may be missing',
    { ...order, required: ['id'] },
    { ...withAddress({ required: ['town', 'zip'] }), required: ['id'] },
  ],
])('no declaration does for %s', (_, from, to) => {
  expect(suggested(from, to)).toBeUndefined();
});

it('nor for a definition that is used twice, of which one place alone is told', () => {
  const both = {
    type: 'object',
    properties: {
      from: { $ref: '#/components/schemas/Address' },
      to: { $ref: '#/components/schemas/Address' },
    },
    required: ['from', 'to'],
  };
  expect(
    suggested(both, both, { Address: address }, { Address: { ...address, required: ['town', 'zip'] } }),
  ).toBeUndefined();
});
