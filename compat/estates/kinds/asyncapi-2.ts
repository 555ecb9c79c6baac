import { full, message, number, object, placed, receiving, sending, text, version2 } from '../documents.ts';
import { type ChangedEstate, GONE, rowsOf } from './row.ts';

/** Documents of AsyncAPI 2 beside those of 3, and on the way from one to the other. */
export const ESTATES: readonly ChangedEstate[] = rowsOf((row) => {
  row(
    '2.x sender, 3.x and 2.x readers',
    {
      'a/orders.yaml': version2({ orders: { subscribe: { message: message('order.placed', full) } } }),
      'b/billing.yaml': receiving(placed(object({ total: number }, ['total']))),
      'b/mail.yaml': version2({
        orders: { publish: { message: message('order.placed', object({ id: text })) } },
      }),
    },
    { 'a/orders.yaml#/channels/orders/subscribe/message/payload/properties/total/type': 'string' },
    ['billing'],
  );
  row(
    '2.x oneOf: one of two changes',
    {
      'a/orders.yaml': version2({
        orders: {
          subscribe: {
            message: { oneOf: [message('order.placed', full), message('order.cancelled', full)] },
          },
        },
      }),
      'b/billing.yaml': receiving(placed(object({ total: number }, ['total']))),
      'b/mail.yaml': version2({
        orders: { publish: { message: message('order.cancelled', object({ total: number }, ['total'])) } },
      }),
    },
    {
      'a/orders.yaml#/channels/orders/subscribe/message/oneOf': [
        {
          name: 'order.placed',
          payload: {
            type: 'object',
            properties: { id: text, total: number, note: text },
            required: ['id', 'total'],
          },
        },
        {
          name: 'order.cancelled',
          payload: {
            type: 'object',
            properties: { id: text, total: text, note: text },
            required: ['id', 'total'],
          },
        },
      ],
    },
    ['mail'],
  );
  row(
    '2.x: messageId only',
    {
      'a/orders.yaml': version2({
        orders: { subscribe: { message: { messageId: 'orderPlaced', payload: full } } },
      }),
      'b/billing.yaml': version2({
        orders: {
          publish: { message: { messageId: 'orderPlaced', payload: object({ total: number }, ['total']) } },
        },
      }),
      'b/mail.yaml': receiving({ orderPlaced: message('', object({ id: text })) }),
    },
    { 'a/orders.yaml#/channels/orders/subscribe/message/payload/properties/total/type': 'string' },
    ['billing'],
  );
  row(
    '2.x component message names from keys',
    {
      'a/orders.yaml': version2(
        { orders: { subscribe: { message: { $ref: '#/components/messages/OrderPlaced' } } } },
        { components: { messages: { OrderPlaced: { payload: full } } } },
      ),
      'b/billing.yaml': receiving({ orderPlaced: message('', object({ total: number }, ['total'])) }),
    },
    { 'a/orders.yaml#/components/messages/OrderPlaced/payload/properties/total/type': 'string' },
    ['billing'],
  );
  row(
    '2.x: the sender takes its channel back',
    {
      'a/orders.yaml': version2({
        orders: { subscribe: { message: message('order.placed', full) } },
        other: { subscribe: { message: message('o', full) } },
      }),
      'b/mail.yaml': version2({
        orders: { publish: { message: message('order.placed', object({ id: text })) } },
      }),
    },
    { 'a/orders.yaml#/channels/orders': GONE },
    ['mail'],
  );
  row(
    'both documents go from 2.6 to 3.0, and nothing else changes',
    {
      'a/orders.yaml': version2({ orders: { subscribe: { message: message('order.placed', full) } } }),
      'b/billing.yaml': version2({ orders: { publish: { message: message('order.placed', full) } } }),
    },
    {
      'a/orders.yaml': sending({ 'order.placed': message('order.placed', full) }),
      'b/billing.yaml': receiving({ 'order.placed': message('order.placed', full) }),
    },
    [],
  );
  row(
    'a document goes from 2.6 to 3.0 and breaks on the way',
    {
      'a/orders.yaml': version2({ orders: { subscribe: { message: message('order.placed', full) } } }),
      'b/billing.yaml': receiving(placed(object({ total: number }, ['total']))),
      'b/mail.yaml': receiving(placed(object({ id: text }))),
    },
    { 'a/orders.yaml': sending(placed(object({ id: text, total: text }, ['id', 'total']))) },
    ['billing'],
  );
});
