import { load, memoryReader } from '@chirograph/contract/load';
import { describe, expect, it } from 'vitest';
import { compare, judge } from '../index.ts';
import { checkReaders } from '../readers/check-readers.ts';

const order = (payload: string, more = '') => `asyncapi: 3.0.0
info: { title: Order, version: '1' }
channels:
  placed:
    address: placed
    messages:
      Placed: { name: placed, payload: ${payload} }
${more}operations:
  send: { action: send, channel: { $ref: '#/channels/placed' } }
components:
  schemas:
    Chain: { $ref: './gone.yaml#/Address' }
`;
const reader = `asyncapi: 3.0.0
info: { title: Reader, version: '1' }
operations:
  on: { action: receive, channel: { $ref: './order.asyncapi.yaml#/channels/placed' } }
`;
const other = (channel: string) => `asyncapi: 3.0.0
info: { title: Other, version: '1' }
channels:
  paid: ${channel}
operations:
  on: { action: receive, channel: { $ref: '#/channels/paid' } }
`;

const load1 = (files: Readonly<Record<string, string>>) => load(memoryReader(files)).workspace;

function judged(base: Readonly<Record<string, string>>, head: Readonly<Record<string, string>>) {
  const states = { base: load1(base), head: load1(head) };
  return judge({ ...states, changes: compare(states.base, states.head) }, { today: '2026-06-01' }).map(
    ({ verdict, code, change }) => `${verdict} ${code} ${change.subject.label}`,
  );
}

/** The payloads of one message before and after. */
const between = (base: string, head: string) =>
  judged(
    { 'shop/order.asyncapi.yaml': order(base), 'shop/reader.asyncapi.yaml': reader },
    { 'shop/order.asyncapi.yaml': order(head), 'shop/reader.asyncapi.yaml': reader },
  );

describe('a reference that does not resolve', () => {
  const lost = "address: { $ref: './gone.yaml#/Address' }";

  it('hides no break beside it that its message never meets', () => {
    expect(
      between(
        `{ type: object, required: [x], properties: { x: { type: string }, ${lost} } }`,
        `{ type: object, properties: { x: { type: string }, ${lost} } }`,
      ),
    ).toEqual([
      'breaking payload/property-made-optional Placed 1.0',
      // Of the other direction nobody knows: what it stands for may have changed.
      'undecided payload/undecided Placed 1.0',
    ]);
  });

  it('is met by way of another reference too', () => {
    const chain = "address: { $ref: '#/components/schemas/Chain' }";
    expect(
      between(
        `{ type: object, properties: { x: { type: string }, ${chain} } }`,
        `{ type: object, properties: { x: { type: integer }, ${chain} } }`,
      ),
    ).toEqual(['breaking payload/type-changed Placed 1.0']);
  });

  it('leaves undecided what rests on it', () => {
    expect(
      between(
        `{ type: object, properties: { ${lost} } }`,
        `{ type: object, properties: { ${lost}, note: { type: string } } }`,
      ),
    ).toEqual(['undecided payload/undecided Placed 1.0']);
    // Who may send nothing without it breaks nobody for sure.
    expect(
      between(
        `{ type: object, required: [x, address], properties: { x: { type: string }, ${lost} } }`,
        `{ type: object, required: [address], properties: { x: { type: string }, ${lost} } }`,
      )[0],
    ).toMatch(/^undecided /);
  });

  it('says nothing of a payload that is lost as a whole', () => {
    expect(between('{ type: object, required: [x] }', "{ $ref: './gone.yaml#/Order' }")).toEqual([]);
  });

  it('takes nothing for gone that may be behind it, and compares the rest', () => {
    const paid = '{ address: paid, messages: { Paid: { name: paid, payload: { type: object } } } }';
    const base = {
      'shop/order.asyncapi.yaml': order(
        '{ type: object, required: [x], properties: { x: { type: string } } }',
      ),
      'shop/other.asyncapi.yaml': other(paid),
    };
    const head = {
      'shop/order.asyncapi.yaml': order('{ type: object, properties: { x: { type: string } } }'),
      'shop/other.asyncapi.yaml': other("{ $ref: './gone.yaml#/paid' }"),
    };
    expect(judged(base, head)).toEqual(['breaking payload/property-made-optional Placed 1.0']);
    const removed = { ...head, 'shop/other.asyncapi.yaml': other('{ address: other }') };
    expect(judged(base, removed).length).toBeGreaterThan(1);
  });

  it('makes no reader wrong', () => {
    const own = order('{ type: object, required: [x] }').replace('action: send', 'action: receive');
    for (const payload of ["{ $ref: './gone.yaml#/Order' }", "{ allOf: [{ $ref: './gone.yaml#/Order' }] }"]) {
      const workspace = load1({ 'shop/order.asyncapi.yaml': order(payload), 'shop/own.asyncapi.yaml': own });
      expect(checkReaders(workspace, {})).toEqual([]);
    }
  });
});
