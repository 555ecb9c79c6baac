import {
  full,
  message,
  number,
  object,
  placed,
  receiving,
  sending,
  text,
  three,
  version2,
  version3,
} from '../documents.ts';
import { type ChangedEstate, GONE, rowsOf } from './row.ts';

const PAYLOAD = 'a/orders.yaml#/channels/c0/messages/OrderPlaced/payload';

/** Who does what, by whatever keys and places. */
export const ESTATES: readonly ChangedEstate[] = rowsOf((row) => {
  row(
    'peers: one service sends and receives on one address',
    {
      'a/orders.yaml': version3([{ do: 'send', messages: placed(full) }], {
        operations: {
          send0: { action: 'send', channel: { $ref: '#/channels/c0' } },
          receive0: { action: 'receive', channel: { $ref: '#/channels/c0' } },
        },
      }),
    },
    { [`${PAYLOAD}/properties/total/type`]: 'string' },
    ['orders'],
  );
  row(
    'the key of one of two unnamed messages',
    {
      'a/orders.yaml': sending({
        A: message('', object({ a: number }, ['a'])),
        B: message('', object({ b: number }, ['b'])),
      }),
      'b/r.yaml': receiving({ A: message('', object({ a: number }, ['a'])) }),
    },
    {
      'a/orders.yaml#/channels/c0/messages': {
        Other: message('', object({ a: number }, ['a'])),
        B: message('', object({ b: number }, ['b'])),
      },
    },
    [],
  );
  row(
    'the key of a channel',
    three(),
    {
      'a/orders.yaml': version3([], {
        channels: { orderEvents: { address: 'orders', messages: placed(full) } },
        operations: { send0: { action: 'send', channel: { $ref: '#/channels/orderEvents' } } },
      }),
    },
    [],
  );
  row('an operation goes, its channel stays', { ...three() }, { 'a/orders.yaml#/operations': {} }, [
    'billing',
    'mail',
  ]);
  row('a folder is renamed', three(), { 'a/orders.yaml': GONE, 'z/orders.yaml': sending(placed(full)) }, []);
  row(
    'a channel of two unnamed messages is renamed, and its reader stays',
    {
      'a/orders.yaml': version2({
        orders: {
          subscribe: {
            message: {
              oneOf: [{ payload: object({ a: number }, ['a']) }, { payload: object({ b: number }, ['b']) }],
            },
          },
        },
      }),
      'b/ra.yaml': version2({ orders: { publish: { message: { payload: object({ a: number }, ['a']) } } } }),
      'b/q.yaml': version2({ other: { publish: { message: { payload: object({ a: number }, ['a']) } } } }),
    },
    {
      'a/orders.yaml#/channels': version2({
        sales: {
          subscribe: {
            message: {
              oneOf: [{ payload: object({ a: number }, ['a']) }, { payload: object({ b: number }, ['b']) }],
            },
          },
        },
      }).channels,
    },
    ['ra'],
  );
  row(
    '2.x: unnamed messages on two channels, one changes',
    {
      'a/orders.yaml': version2({
        x: { subscribe: { message: { payload: full } } },
        y: { subscribe: { message: { payload: full } } },
      }),
      'b/rx.yaml': version2({ x: { publish: { message: { payload: object({ total: number }) } } } }),
      'b/ry.yaml': version2({ y: { publish: { message: { payload: object({ total: number }) } } } }),
    },
    { 'a/orders.yaml#/channels/x/subscribe/message/payload/properties/total/type': 'string' },
    ['rx'],
  );
  row(
    '2.x without a name, 3.x with one',
    {
      'a/orders.yaml': version2({ orders: { subscribe: { message: { payload: full } } } }),
      'b/billing.yaml': receiving(placed(object({ total: number }))),
    },
    { 'a/orders.yaml#/channels/orders/subscribe/message/payload/properties/total/type': 'string' },
    ['billing'],
  );
  row(
    'replies to where the request says',
    {
      'a/asks.yaml': version3(
        [
          {
            do: 'send',
            address: 'ask',
            messages: { Ask: message('ask', object({ q: text })) },
            reply: { address: { location: '$message.header#/replyTo' }, channel: { $ref: '#/channels/ans' } },
          },
        ],
        {
          channels: {
            ans: { address: null, messages: { Answer: message('answer', object({ a: number }, ['a'])) } },
          },
        },
      ),
      'b/knows.yaml': version3(
        [
          {
            do: 'receive',
            address: 'ask',
            messages: { Ask: message('ask', object({ q: text })) },
            reply: { address: { location: '$message.header#/replyTo' }, channel: { $ref: '#/channels/ans' } },
          },
        ],
        {
          channels: {
            ans: { address: null, messages: { Answer: message('answer', object({ a: number }, ['a'])) } },
          },
        },
      ),
    },
    { 'b/knows.yaml#/channels/ans/messages/Answer/payload/properties/a/type': 'string' },
    ['asks'],
  );
});
