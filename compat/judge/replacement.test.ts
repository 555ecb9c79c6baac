import { load, memoryReader } from '@chirograph/contract/load';
import { expect, it } from 'vitest';
import { compare, type Finding, judge } from '../index.ts';

const FILE = 'shop/order.asyncapi.yaml';

/** A service that sends a message, and one that receives it. */
function contracts(version: string, payload: object) {
  const order = {
    asyncapi: '3.1.0',
    info: { title: 'Order', version: '1.0.0' },
    channels: {
      placed: {
        address: 'order.placed',
        messages: { OrderPlaced: { $ref: '#/components/messages/OrderPlaced' } },
      },
    },
    operations: {
      send: { action: 'send', channel: { $ref: '#/channels/placed' } },
      receive: { action: 'receive', channel: { $ref: '#/channels/placed' } },
    },
    components: {
      messages: {
        OrderPlaced: {
          name: 'order.placed',
          'x-contract': { version, envelope: { version: '/version' } },
          payload: {
            type: 'object',
            ...payload,
            properties: { version: { const: version }, ...Object(payload).properties },
          },
        },
      },
    },
  };
  return load(memoryReader({ [FILE]: JSON.stringify(order) })).workspace;
}

function removal(
  base: ReturnType<typeof contracts>,
  head: ReturnType<typeof contracts>,
): Finding | undefined {
  const changes = compare(base, head);
  return judge({ base, head, changes }, { today: '2026-06-01' }).find(
    ({ code }) => code === 'message/version-removed',
  );
}

const former = {
  properties: { id: { type: 'string' }, note: { type: 'string' } },
  required: ['version', 'id'],
};

it('a version that is compatible with the one it replaces is not a break', () => {
  const next = { ...former, properties: { ...former.properties, shop: { type: 'string' } } };
  expect(removal(contracts('1.0', former), contracts('1.1', next))).toMatchObject({
    verdict: 'warning',
    note: 'OrderPlaced 1.1 replaces it: readers of 1.0 accept its messages, and it accepts every 1.0 message. Services that read only 1.0 must support 1.1 first.',
  });
});

it('an incompatible one is, with the message that shows it', () => {
  const next = { ...former, required: [...former.required, 'note'] };
  expect(removal(contracts('1.0', former), contracts('1.1', next))).toMatchObject({
    verdict: 'breaking',
    message: 'OrderPlaced 1.0 was replaced by OrderPlaced 1.1',
    note: 'OrderPlaced 1.1 is not compatible with it: note was optional and is now required. Keep 1.0 beside it.',
    impacts: [{ direction: 'BACKWARD', witness: { refusal: { property: 'note' } } }],
  });
});

it('a version that was there before replaces nothing', () => {
  const base = contracts('1.0', former);
  const other = contracts('1.1', former);
  const both = {
    ...base,
    messages: [...base.messages, ...other.messages.map((it) => ({ ...it, id: 'other' }))],
  };
  expect(removal(both, other)).toMatchObject({
    verdict: 'breaking',
    note: expect.stringMatching(/^Announce it first/),
  });
});
