import { full, message, number, placed, receiving, sending, three, version3 } from '../documents.ts';
import { type ChangedEstate, GONE, rowsOf } from './row.ts';

/** Messages, channels, operations and documents that come and go. */
export const ESTATES: readonly ChangedEstate[] = rowsOf((row) => {
  row(
    'message removed',
    three(),
    { 'a/orders.yaml#/channels/c0': GONE, 'a/orders.yaml#/operations/send0': GONE },
    ['billing', 'mail'],
  );
  row(
    'a second sender goes: the reader still has one',
    {
      'a/web.yaml': sending(placed(full)),
      'a/till.yaml': sending(placed(full)),
      'b/billing.yaml': receiving(placed(full)),
    },
    { 'a/till.yaml': GONE },
    [],
  );
  row(
    'reader takes the whole channel of the sender by ref, one message changes',
    {
      'a/orders.yaml': sending({ ...placed(full), C: message('order.cancelled', full) }),
      'b/all.yaml': version3([{ do: 'receive', ref: '../a/orders.yaml#/channels/c0' }]),
      'b/one.yaml': version3([{ do: 'receive', ref: '../a/orders.yaml#/channels/c0', only: ['C'] }]),
    },
    { 'a/orders.yaml#/channels/c0/messages/OrderPlaced/payload/properties/total/type': 'string' },
    ['all', 'orders'],
  );
  row(
    'the reader joins with a copy that does not fit',
    { 'a/orders.yaml': sending(placed(full)) },
    {
      'b/new.yaml': {
        asyncapi: '3.0.0',
        info: { title: 'T', version: '1.0.0' },
        channels: {
          c0: {
            address: 'orders',
            messages: {
              OrderPlaced: {
                name: 'order.placed',
                payload: { type: 'object', properties: { vat: number }, required: ['vat'] },
              },
            },
          },
        },
        operations: { receive0: { action: 'receive', channel: { $ref: '#/channels/c0' } } },
      },
    },
    [],
  );
  row(
    'one of two messages is no longer sent',
    {
      'a/orders.yaml': sending({ ...placed(full), C: message('order.cancelled', full) }),
      'b/rp.yaml': receiving(placed(full)),
      'b/rc.yaml': receiving({ C: message('order.cancelled', full) }),
    },
    { 'a/orders.yaml#/channels/c0/messages/C': GONE },
    ['rc'],
  );
  row(
    'an operation chooses fewer messages',
    {
      'a/orders.yaml': version3([
        {
          do: 'send',
          messages: { ...placed(full), C: message('order.cancelled', full) },
          only: ['OrderPlaced', 'C'],
        },
      ]),
      'b/rp.yaml': receiving(placed(full)),
      'b/rc.yaml': receiving({ C: message('order.cancelled', full) }),
    },
    { 'a/orders.yaml#/operations/send0/messages': [{ $ref: '#/channels/c0/messages/OrderPlaced' }] },
    ['rc'],
  );
  row(
    'a message leaves one of two channels',
    {
      'a/orders.yaml': version3(
        [
          { do: 'send', address: 'x', messages: { E: { $ref: '#/components/messages/E' } } },
          { do: 'send', address: 'y', messages: { E: { $ref: '#/components/messages/E' } } },
        ],
        { components: { messages: { E: message('created', full) } } },
      ),
      'b/rx.yaml': receiving({ E: message('created', full) }, 'x'),
      'b/ry.yaml': receiving({ E: message('created', full) }, 'y'),
    },
    { 'a/orders.yaml#/channels/c1': GONE, 'a/orders.yaml#/operations/send1': GONE },
    ['ry'],
  );
  row('the sender document goes', three(), { 'a/orders.yaml': GONE }, ['billing', 'mail']);
  row(
    'a command loses its receiver',
    {
      'a/web.yaml': sending(
        { C: message('order.place', full, { 'x-contract': { kind: 'command' } }) },
        'cmd',
      ),
      'b/orders.yaml': receiving(
        { C: message('order.place', full, { 'x-contract': { kind: 'command' } }) },
        'cmd',
      ),
    },
    { 'b/orders.yaml#/channels/c0': GONE, 'b/orders.yaml#/operations/receive0': GONE },
    ['web'],
  );
  row('a reader no longer takes one message: nobody', three(), { 'b/billing.yaml': GONE }, []);
});
