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

it('a version that fits the one in whose place it stands is no break', () => {
  const next = { ...former, properties: { ...former.properties, shop: { type: 'string' } } };
  expect(removal(contracts('1.0', former), contracts('1.1', next))).toMatchObject({
    verdict: 'warning',
    note: 'OrderPlaced 1.1 takes its place: what it allows, readers of 1.0 can read, and what 1.0 allows, it allows. Whoever knows 1.0 alone must learn 1.1 first.',
  });
});

it('one that does not fit is, with the message that shows it', () => {
  const next = { ...former, required: [...former.required, 'note'] };
  expect(removal(contracts('1.0', former), contracts('1.1', next))).toMatchObject({
    verdict: 'breaking',
    message: 'OrderPlaced 1.0 is gone; OrderPlaced 1.1 stands in its place',
    note: 'OrderPlaced 1.1 does not fit it: note was optional and is now required. Keep 1.0 beside it.',
    injuries: [{ direction: 'BACKWARD', witness: { refusal: { property: 'note' } } }],
  });
});

it('where the version that stays was there before, nothing took the place', () => {
  const base = contracts('1.0', former);
  const other = contracts('1.1', former);
  const both = {
    ...base,
    messages: [...base.messages, ...other.messages.map((it) => ({ ...it, id: 'other' }))],
  };
  expect(removal(both, other)).toMatchObject({
    verdict: 'breaking',
    note: expect.stringMatching(/^Tell it first/),
  });
});
