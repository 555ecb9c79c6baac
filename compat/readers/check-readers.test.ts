import { load, memoryReader } from '@chirograph/contract/load';
import { describe, expect, it } from 'vitest';
import { checkReaders, type ReaderPolicy } from './check-readers.ts';
import { unlikePairs } from './pairs.ts';

interface Side {
  readonly payload?: string;
  readonly headers?: string;
  readonly address?: string;
  readonly version?: string;
  readonly upcasts?: string;
}

const service = (
  action: 'send' | 'receive',
  { payload, headers, address = 'orders', version = '1.0', upcasts }: Side,
) => `asyncapi: 3.0.0
info: { title: S, version: '1' }
channels:
  c:
    address: ${address}
    messages:
      OrderPlaced:
        name: order.placed
        x-contract: { version: '${version}'${upcasts ? `, upcasts: ${upcasts}` : ''} }
${payload === undefined ? '' : `        payload: ${payload}\n`}${headers === undefined ? '' : `        headers: ${headers}\n`}operations:
  o: { action: ${action}, channel: { $ref: '#/channels/c' } }
`;

function workspaceOf(files: Readonly<Record<string, string>>) {
  return load(memoryReader(files)).workspace;
}

function check(sender: Side, reader: Side, policy: ReaderPolicy = {}) {
  const workspace = workspaceOf({
    'shop/orders.asyncapi.yaml': service('send', sender),
    'billing/invoices.asyncapi.yaml': service('receive', reader),
  });
  return checkReaders(workspace, policy).map(
    ({ severity, message, at, related }) =>
      `${severity} ${at.file.split('/')[1]?.split('.')[0]} ${at.pointer.split('/OrderPlaced')[1]}: ${message}; ${related[0]?.message}`,
  );
}

const ID = '{ type: object, required: [id], properties: { id: { type: string } } }';

describe('what a reader needs of its sender', () => {
  it('is told with a message that it refuses, at the place in its contract', () => {
    const vat =
      '{ type: object, required: [id, vat], properties: { id: { type: string }, vat: { type: number } } }';
    expect(check({ payload: ID }, { payload: vat })).toEqual([
      'error invoices /payload/properties/vat: `vat` is required by invoices, but never sent by orders in OrderPlaced 1.0; orders may send {"id":""}',
    ]);
  });

  it('is told part by part, each with a message of its own', () => {
    const sent =
      '{ type: object, required: [n], properties: { n: { type: number }, s: { type: string }, more: { type: string } } }';
    const read =
      '{ type: object, required: [n, s], additionalProperties: false, properties: { n: { type: integer }, s: { type: string } } }';
    expect(
      check({ payload: sent }, { payload: read })
        .map((it) => it.split(': ')[1])
        .sort(),
    ).toEqual([
      '`more` may be sent by orders in OrderPlaced 1.0, but is not allowed by invoices; orders may send {"s":"","n":0,"more":""}',
      '`n` that orders may send in OrderPlaced 1.0 is refused by invoices',
      '`s` is required by invoices, but not always sent by orders in OrderPlaced 1.0; orders may send {"n":0}',
    ]);
  });

  it('holds for headers', () => {
    const headers = '{ type: object, required: [tenant], properties: { tenant: { type: string } } }';
    expect(check({ payload: ID }, { payload: ID, headers })).toEqual([
      expect.stringContaining('the header `tenant` is required by invoices, but never sent by orders'),
    ]);
  });

  it.each([
    ['reads less', { payload: ID }, { payload: '{ type: object }' }],
    ['says nothing of the payload', { payload: ID }, {}],
    ['takes another address', { payload: ID }, { payload: 'false', address: 'other' }],
    [
      'makes its own version of it',
      { payload: ID },
      { payload: '{ type: object, required: [vat] }', version: '2.0', upcasts: "[{ from: '1.0' }]" },
    ],
  ])('is nothing where a reader %s', (_, sender, reader) => {
    expect(check(sender, reader)).toEqual([]);
  });

  it('follows the policy on writers and on messages', () => {
    const closed = '{ type: object, additionalProperties: false, properties: { id: { type: string } } }';
    expect(check({ payload: ID }, { payload: closed })).toEqual([]);
    expect(check({ payload: ID }, { payload: closed }, { writers: 'literal' })).toHaveLength(1);
    const none = { writers: 'literal', messages: { 'order.placed': { mode: 'NONE' } } } as const;
    expect(check({ payload: ID }, { payload: closed }, none)).toEqual([]);
  });

  it('is a warning where it cannot be decided, with the reason', () => {
    expect(check({}, { payload: ID })).toEqual([
      'warning invoices /payload: it is not known whether invoices can read all that orders may send as OrderPlaced 1.0: its sender does not say what it holds; what orders may send',
    ]);
    const backreference = '{ type: string, pattern: "^(a+)b\\\\1$" }';
    expect(check({ payload: '{ type: string, minLength: 1 }' }, { payload: backreference })[0]).toMatch(
      /^(warning|error)/,
    );
  });
});

it('has nothing to prove where readers refer to the message of the sender', () => {
  const workspace = workspaceOf({
    'shop/orders.asyncapi.yaml': service('send', { payload: ID }),
    'shop/invoices.asyncapi.yaml': `asyncapi: 3.0.0
info: { title: I, version: '1' }
operations:
  o: { action: receive, channel: { $ref: './orders.asyncapi.yaml#/channels/c' } }
`,
    'billing/copies.asyncapi.yaml': service('receive', { payload: ID }),
  });
  expect(unlikePairs(workspace)).toEqual([]);
});
