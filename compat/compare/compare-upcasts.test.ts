import { load, memoryReader } from '@chirograph/contract/load';
import { expect, it } from 'vitest';
import { compare } from '../compare.ts';

/** Three versions of an order, with what 2.0 and 3.0 say of their upcasts. */
function stateWith(second: string, third: string) {
  const version = (key: string, number: string, upcasts: string) =>
    `    ${key}: { name: order.placed, payload: { type: object }, x-contract: { version: '${number}', upcasts: [${upcasts}] } }`;
  const text = `
asyncapi: 3.1.0
info: { title: Order, version: 1.0.0 }
channels: { orders: { address: orders, messages: { V1: { $ref: '#/components/messages/V1' }, V2: { $ref: '#/components/messages/V2' }, V3: { $ref: '#/components/messages/V3' } } } }
operations: { send: { action: send, channel: { $ref: '#/channels/orders' } } }
components:
  messages:
${[version('V1', '1.0', ''), version('V2', '2.0', second), version('V3', '3.0', third)].join('\n')}
`;
  return load(memoryReader({ 'specs/shop/order.asyncapi.yaml': text })).workspace;
}

const DIRECT = "{ from: '1.0' }, { from: '2.0' }";

it.each([
  ['by way of another version', "{ from: '1.0' }", "{ from: '2.0' }", ['message/upcast-changed']],
  ['no more: no step leads from it', '', "{ from: '2.0' }", ['message/upcast-removed']],
  [
    'no more: the second step is missing',
    "{ from: '1.0' }",
    '',
    ['message/upcast-removed', 'message/upcast-removed'],
  ],
])('an older version that was read at once is read %s', (_, second, third, codes) => {
  const changes = compare(stateWith(second, DIRECT), stateWith(second, third));
  expect(changes.map((it) => it.code)).toEqual(codes);
});
