import { cancelled, type Estate, message, placed, receiving, sending, v3 } from './documents.ts';

/** Documents that refer to one another. */
export const ESTATES: readonly Estate[] = [
  {
    why: 'the reader refers to the channel of the sender',
    files: {
      'shop/orders.yaml': sending(placed),
      'shop/billing.yaml': v3({ receive: [{ ref: './orders.yaml#/channels/c0' }] }),
    },
    edges: ['orders -> billing OrderPlaced'],
  },
  {
    why: 'the reader refers to the message of the sender, on a channel of its own',
    files: {
      'shop/orders.yaml': sending(placed),
      'shop/billing.yaml': receiving({
        OrderPlaced: { $ref: './orders.yaml#/channels/c0/messages/OrderPlaced' },
      }),
    },
    edges: ['orders -> billing OrderPlaced'],
  },
  {
    why: 'the reader refers to the message of the sender, on another address: no wire is shared',
    files: {
      'shop/orders.yaml': sending(placed),
      'shop/billing.yaml': receiving(
        { OrderPlaced: { $ref: './orders.yaml#/channels/c0/messages/OrderPlaced' } },
        'archive',
      ),
    },
    edges: [],
  },
  {
    why: 'both refer to a message of a third file',
    files: {
      'shop/orders.yaml': sending({ P: { $ref: '../shared/m.yaml#/OrderPlaced' } }),
      'shop/billing.yaml': receiving({ Q: { $ref: '../shared/m.yaml#/OrderPlaced' } }),
      'shared/m.yaml': JSON.stringify(placed),
    },
    edges: ['orders -> billing OrderPlaced'],
  },
  {
    why: 'a shared message on two addresses joins those of one address only',
    files: {
      'a/one.yaml': sending({ E: { $ref: '../shared/m.yaml#/Error' } }, 'a.errors'),
      'a/watch.yaml': receiving({ E: { $ref: '../shared/m.yaml#/Error' } }, 'a.errors'),
      'b/two.yaml': sending({ E: { $ref: '../shared/m.yaml#/Error' } }, 'b.errors'),
      'b/guard.yaml': receiving({ E: { $ref: '../shared/m.yaml#/Error' } }, 'b.errors'),
      'shared/m.yaml': JSON.stringify({ Error: message('error') }),
    },
    edges: ['one -> watch Error', 'two -> guard Error'],
  },
  {
    why: 'the reader chooses one message of a channel of two',
    files: {
      'shop/orders.yaml': sending({ ...placed, ...cancelled }),
      'shop/billing.yaml': v3({
        receive: [{ ref: './orders.yaml#/channels/c0', only: ['OrderCancelled'] }],
      }),
    },
    edges: ['orders -> billing OrderCancelled'],
  },
];
